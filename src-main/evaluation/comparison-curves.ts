import type { ModelKind } from '../ipc/documents.ts';
import type { ModelCurves } from '../ipc/views.ts';
import type { JudgedRows } from './bootstrap.ts';
import { calibrationBins } from './calibration-bins.ts';
import { countsAtThresholds } from './counts-at-thresholds.ts';
import { gainsCurve } from './gains-curve.ts';
import type { Scores } from './metrics.ts';
import { createPacer, type RunOptions } from './pacing.ts';
import { precisionRecall } from './precision-recall.ts';
import { rankGroups } from './ranked-groups.ts';
import { rocCurve } from './roc-curve.ts';
import { scoreDistribution } from './score-distribution.ts';

/** More than a screen can tell apart; what crosses to the window stays small. */
export const MOST_POINTS = 2_000;

export interface ScoredModel {
  id: string;
  kind: ModelKind;
  history: ModelCurves['history'];
  /** The PD of each row. */
  scores: Scores;
}

/** The curves of models judged on the same rows. Throws `cancelled`, `too-small`. */
export async function comparisonCurves(
  rows: JudgedRows,
  models: readonly ScoredModel[],
  { signal }: RunOptions = {},
): Promise<ModelCurves[]> {
  const { labels } = rows;
  const pacer = createPacer(signal);
  const curves: ModelCurves[] = [];
  for (const { id, kind, history, scores } of models) {
    const groups = rankGroups(scores, labels);
    curves.push({
      id,
      kind,
      history,
      roc: rocCurve(groups, MOST_POINTS),
      precisionRecall: precisionRecall(groups, MOST_POINTS),
      calibration: calibrationBins(scores, rows),
      scores: scoreDistribution(scores, labels),
      gains: gainsCurve(groups),
      atThreshold: countsAtThresholds(groups, scores instanceof Float32Array),
    });
    if (pacer.due()) await pacer.pause();
  }
  return curves;
}
