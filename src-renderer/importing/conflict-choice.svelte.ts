import type { ConflictDecision, ConflictRule } from '../../src-main/ipc/documents.ts';
import { decisionsOf, replacedOf, ruleOf, type Checked } from './conflict-decisions.ts';

/** What the analyst decides about rows that differ from what is stored: for all of them, or one by one. */
export class ConflictChoice {
  rest = $state<ConflictRule>('keep');
  lines = $state.raw<readonly number[]>([]);

  /** One rule for all, listed or not. */
  all(rule: ConflictRule, { conflicts }: Checked): void {
    this.rest = rule;
    this.lines = rule === 'replace' ? conflicts.map(({ line }) => line) : [];
  }

  forget(): void {
    this.rest = 'keep';
    this.lines = [];
  }

  ruleOf(check: Checked): ConflictRule | null {
    return ruleOf(check, this);
  }

  replacedOf(check: Checked): number {
    return replacedOf(check, this);
  }

  request(check: Checked): { onConflict: ConflictRule; decisions: ConflictDecision[] } {
    return decisionsOf(check, this);
  }
}
