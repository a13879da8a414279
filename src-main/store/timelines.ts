import type { ModelKind, TimelineDocument } from '../ipc/documents.ts';
import type { NewTimeline } from '../processes/store-api.ts';
import { describeTimeline } from '../scoring/timeline.ts';
import { readAlerting } from './alert-thresholds.ts';
import { toBlob, toFloat32 } from './blobs.ts';
import { inTransaction, type PortfolioDb } from './database.ts';
import { readExperiment } from './experiments.ts';
import { readLevelBounds, stepDates } from './portfolio.ts';
import { requireCustomer } from './read-panel.ts';

/** Which data a timeline was computed on: another text once an import, an undo or other rules have changed it. */
export const dataMark = (db: PortfolioDb): string =>
  db
    .prepare<[], [number | null, string | null, number | null]>(
      `SELECT max(id), max(undone_at), (SELECT max(id) FROM audit_log WHERE action = 'rules') FROM import_batches`,
    )
    .raw()
    .get()!
    .join(' ');

/**
 * Keeps timelines until data changes: an import or an undo empties this cache. What was computed on other data than
 * that of now is not kept.
 */
export function saveTimelines(db: PortfolioDb, timelines: readonly NewTimeline[], computedOn: string): void {
  inTransaction(db, () => {
    if (dataMark(db) !== computedOn) return;
    const insert = db.prepare(
      'INSERT OR REPLACE INTO timelines (customer, model, first_step, scores) VALUES (?, ?, ?, ?)',
    );
    for (const { customerId, modelId, firstStep, scores } of timelines) {
      insert.run(customerId, Number(modelId), firstStep, toBlob(scores));
    }
  });
}

/** Belongs into the transaction that changes data. */
export const clearTimelines = (db: PortfolioDb): void => void db.prepare('DELETE FROM timelines').run();

/** A customer's kept timeline of one model, null where there is none. */
export function readTimeline(db: PortfolioDb, customerId: number, modelId: string): NewTimeline | null {
  const row = db
    .prepare<[number, number], { first_step: number; scores: Buffer }>(
      'SELECT first_step, scores FROM timelines WHERE customer = ? AND model = ?',
    )
    .get(customerId, Number(modelId));
  return row === undefined
    ? null
    : { customerId, modelId, firstStep: row.first_step, scores: toFloat32(db, row.scores) };
}

/**
 * A customer's timeline by every model of an experiment (null: the latest), where all of them are kept; else null.
 * Throws `not-found`.
 */
export function keptTimeline(db: PortfolioDb, customer: string, experimentId: string | null): TimelineDocument | null {
  return db.transaction((): TimelineDocument | null => {
    const experiment = readExperiment(db, experimentId);
    const number = requireCustomer(db, customer);
    const modelOf = db.prepare<[number], { kind: ModelKind; champion: 0 | 1 }>(
      'SELECT kind, champion FROM models WHERE id = ?',
    );
    const models = experiment.modelIds.flatMap((id) => {
      const kept = readTimeline(db, number, id);
      const { kind, champion } = modelOf.get(Number(id))!;
      return kept === null ? [] : [{ id, kind, champion: champion === 1, ...kept }];
    });
    if (models.length < experiment.modelIds.length) return null;
    const [part, eventStep] = db
      .prepare<[number, number], [string | null, number | null]>(
        'SELECT part, (SELECT min(event_step) FROM outcomes WHERE customer = ?) FROM customers WHERE id = ?',
      )
      .raw()
      .get(number, number)!;
    const seen = part === 'train' || part === 'validation';
    return describeTimeline(
      {
        customer,
        experimentId: experiment.experimentId,
        eventStep,
        seen,
        models,
        alerting: readAlerting(db, experiment.experimentId),
      },
      stepDates(db),
      readLevelBounds(db),
    );
  })();
}
