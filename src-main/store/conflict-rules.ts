import type { ConflictDecision, ConflictRule } from '../ipc/documents.ts';

/**
 * Which rows that differ from what is stored are written over it: those that the analyst decided, by the line where
 * they start, and the rest by one rule.
 */
export class ConflictRules {
  kept = 0;
  replaced = 0;
  readonly #rest: ConflictRule;
  readonly #decided: ReadonlyMap<number, ConflictRule>;

  constructor(rest: ConflictRule, decisions: readonly ConflictDecision[] = []) {
    this.#rest = rest;
    this.#decided = new Map(decisions.map(({ line, rule }) => [line, rule]));
  }

  /** The file is read from its beginning again. */
  restart(): void {
    this.kept = 0;
    this.replaced = 0;
  }

  /** `line`: where the row starts, if that is known. */
  replaces(line: number | null | undefined): boolean {
    return ((typeof line === 'number' ? this.#decided.get(line) : undefined) ?? this.#rest) === 'replace';
  }

  /** Counts a row that was found different. */
  note(line: number | null | undefined): void {
    if (this.replaces(line)) this.replaced++;
    else this.kept++;
  }

  /** For the log: “3 replaced, 2 kept as they were”. */
  get words(): string {
    if (this.replaced > 0 && this.kept > 0) return `${this.replaced} replaced, ${this.kept} kept as they were`;
    const rule = this.replaced > 0 ? 'replace' : this.kept > 0 ? 'keep' : this.#rest;
    return rule === 'replace' ? 'replaced' : 'kept as they were';
  }
}
