import type { CustomerChange, FeatureDrift, ScoredPart, ScoringChanges } from '../ipc/changes.ts';
import type { LevelBounds } from '../ipc/views.ts';
import { stabilityOf, stabilityOfCounts } from '../evaluation/drift.ts';
import { compareScorings, mean, type Move } from '../scoring/changes.ts';
import { countLevels, LEVELS, levelOf } from '../scoring/levels.ts';
import type { PortfolioDb } from '../store/database.ts';
import { readLevelBounds } from '../store/portfolio.ts';
import { describeScoring, summaryOf, type StoredScoringHead } from '../store/score-history.ts';
import {
  choosePair,
  countEvents,
  idsOf,
  readScoredValues,
  readScoringRows,
  type ScoredValues,
  type ScoringRows,
} from '../store/scoring-rows.ts';
import { reading } from './portfolio-reading.ts';

const LARGEST = 10;
const MOST_LISTED = 1_000;

/**
 * What changed between two scorings; null takes the latest, and the one before it. Throws `not-found`, `too-small`,
 * `usage`.
 */
export function changesBetween(path: string, fromId: string | null, toId: string | null): ScoringChanges {
  return reading(path, (db) => {
    const { from, to } = choosePair(db, fromId, toId);
    const rows = { from: readScoringRows(db, from.id), to: readScoringRows(db, to.id) };
    const bounds = readLevelBounds(db);
    const moves = compareScorings(rows.from, rows.to, bounds, LARGEST);
    const parts = { from: partOf(db, from, rows.from, bounds), to: partOf(db, to, rows.to, bounds) };
    const values = { from: readScoredValues(db, from.id), to: readScoredValues(db, to.id) };
    const [entered, left] = [moves.entered.slice(0, MOST_LISTED), moves.left.slice(0, MOST_LISTED)];
    const shown = [entered, left, moves.rises, moves.falls];
    const ids = idsOf(
      db,
      shown.flat().map(({ customer }) => customer),
    );
    const named = (list: Move[]) => list.map((move) => changeOf(move, ids, bounds));
    const isStale = describeScoring(db, to, from)?.stale === true;
    return {
      ...parts,
      sameModel: from.model === to.model,
      warnings: warningsOf(parts.from, parts.to),
      notes: notesOf(parts.from, parts.to, values, isStale),
      customers: {
        both: moves.both,
        appeared: moves.appeared.length,
        gone: moves.gone.length,
        goneAfterEvent: countEvents(db, moves.gone, to.asOfStep),
      },
      transitions: moves.transitions,
      levels: moves.levels,
      list: moves.list,
      entered: named(entered),
      left: named(left),
      rises: named(moves.rises),
      falls: named(moves.falls),
      meanPd: moves.meanPd,
      medianPd: { from: medianOf(rows.from.scores), to: medianOf(rows.to.scores) },
      stability: stabilityOf(rows.from.scores, rows.to.scores),
      levelStability: stabilityOfCounts(levelCounts(parts.from), levelCounts(parts.to)),
      drift: driftOf(values.from, values.to),
      rowsGone: { from: values.from.rowsGone, to: values.to.rowsGone },
    };
  });
}

const partOf = (
  db: PortfolioDb,
  scoring: StoredScoringHead,
  { scores }: ScoringRows,
  bounds: LevelBounds,
): ScoredPart => ({
  ...summaryOf(db, scoring),
  customers: scores.length,
  meanPd: mean(scores),
  levels: countLevels(scores, bounds),
});

const levelCounts = ({ levels }: ScoredPart) => LEVELS.map((level) => levels[level]);

const changeOf = ({ customer, from, to }: Move, ids: Map<number, string>, bounds: LevelBounds): CustomerChange => ({
  customer: ids.get(customer)!,
  from,
  to,
  fromLevel: from === null ? null : levelOf(from, bounds),
  toLevel: to === null ? null : levelOf(to, bounds),
  change: from === null || to === null ? null : to - from,
});

function warningsOf(from: ScoredPart, to: ScoredPart): string[] {
  const warnings: string[] = [];
  if (from.modelId !== to.modelId) {
    warnings.push(
      `Two different models: model ${from.modelId}, then model ${to.modelId}. A change of PD or level may be the models' ` +
        `and not the customers'. To see the customers' alone, score again with model ${from.modelId}.`,
    );
  }
  if (from.asOfStep === to.asOfStep) {
    warnings.push(
      `Both scorings are as of ${to.asOf}: no new step lies between them. What changed is the model, or data that was ` +
        'imported for earlier steps.',
    );
  }
  if (from.asOfStep > to.asOfStep) {
    warnings.push(
      `The later scoring is as of ${to.asOf}, before the ${from.asOf} of the earlier one: an import was undone between them.`,
    );
  }
  return warnings;
}

function notesOf(
  from: ScoredPart,
  to: ScoredPart,
  values: { from: ScoredValues; to: ScoredValues },
  isStale: boolean,
): string[] {
  const notes = ["Levels are by the portfolio's bounds of now, in both scorings."];
  if (isStale) notes.push('Data has changed since the later scoring; score again to compare what stands now.');
  const gone = values.from.rowsGone + values.to.rowsGone;
  if (gone > 0) {
    const plural = gone === 1 ? 'row is' : 'rows are';
    notes.push(
      `${gone} scored ${plural} no longer stored, since an import was undone; the features' drift leaves them out.`,
    );
  }
  if (from.asOfStep !== to.asOfStep) {
    notes.push(
      "The features' drift compares the one step that each scoring ended at: a pay day or a month's end on one of the " +
        'two shows as drift.',
    );
  }
  return notes;
}

function driftOf(from: ScoredValues, to: ScoredValues): FeatureDrift[] {
  const drift = [...from.values.keys()].map((feature): FeatureDrift => {
    const [earlier, later] = [from.values.get(feature)!, to.values.get(feature)!];
    const stability = stabilityOf(earlier, later);
    return {
      feature,
      stability,
      reason: stability === null ? 'One of the two scorings has no rows left' : null,
      median: { from: medianOf(earlier), to: medianOf(later) },
      missing: { from: missingOf(earlier), to: missingOf(later) },
    };
  });
  return drift.sort((a, b) => (b.stability?.psi ?? -1) - (a.stability?.psi ?? -1));
}

function medianOf(values: Float32Array): number | null {
  const known = values.filter((value) => !Number.isNaN(value)).sort();
  if (known.length === 0) return null;
  return (known[(known.length - 1) >> 1] + known[known.length >> 1]) / 2;
}

const missingOf = (values: Float32Array): number | null =>
  values.length === 0 ? null : values.filter((value) => Number.isNaN(value)).length / values.length;
