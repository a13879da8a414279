import { now, type PortfolioDb } from './database.ts';

export type AuditAction =
  | 'created'
  | 'named'
  | 'levels'
  | 'costs'
  | 'profile'
  | 'import'
  | 'undo'
  | 'rules'
  | 'parts'
  | 'experiment'
  | 'champion'
  | 'scoring'
  | 'note'
  | 'test-use'
  | 'external-score';

export interface AuditEntry {
  /** ISO 8601, UTC. */
  at: string;
  action: AuditAction;
  words: string;
}

/** Notes a change in the portfolio's own log. Belongs into the transaction of that change. */
export function writeAudit(db: PortfolioDb, action: AuditAction, words: string): void {
  db.prepare('INSERT INTO audit_log (at, action, words) VALUES (?, ?, ?)').run(now(), action, words);
}

/** Everything noted so far, oldest first. */
export const readAudit = (db: PortfolioDb): AuditEntry[] =>
  db.prepare<[], AuditEntry>('SELECT at, action, words FROM audit_log ORDER BY id').all();
