import type { ModelKind } from '../ipc/documents.ts';
import type { AlertRule, EarlyDetection, EarlySeeds } from '../ipc/early-detection.ts';
import { scoresInARow } from './early-detection-alerts.ts';
import { figuresAtBudget, ladderOf, type EqualFigures } from './early-detection-equal.ts';
import { judgedCustomers, monthsOfAll } from './early-detection-judged.ts';
import { candidateThresholds } from './early-detection-thresholds.ts';
import type { ScoredTracks } from './early-detection.ts';
import { spreadOf } from './seed-spread.ts';

/** What the models of one seed warn of. */
export interface SeedWarnings {
  experimentId: string;
  seed: number;
  models: { kind: ModelKind; leadAllMean: number | null; timelyRecall: number | null }[];
}

/**
 * [models]: what each warns of where its false alerts on these customers equal the budget, as `atEqualAlerts` has it.
 * NaN without customers of a kind.
 */
export function figuresAtEqualAlerts(
  { tracks, scores }: ScoredTracks,
  rule: AlertRule,
  budget: number,
): EqualFigures[] {
  const judged = judgedCustomers(tracks, rule);
  const alerts = (budget * monthsOfAll(tracks, judged.goods, rule)) / 100;
  const [goods, defaulters] = [judged.goods, judged.defaulters].map((of) => new Float64Array(of.length).fill(1));
  return scores.map((of) => {
    const met = scoresInARow(tracks, of, rule.inARow);
    return figuresAtBudget(
      ladderOf(tracks, judged, rule, met, candidateThresholds(met), alerts),
      goods,
      defaulters,
      alerts,
    );
  });
}

/** How what was measured of one seed spreads over it and `others`, by seed. */
export function earlySeeds(
  { experimentId, seed }: { experimentId: string; seed: number },
  { models, sequenceGain }: Pick<EarlyDetection, 'models' | 'sequenceGain'>,
  others: readonly SeedWarnings[],
): EarlySeeds {
  const own: SeedWarnings = {
    experimentId,
    seed,
    models: models.map(({ kind, atEqualAlerts: { leadAllMean, timelyRecall } }) => ({
      kind,
      leadAllMean: leadAllMean.value,
      timelyRecall: timelyRecall.value,
    })),
  };
  const runs = [own, ...others].sort((a, b) => a.seed - b.seed);
  const of = (kind: ModelKind, figure: 'leadAllMean' | 'timelyRecall') =>
    runs.map((run) => run.models.find((model) => model.kind === kind)?.[figure] ?? null);
  const kindOf = (id: string) => models.find((model) => model.id === id)!.kind;
  const gains = (sequence: ModelKind, snapshot: ModelKind) => {
    const earlier = of(sequence, 'leadAllMean');
    return of(snapshot, 'leadAllMean').map((lead, i) =>
      lead === null || earlier[i] === null ? null : earlier[i] - lead,
    );
  };
  return {
    experiments: runs.map((run) => ({ experimentId: run.experimentId, seed: run.seed })),
    models: models.map(({ kind }) => ({
      kind,
      leadAllMean: spreadOf(of(kind, 'leadAllMean')),
      timelyRecall: spreadOf(of(kind, 'timelyRecall')),
    })),
    sequenceGain:
      sequenceGain === null ? null : spreadOf(gains(kindOf(sequenceGain.sequence), kindOf(sequenceGain.snapshot))),
  };
}
