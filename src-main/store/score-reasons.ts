import type { Reason } from '../ipc/reasons.ts';
import type { NewScoring } from '../processes/store-api.ts';
import type { PortfolioDb } from './database.ts';

/** Belongs into the transaction that stores the scores. */
export function saveReasons(db: PortfolioDb, scoring: number, reasons: NonNullable<NewScoring['reasons']>): void {
  db.prepare('UPDATE scorings SET reasoned = ? WHERE id = ?').run(reasons.length, scoring);
  const insert = db.prepare('INSERT INTO score_reasons (scoring, customer, reasons) VALUES (?, ?, ?)');
  for (const { customer, reasons: found } of reasons) insert.run(scoring, customer, JSON.stringify(found));
}

/** The reasons kept with a scoring, by customer number; null where none were looked for. */
export function reasonsKept(db: PortfolioDb, scoring: number | null): (customer: number) => Reason[] | null {
  const kept = db
    .prepare<[number, number], string>('SELECT reasons FROM score_reasons WHERE scoring = ? AND customer = ?')
    .pluck();
  return (customer) => {
    const json = scoring === null ? undefined : kept.get(scoring, customer);
    return json === undefined ? null : (JSON.parse(json) as Reason[]);
  };
}
