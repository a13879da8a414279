import type { ScoringOutcome, ScoringVerdict } from '../ipc/changes.ts';
import { judgeWarnings, outcomeWithin } from '../evaluation/warnings.ts';
import { readLevelBounds, stepDates } from '../store/portfolio.ts';
import { listScorings } from '../store/score-history.ts';
import { horizonOf, readKnownOutcomes, type ScoringHorizon } from '../store/scoring-outcomes.ts';
import { findScoring, readScoringRows } from '../store/scoring-rows.ts';
import { reading } from './portfolio-reading.ts';
import type { CallContext } from './rpc.ts';

/** With fewer events a share says little. */
const FEW_EVENTS = 10;

/** Whether the warnings of a scoring came true, or why that can't be said. Throws `not-found`, `cancelled`. */
export async function judgeScoring(
  { path, scoringId }: { path: string; scoringId: string },
  { signal, progress }: CallContext,
): Promise<ScoringVerdict> {
  const read = reading(path, (db) => {
    const scoring = findScoring(listScorings(db), scoringId);
    const horizon = horizonOf(db, scoring);
    const dateOf = stepDates(db);
    const notJudged = whyNot(horizon, (step) => dateOf(step) ?? `step ${step}`);
    if (notJudged !== null) return { notJudged };
    return {
      notJudged,
      horizon,
      until: dateOf(horizon.untilStep) ?? `step ${horizon.untilStep}`,
      least: readLevelBounds(db).high,
      scores: readScoringRows(db, scoring.id).scores,
      known: readKnownOutcomes(db, scoring, horizon),
    };
  });
  if (read.notJudged !== null) return { outcome: null, notJudged: read.notJudged };
  const { horizon, until, least, scores, known } = read;
  const outcomes = known.map((outcome) => outcomeWithin(outcome, horizon));
  const figures = await judgeWarnings(scores, outcomes, least, {
    signal,
    progress: (done, total) => progress({ phase: 'judging', done, total }),
  });
  if (figures === null) {
    const notJudged = `The horizon ended on ${until}, and no outcomes that reach so far have been imported yet.`;
    return { outcome: null, notJudged };
  }
  const { gapSteps, horizonSteps } = horizon;
  return {
    outcome: { horizonSteps, gapSteps, until, ...figures, notes: notesOf(horizon, figures) },
    notJudged: null,
  };
}

/** Why nothing can be said of a scoring yet; null where it can be judged. */
function whyNot({ outcomeKind, lastStep, untilStep }: ScoringHorizon, nameOf: (step: number) => string): string | null {
  if (outcomeKind === 'none') return 'No outcomes have been imported.';
  if (outcomeKind === 'constant')
    return 'The outcomes have no dates, so it is not known which events came after this scoring.';
  if (lastStep === null) return 'No histories are stored.';
  if (lastStep < untilStep) return `The horizon ends on ${nameOf(untilStep)}; the data reaches ${nameOf(lastStep)}.`;
  return null;
}

function notesOf(
  { labelRule }: ScoringHorizon,
  { customers, events, leftOut }: Pick<ScoringOutcome, 'customers' | 'events' | 'leftOut'>,
): string[] {
  const notes: string[] = [];
  if (labelRule !== 'event') {
    notes.push(
      'The model was trained on flags without dates, so its PD is not that of an event within the horizon: go by the ' +
        'order of the customers (AUC), not by the level (Brier).',
    );
  }
  if (events < FEW_EVENTS) {
    notes.push(`There ${events === 1 ? 'was one event' : `were ${events} events`}: too few for firm figures.`);
  }
  if (leftOut.unknown + leftOut.undated > customers) {
    notes.push('The outcome is unknown of more customers than it is known of; those known may not stand for the rest.');
  }
  return notes;
}
