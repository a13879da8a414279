import type { LabelRule } from '../ipc/documents.ts';
import type { KnownOutcome } from '../evaluation/warnings.ts';
import type { OutcomeKind } from '../sequences/panel.ts';
import type { PortfolioDb } from './database.ts';
import { readExperiment } from './experiments.ts';
import { portfolioShape } from './portfolio.ts';
import type { StoredScoringHead } from './score-history.ts';

/** When an event counts for a scoring, and what the portfolio knows by now. */
export interface ScoringHorizon {
  gapSteps: number;
  horizonSteps: number;
  labelRule: LabelRule;
  /** The last step at which an event counts, for customers who were scored at the portfolio's last step of then. */
  untilStep: number;
  /** The last step of any history; null without one. */
  lastStep: number | null;
  outcomeKind: OutcomeKind;
}

export function horizonOf(db: PortfolioDb, { model, asOfStep }: StoredScoringHead): ScoringHorizon {
  const experiment = db.prepare<[number], number>('SELECT experiment FROM models WHERE id = ?').pluck().get(model)!;
  const { horizon, gap, labelRule } = readExperiment(db, String(experiment)).settings;
  const lastStep = db
    .prepare<[], number | null>(
      'SELECT max((SELECT max(step) FROM history WHERE customer = customers.id)) FROM customers',
    )
    .pluck()
    .get()!;
  return {
    gapSteps: gap,
    horizonSteps: horizon,
    labelRule,
    untilStep: asOfStep + gap + horizon,
    lastStep,
    outcomeKind: portfolioShape(db).outcomeKind,
  };
}

/**
 * What is known by now of each customer of a scoring, in the order of their numbers. Without an event, a customer's
 * outcome reaches the end of the horizon only where the customer's own history does, and where outcomes were imported
 * with those rows or after them: who is absent from an older list of events may well have had one since.
 */
export function readKnownOutcomes(
  db: PortfolioDb,
  scoring: StoredScoringHead,
  { gapSteps, horizonSteps }: ScoringHorizon,
): KnownOutcome[] {
  const lastOutcomes =
    db
      .prepare<[], number | null>(
        "SELECT max(id) FROM import_batches WHERE outcome_kind = 'dated' AND undone_at IS NULL",
      )
      .pluck()
      .get() ?? 0;
  return db
    .prepare<[number, number], [number, number | null, 0 | 1 | null, number | null, 0 | 1]>(
      `SELECT s.step,
         (SELECT min(event_step) FROM outcomes WHERE customer = s.customer),
         (SELECT max(flag) FROM outcomes WHERE customer = s.customer),
         (SELECT batch FROM history WHERE customer = s.customer AND step >= s.step + ? ORDER BY step LIMIT 1),
         EXISTS (SELECT 1 FROM history WHERE customer = s.customer)
           OR EXISTS (SELECT 1 FROM outcomes WHERE customer = s.customer)
       FROM scores s WHERE s.scoring = ? ORDER BY s.customer`,
    )
    .raw()
    .all(gapSteps + horizonSteps, scoring.id)
    .map(([step, eventStep, flag, reachedBy, hasData]) => ({
      step,
      eventStep,
      hasEvent: flag === 1,
      hasData: hasData === 1,
      reaches: reachedBy !== null && reachedBy <= lastOutcomes,
    }));
}
