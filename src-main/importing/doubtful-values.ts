import { detectDateFormat } from './dates.ts';
import { looksNumeric } from './numbers.ts';
import type { FileReading } from './reading.ts';
import type { Rejection } from './rejections.ts';

/** So many different dates are tried. */
const DATES_TRIED = 2_000;

/**
 * Counts values that a file's rows are set aside for although another format would read them. They are evidence: a long
 * file's formats were decided from a sample. What the analyst or a profile said is not in doubt.
 */
export class DoubtfulValues {
  count = 0;
  readonly #columns: Map<string, number>;
  readonly #numbersGiven: boolean;
  readonly #datesGiven: boolean;
  readonly #tried = new Map<string, boolean>();

  constructor({ layout, settings }: Pick<FileReading, 'layout' | 'settings'>) {
    this.#columns = new Map(layout.names.map((name, column) => [name, column]));
    this.#numbersGiven = settings.decimal !== null;
    this.#datesGiven = settings.dateFormat !== null;
  }

  note({ sort, column }: Rejection, fields: readonly string[]): void {
    if (sort !== 'number' && sort !== 'date') return;
    const value = fields[this.#columns.get(column ?? '') ?? -1]?.trim() ?? '';
    if (value === '') return;
    if (sort === 'number' ? !this.#numbersGiven && looksNumeric(value) : !this.#datesGiven && this.#isDate(value)) {
      this.count++;
    }
  }

  #isDate(value: string): boolean {
    const known = this.#tried.get(value);
    if (known !== undefined) return known;
    if (this.#tried.size >= DATES_TRIED) return false;
    let isDate: boolean;
    try {
      isDate = detectDateFormat('', [value]) !== null;
    } catch {
      // Day and month could be either way round.
      isDate = true;
    }
    this.#tried.set(value.slice(), isDate);
    return isDate;
  }
}
