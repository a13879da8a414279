import type { ConflictingRow, ListedRow } from '../ipc/documents.ts';
import type { Layout } from './layout.ts';
import { detached } from './records.ts';
import type { Difference, ImportTarget } from './target.ts';

const CONFLICTS_LISTED = 1_000;
/** Accepted and unchanged rows are alike; a few show what they are. */
const OTHERS_LISTED = 50;
const LONGEST_TEXT = 2_000;

/** The first rows of each fate of one import, but for the rejected ones. */
export class RowLists {
  readonly accepted: ListedRow[] = [];
  readonly unchanged: ListedRow[] = [];
  readonly #conflicts: ConflictingRow[] = [];
  readonly #target: ImportTarget;
  readonly #layout: Layout;

  constructor(target: ImportTarget, layout: Layout) {
    this.#target = target;
    this.#layout = layout;
  }

  /** Lists a record. */
  add(fate: 'accepted' | 'unchanged', record: ListedRow): void {
    const list = this[fate];
    if (list.length >= OTHERS_LISTED) return;
    list.push({ line: record.line, text: detached(record.text.slice(0, LONGEST_TEXT)) });
  }

  /** Lists a record that the target has just found conflicting. */
  addConflict(line: number, customer: string): void {
    const { difference } = this.#target;
    if (this.#conflicts.length >= CONFLICTS_LISTED || difference === null) return;
    const { stored, read } = difference;
    this.#conflicts.push({ line, customer, column: this.#columnOf(difference.of), stored, read });
  }

  /** Lists a row that differs. */
  addDifference(row: ConflictingRow): void {
    if (this.#conflicts.length < CONFLICTS_LISTED) this.#conflicts.push(row);
  }

  /** In the file's order. */
  get conflicts(): ConflictingRow[] {
    return [...this.#conflicts].sort((a, b) => a.line - b.line);
  }

  #columnOf(of: Difference['of']): string | null {
    const { names, features, statics, outcome, outcomeDate } = this.#layout;
    if (of.kind === 'outcome') return names[(outcome ?? outcomeDate)?.column ?? -1] ?? null;
    const column = of.kind === 'static' ? statics[of.attribute]!.column : features[of.feature]!.columns[of.step]!;
    return names[column]!;
  }
}
