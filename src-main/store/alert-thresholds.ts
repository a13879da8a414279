import type { EarlyDetection } from '../ipc/early-detection.ts';
import type { Alerting } from '../scoring/timeline.ts';
import type { PortfolioDb } from './database.ts';

/** When an experiment's scores become alerts, by its latest comparison; null where that measured no lead times. */
export function readAlerting(db: PortfolioDb, experimentId: string): Alerting | null {
  const text = db
    .prepare<[number], string | null>(
      `SELECT json_extract(document, '$.earlyDetection') FROM comparisons WHERE experiment = ?`,
    )
    .pluck()
    .get(Number(experimentId));
  if (text === undefined || text === null) return null;
  const { reason, settings, models } = JSON.parse(text) as EarlyDetection;
  if (reason !== null) return null;
  return { rule: settings, thresholds: new Map(models.map(({ id, threshold }) => [id, threshold])) };
}
