import { DuecastError } from '../ipc/errors.ts';
import type { AlertCosts, KeptCosts } from '../ipc/thresholds.ts';
import { writeAudit } from './audit.ts';
import { inTransaction, type PortfolioDb } from './database.ts';

/** A missed default costs twenty false alerts: a start for the analyst, and shown as an assumption. */
export const ASSUMED_COSTS: AlertCosts = { missed: 1_000, falseAlert: 50 };

/**
 * Costs belong to the portfolio, as its levels and its currency do: whoever opens it, and the command line, must find
 * the same thresholds.
 */
export function readAlertCosts(db: PortfolioDb): KeptCosts {
  const row = db
    .prepare<[], { missed: number | null; falseAlert: number | null }>(
      'SELECT cost_missed AS missed, cost_false_alert AS falseAlert FROM portfolio',
    )
    .get();
  if (row === undefined || row.missed === null || row.falseAlert === null) return { ...ASSUMED_COSTS, assumed: true };
  return { missed: row.missed, falseAlert: row.falseAlert, assumed: false };
}

/** Throws `usage` for costs that are below 0, or both 0. */
export function setAlertCosts(db: PortfolioDb, costs: AlertCosts): KeptCosts {
  checkCosts(costs);
  const { missed, falseAlert } = costs;
  return inTransaction(db, () => {
    db.prepare('UPDATE portfolio SET cost_missed = ?, cost_false_alert = ?').run(missed, falseAlert);
    writeAudit(
      db,
      'costs',
      `A missed default costs ${missed.toLocaleString('en-US')}, a false alert ${falseAlert.toLocaleString('en-US')}`,
    );
    return { missed, falseAlert, assumed: false };
  });
}

/** Throws `usage`. */
export function checkCosts({ missed, falseAlert }: AlertCosts): void {
  if (missed >= 0 && falseAlert >= 0 && missed + falseAlert > 0 && Number.isFinite(missed + falseAlert)) return;
  throw new DuecastError(
    'usage',
    'A missed default and a false alert can’t cost less than nothing, nor both nothing. Put in at least one cost.',
  );
}
