import type { Estimate, ModelKind } from '../ipc/documents.ts';
import type { EarlyDifference, EarlyModel, SequenceGain, TestedDifference } from '../ipc/early-detection.ts';
import type { Resampled } from './early-detection-bootstrap.ts';
import { FIGURES } from './early-detection-figures.ts';

const NO_ESTIMATE: Estimate = { value: null, low: null, high: null };

interface MeasuredModel {
  id: string;
  kind: ModelKind;
  threshold: number | null;
  /** In the order of measureWarnings. */
  estimates: Estimate[];
  daysPerStep: number;
  recall: { days: number; controls: number | null }[];
  curve: EarlyModel['curve'];
  shuffled: EarlyModel['shuffled'];
}

/** A model's figures by name, leads in days. */
export function describeModel(model: MeasuredModel): EarlyModel {
  const { id, kind, threshold, estimates, daysPerStep, recall, curve, shuffled } = model;
  const figure = (name: (typeof FIGURES)[number]) => estimates[FIGURES.indexOf(name)];
  const inDays = (name: (typeof FIGURES)[number]) => scaled(figure(name), daysPerStep);
  return {
    id,
    kind,
    threshold,
    timelyRecall: figure('timelyRecall'),
    lead: {
      detectedMean: inDays('detectedMean'),
      detectedMedian: inDays('detectedMedian'),
      allMean: inDays('allMean'),
      allMedian: inDays('allMedian'),
    },
    alertsPer1000: figure('alertsPer1000'),
    falseAlertsPer100: figure('falseAlertsPer100'),
    recallAt: recall.map(({ days, controls }, i) => ({ days, recall: estimates[FIGURES.length + i], controls })),
    curve,
    controls: { timelyRecall: figure('controlsTimely') },
    shuffled,
    atEqualAlerts: { timelyRecall: figure('equalTimely'), leadAllMean: inDays('equalLead') },
  };
}

export const describePairs = (
  models: readonly { id: string }[],
  pairs: Resampled['pairs'],
  daysPerStep: number,
): EarlyDifference[] =>
  pairs.map(({ a, b, timelyRecall, leadAllSteps }) => ({
    a: models[a].id,
    b: models[b].id,
    leadAllMean: { ...scaled(leadAllSteps, daysPerStep), p: leadAllSteps.p } satisfies TestedDifference,
    timelyRecall,
  }));

const SEQUENCE: readonly ModelKind[] = ['lstm', 'cnn-lstm'];
const SNAPSHOT: readonly ModelKind[] = ['lightgbm', 'logistic'];

/**
 * `validationLeads`: by model, so that who is compared is not chosen on the customers who judge. Of equal ones the
 * first.
 */
export function sequenceGainOf(
  models: readonly { id: string; kind: ModelKind }[],
  validationLeads: readonly number[],
  pairs: readonly EarlyDifference[],
): SequenceGain | null {
  const earliest = (kinds: readonly ModelKind[]) => {
    let best: number | null = null;
    models.forEach(({ kind }, m) => {
      if (kinds.includes(kind) && (best === null || validationLeads[m] > validationLeads[best])) best = m;
    });
    return best === null ? null : models[best].id;
  };
  const [sequence, snapshot] = [earliest(SEQUENCE), earliest(SNAPSHOT)];
  if (sequence === null || snapshot === null) return null;
  for (const { a, b, leadAllMean, timelyRecall } of pairs) {
    if (a === sequence && b === snapshot) return { sequence, snapshot, leadAllMean, timelyRecall };
    if (a === snapshot && b === sequence)
      return { sequence, snapshot, leadAllMean: turned(leadAllMean), timelyRecall: turned(timelyRecall) };
  }
  return null;
}

const turned = ({ value, low, high, p }: TestedDifference): TestedDifference => ({
  value: times(value, -1),
  low: times(high, -1),
  high: times(low, -1),
  p,
});

const times = (value: number | null, factor: number) => (value === null ? null : value * factor || 0);
const scaled = ({ value, low, high }: Estimate, factor: number): Estimate => ({
  value: times(value, factor),
  low: times(low, factor),
  high: times(high, factor),
});

/** Of a model that could not be measured. */
export const emptyModel = ({ id, kind }: { id: string; kind: ModelKind }): EarlyModel => ({
  id,
  kind,
  threshold: null,
  timelyRecall: NO_ESTIMATE,
  lead: { detectedMean: NO_ESTIMATE, detectedMedian: NO_ESTIMATE, allMean: NO_ESTIMATE, allMedian: NO_ESTIMATE },
  alertsPer1000: NO_ESTIMATE,
  falseAlertsPer100: NO_ESTIMATE,
  recallAt: [],
  curve: { customers: [], controls: [] },
  controls: { timelyRecall: NO_ESTIMATE },
  shuffled: { timelyRecall: null, leadAllMean: null },
  atEqualAlerts: { timelyRecall: NO_ESTIMATE, leadAllMean: NO_ESTIMATE },
});
