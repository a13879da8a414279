import type { ConflictDecision, ConflictRule, ImportDocument } from '../../src-main/ipc/documents.ts';

type Checked = Pick<ImportDocument, 'rows' | 'conflicts'>;

/** What the analyst decided about rows that differ from what is stored: for all of them, or one by one. */
export class ConflictChoice {
  /** For rows that the check could not list. */
  rest = $state<ConflictRule>('keep');
  /** Listed rows that are written over what is stored, by their lines. */
  lines = $state.raw<ReadonlySet<number>>(new Set());

  /** One rule for all, listed or not. */
  all(rule: ConflictRule, { conflicts }: Checked): void {
    this.rest = rule;
    this.lines = new Set(rule === 'replace' ? conflicts.map(({ line }) => line) : []);
  }

  forget(): void {
    this.rest = 'keep';
    this.lines = new Set();
  }

  /** The rule that holds for every row; null where rows differ. */
  ruleOf(check: Checked): ConflictRule | null {
    const replaced = this.replacedOf(check);
    return replaced === 0 ? 'keep' : replaced === check.rows.conflicting ? 'replace' : null;
  }

  /** How many rows are written over what is stored. */
  replacedOf({ rows, conflicts }: Checked): number {
    const listed = conflicts.filter(({ line }) => this.lines.has(line)).length;
    return listed + (this.rest === 'replace' ? rows.conflicting - conflicts.length : 0);
  }

  /** As an import takes it. */
  request({ rows, conflicts }: Checked): { onConflict: ConflictRule; decisions: ConflictDecision[] } {
    const onConflict = rows.conflicting === conflicts.length ? this.#most(conflicts.length) : this.rest;
    const decisions = conflicts
      .map(({ line }) => ({ line, rule: this.lines.has(line) ? ('replace' as const) : ('keep' as const) }))
      .filter(({ rule }) => rule !== onConflict);
    return { onConflict, decisions };
  }

  /** The fewer decisions, the better the log says what was done. */
  #most(listed: number): ConflictRule {
    return listed > 0 && this.lines.size === listed ? 'replace' : 'keep';
  }
}
