import type { PortfolioDb } from './database.ts';

/**
 * Another one whenever an import, an undo, other rules for ledgers or a draw of the parts has changed what models are trained on. Each of them
 * notes itself in the audit log within its own transaction.
 */
export const readDataStamp = (db: PortfolioDb): number =>
  db
    .prepare<[], number | null>("SELECT max(id) FROM audit_log WHERE action IN ('import', 'undo', 'rules', 'parts')")
    .pluck()
    .get() ?? 0;
