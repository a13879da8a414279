import { DuecastError } from '../ipc/errors.ts';
import type { LevelBounds, PortfolioNaming } from '../ipc/views.ts';
import { areBounds } from '../scoring/levels.ts';
import { writeAudit } from './audit.ts';
import { inTransaction, type PortfolioDb } from './database.ts';
import { portfolioShape } from './portfolio.ts';

/** What the analyst calls a portfolio. Throws `not-allowed` for another time step than that of stored histories. */
export function describePortfolio(db: PortfolioDb, naming: PortfolioNaming & { isSample?: boolean }): void {
  const { name, currency, timeStep, isSample } = naming;
  inTransaction(db, () => {
    const known = portfolioShape(db).timeStep;
    const isFixed = db.prepare<[], number>('SELECT EXISTS (SELECT 1 FROM history)').pluck().get() === 1;
    if (isFixed && timeStep !== null && timeStep !== known) {
      throw new DuecastError(
        'not-allowed',
        `The histories of this portfolio go by ${known}; that can't be changed any more. Make a new portfolio for histories by ${timeStep}.`,
      );
    }
    db.prepare('UPDATE portfolio SET name = ?, currency = ?, time_step = ?').run(
      name,
      currency,
      isFixed ? known : timeStep,
    );
    if (isSample) db.prepare('UPDATE portfolio SET is_sample = 1').run();
    writeAudit(db, 'named', `Named the portfolio “${name}”${currency === '' ? '' : `, in ${currency}`}`);
  });
}

/** Throws `usage` where a level would have no PDs. */
export function setLevelBounds(db: PortfolioDb, bounds: LevelBounds): void {
  if (!areBounds(bounds)) {
    throw new DuecastError('usage', 'Each level must begin at a lower PD than the one above it, from 100% down to 0%.');
  }
  const { critical, high, medium } = bounds;
  inTransaction(db, () => {
    db.prepare('UPDATE portfolio SET level_critical = ?, level_high = ?, level_medium = ?').run(critical, high, medium);
    writeAudit(db, 'levels', `Levels begin at ${critical} (Critical), ${high} (High) and ${medium} (Medium)`);
  });
}
