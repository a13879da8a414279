import { counted } from '../ipc/grouped.ts';
import type { PortfolioDb } from './database.ts';
import { readExperiment } from './experiments.ts';
import type { StoredScoringHead } from './score-history.ts';

/** Says why a customer has no score in a scoring (null: nothing was scored yet). */
export function unscoredReasons(db: PortfolioDb, scoring: StoredScoringHead | null): (customer: number) => string {
  const history = db
    .prepare<[number, number, number], [number | null, number | null, number | null]>(
      `SELECT (SELECT min(step) FROM history WHERE customer = ?), (SELECT max(step) FROM history WHERE customer = ?),
         (SELECT min(event_step) FROM outcomes WHERE customer = ?)`,
    )
    .raw();
  const windowSteps = scoring === null ? 0 : windowOf(db, scoring);
  return (customer) => {
    const [first, last, event] = history.get(customer, customer, customer)!;
    if (first === null || last === null) return 'No history is stored';
    if (scoring === null) return 'Nothing has been scored yet';
    if (event !== null && event <= scoring.asOfStep) return 'The event has passed';
    if (last - first + 1 < windowSteps) return `Fewer than ${counted(windowSteps, 'step')} of history`;
    return 'Imported after this scoring';
  };
}

function windowOf(db: PortfolioDb, { model }: StoredScoringHead): number {
  const experiment = db.prepare<[number], number>('SELECT experiment FROM models WHERE id = ?').pluck().get(model)!;
  return readExperiment(db, String(experiment)).settings.window;
}
