import type { ConflictDecision, ConflictRule, ImportDocument } from '../../src-main/ipc/documents.ts';

export type Checked = Pick<ImportDocument, 'rows' | 'conflicts'>;

/** What was decided about rows that differ from what is stored. */
export interface Decided {
  /** For rows that the check could not list. */
  rest: ConflictRule;
  /** Listed rows that are written over what is stored, by their lines. */
  lines: readonly number[];
}

/** How many rows are written over what is stored. */
export function replacedOf({ rows, conflicts }: Checked, { rest, lines }: Decided): number {
  const chosen = new Set(lines);
  const listed = conflicts.filter(({ line }) => chosen.has(line)).length;
  return listed + (rest === 'replace' ? rows.conflicting - conflicts.length : 0);
}

/** The rule that holds for every row; null where rows differ. */
export function ruleOf(check: Checked, decided: Decided): ConflictRule | null {
  const replaced = replacedOf(check, decided);
  return replaced === 0 ? 'keep' : replaced === check.rows.conflicting ? 'replace' : null;
}

/** As an import takes it: a rule, and the rows that it does not hold for. */
export function decisionsOf(
  check: Checked,
  decided: Decided,
): { onConflict: ConflictRule; decisions: ConflictDecision[] } {
  const onConflict =
    check.rows.conflicting === check.conflicts.length ? (ruleOf(check, decided) ?? 'keep') : decided.rest;
  const chosen = new Set(decided.lines);
  const decisions = check.conflicts
    .map(({ line }) => ({ line, rule: chosen.has(line) ? ('replace' as const) : ('keep' as const) }))
    .filter(({ rule }) => rule !== onConflict);
  return { onConflict, decisions };
}
