import type { Part } from '../ipc/documents.ts';
import { DuecastError } from '../ipc/errors.ts';
import { counted } from '../ipc/grouped.ts';
import { drawParts } from '../sequences/split.ts';
import { writeAudit } from './audit.ts';
import { inTransaction, type PortfolioDb } from './database.ts';

/**
 * Gives each customer with a history its part, once and for all from the first experiment on. Null takes the seed that
 * was drawn with, or 1; once a model has been trained, another than that one throws `not-allowed`.
 */
export function assignParts(db: PortfolioDb, splitSeed: number | null): { splitSeed: number } {
  return inTransaction(db, () => {
    const { seed, redraw } = resolveSplit(db, splitSeed);
    if (redraw) db.exec('UPDATE customers SET part = NULL');
    const customers = db
      .prepare<[], { id: number; part: Part | null; event: 0 | 1 }>(
        `SELECT id, part, EXISTS (SELECT 1 FROM outcomes WHERE customer = c.id AND flag = 1) AS event FROM customers c
         WHERE EXISTS (SELECT 1 FROM history WHERE customer = c.id) ORDER BY id`,
      )
      .all();
    const parts = drawParts(
      customers.map(({ part, event }) => ({ part, event: event === 1 })),
      seed,
    );
    const assign = db.prepare('UPDATE customers SET part = ? WHERE id = ?');
    let drawn = 0;
    customers.forEach(({ id, part }, i) => {
      if (part !== null) return;
      assign.run(parts[i], id);
      drawn++;
    });
    if (drawn > 0) {
      db.prepare('UPDATE portfolio SET split_seed = ?').run(seed);
      writeAudit(db, 'parts', `Drew the parts of ${counted(drawn, 'customer')} with split seed ${seed}`);
    }
    return { splitSeed: seed };
  });
}

export interface SplitChoice {
  seed: number;
  /** Customers that have a part already are drawn again: nothing has learned from any of them yet. */
  redraw: boolean;
  /** Another seed could still be taken. */
  canRedraw: boolean;
}

/** What drawing with a seed (null: the one that was drawn with, or 1) would do. Throws `not-allowed`. */
export function resolveSplit(db: PortfolioDb, splitSeed: number | null): SplitChoice {
  const drawnWith = db.prepare<[], number | null>('SELECT split_seed FROM portfolio').pluck().get() ?? null;
  const redraw = drawnWith !== null && splitSeed !== null && splitSeed !== drawnWith;
  const canRedraw = !isTrained(db);
  if (redraw && !canRedraw) throw drawnAlready(drawnWith, splitSeed);
  return { seed: splitSeed ?? drawnWith ?? 1, redraw, canRedraw };
}

const isTrained = (db: PortfolioDb) =>
  db.prepare<[], 0 | 1>('SELECT EXISTS (SELECT 1 FROM experiments)').pluck().get() === 1;

const drawnAlready = (drawnWith: number, splitSeed: number) =>
  new DuecastError(
    'not-allowed',
    `The customers of this portfolio were split with seed ${drawnWith}, once and for all; seed ${splitSeed} was not ` +
      'used. A new split would let models be tested on customers they were trained on. Use a new portfolio for it.',
  );
