import type { ColumnReading, ColumnRole } from '../ipc/documents.ts';
import { DuecastError } from '../ipc/errors.ts';
import { filledCells, type Table } from './dialect.ts';
import { OF_EARLIER_IMPORT } from './earlier-outcomes.ts';
import { leadingName, type Profile } from './profiles.ts';
import { fieldsOf } from './records.ts';
import type { ImportSettings } from './settings.ts';

const NAMES_SHOWN = 60;

/** The settings that name columns. */
const COLUMN_KEYS = [
  'customer',
  'step',
  'date',
  'features',
  'static',
  'ignore',
  'outcome',
  'outcomeDate',
  'amount',
  'debit',
  'credit',
  'indicator',
  'balance',
  'description',
] as const;
type ColumnKey = (typeof COLUMN_KEYS)[number];
type ListKey = 'features' | 'static' | 'ignore' | 'description';

/**
 * The columns of a table while their roles are being found. A column takes one role, once; the columns that settings
 * name are kept for these from the start, so that detection passes them over.
 */
export class ColumnPlan {
  readonly table: Table;
  readonly #profile: Profile | null;
  readonly #readings: (ColumnReading | null)[];
  readonly #given: ImportSettings;
  readonly #earlier: ReadonlySet<string>;
  readonly #named = new Map<ColumnKey, number[]>();
  readonly #cells = new Map<number, readonly string[]>();

  /**
   * `settings` are those that count, `given` the analyst's own among them; the rest are the profile's, which gives way
   * where both name a column. `earlier` are those that follow from earlier imports. Throws `usage` where a setting names
   * no column, or two of one source name the same.
   */
  constructor(
    table: Table,
    profile: Profile | null,
    settings: ImportSettings,
    given: ImportSettings,
    earlier: ReadonlySet<string> = new Set(),
  ) {
    this.#earlier = earlier;
    this.table = table;
    this.#profile = profile;
    this.#given = given;
    this.#readings = table.names.map(() => null);
    const keyOf = new Map<number, ColumnKey>();
    const isOwn = (key: ColumnKey) => given[key] !== null;
    for (const key of [...COLUMN_KEYS].sort((a, b) => Number(isOwn(b)) - Number(isOwn(a)))) {
      const references = settings[key];
      if (references === null) continue;
      const columns = (typeof references === 'string' ? [references] : references).flatMap((reference) => {
        const column = this.find(key, reference);
        const other = keyOf.get(column);
        if (other !== undefined && isOwn(other) && !isOwn(key)) return [];
        if (other !== undefined) {
          throw usage(`${key}=${reference}: column "${this.name(column)}" is already named with ${other}=.`);
        }
        keyOf.set(column, key);
        return [column];
      });
      this.#named.set(key, columns);
    }
  }

  /** The column that a setting names, null where the setting isn't given. */
  named(key: Exclude<ColumnKey, ListKey>): number | null {
    return this.#named.get(key)?.[0] ?? null;
  }

  namedList(key: ListKey): readonly number[] {
    return this.#named.get(key) ?? [];
  }

  /** All columns that settings name. */
  allNamed(): ReadonlySet<number> {
    return new Set([...this.#named.values()].flat());
  }

  /** Who named the columns of a setting, for the analyst. */
  whyNamed(key: ColumnKey): string {
    if (this.isByEarlier(key)) return `the ${key === 'outcomeDate' ? 'event date' : 'outcome'} ${OF_EARLIER_IMPORT}`;
    return this.#given[key] === null ? `by profile ${this.#profile?.name}` : `named with ${key}=`;
  }

  /** The setting comes from a profile, not from the analyst. */
  isByProfile(key: ColumnKey): boolean {
    return this.#given[key] === null && this.#named.has(key) && !this.isByEarlier(key);
  }

  /** The setting follows from an earlier import. */
  isByEarlier(key: ColumnKey): boolean {
    return this.#earlier.has(key);
  }

  name(column: number): string {
    return this.table.names[column]!;
  }

  /** The sampled cells that aren't empty. */
  cells(column: number): readonly string[] {
    const known = this.#cells.get(column) ?? filledCells(this.table, column);
    this.#cells.set(column, known);
    return known;
  }

  /** Columns that have no role yet and that no setting names. */
  free(): number[] {
    const named = this.allNamed();
    return this.open().filter((column) => !named.has(column));
  }

  /** Columns that have no role yet. */
  open(): number[] {
    return this.table.names.map((_, column) => column).filter((column) => this.#readings[column] === null);
  }

  assign(column: number, role: ColumnRole, feature: string | null, why: string): void {
    this.#readings[column] = { name: this.name(column), role, feature, why };
  }

  /** Columns that have this role, in the file's order. */
  withRole(role: ColumnRole): number[] {
    return this.#readings.flatMap((reading, column) => (reading?.role === role ? [column] : []));
  }

  /** Every column's reading, once all have one. */
  readings(): ColumnReading[] {
    return this.#readings.map((reading, column) => {
      if (reading === null) throw new Error(`Column ${column} has no role`);
      return reading;
    });
  }

  /** A column by its header name or its number from 0. Unknown and ambiguous: `usage`, naming the columns there are. */
  find(key: string, reference: string): number {
    const { names } = this.table;
    const plain = reference.trim();
    const lower = plain.toLowerCase();
    const matches = (same: (name: string) => boolean) => names.flatMap((name, column) => (same(name) ? [column] : []));
    for (const found of [
      matches((name) => name === plain),
      matches((name) => name.toLowerCase() === lower),
      matches((name) => leadingName(this.#profile, name).toLowerCase() === lower),
    ]) {
      if (found.length === 1) return found[0]!;
      if (found.length > 1) {
        throw usage(
          `${key}=${reference}: ${found.length} columns have that name; give one of their numbers: ` +
            `${found.join(', ')}.`,
        );
      }
    }
    if (/^\d{1,6}$/.test(plain) && Number(plain) < names.length) return Number(plain);
    if (plain.startsWith('"')) {
      const unquoted = fieldsOf(plain, { delimiter: ',', quote: '"' });
      if (unquoted.length === 1 && unquoted[0] !== plain) return this.find(key, unquoted[0]!);
    }
    throw usage(`${key}=${reference}: there is no such column. ${this.listed()}`);
  }

  /** The columns there are, as a sentence for messages. */
  listed(): string {
    const { names, headerLine } = this.table;
    if (headerLine === 0) return `The file has no header; its columns are numbered 0 to ${names.length - 1}.`;
    const more = names.length > NAMES_SHOWN ? ` and ${names.length - NAMES_SHOWN} more` : '';
    return `Columns are: ${names.slice(0, NAMES_SHOWN).join(', ')}${more}.`;
  }

  /**
   * The free column that a ranking of names puts first, null where none has a rank. `data-refused` where two share it.
   */
  best(rank: (column: number) => number, what: string, setting: string): number | null {
    let found: number[] = [];
    let highest = 0;
    for (const column of this.free()) {
      const value = rank(column);
      if (value > highest) {
        highest = value;
        found = [column];
      } else if (value > 0 && value === highest) found.push(column);
    }
    if (found.length > 1) {
      const names = found.map((column) => `"${this.name(column)}"`).join(' and ');
      throw unclear(`${names} could each be ${what}`, `Say which one with ${setting}=NAME.`);
    }
    return found[0] ?? null;
  }
}

/** A file that doesn't say enough; the second sentence tells the analyst which setting to give. */
export const unclear = (what: string, remedy: string) =>
  new DuecastError('data-refused', `${what}; nothing was imported. ${remedy}`);

export const usage = (message: string) => new DuecastError('usage', message);
