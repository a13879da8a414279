import { logLoss, logLossClip } from '../evaluation/metrics.ts';
import type { EnsembleSummary, EnsembleWeight } from '../ipc/calibration.ts';
import type { ModelKind } from '../ipc/documents.ts';
import type { Calibrated } from './calibration/calibrator.ts';

/** The recipe's share of the sequence models; the rest is the snapshot model's. */
export const SEQUENCE_SHARE = 0.7;

const SEQUENCE_KINDS: readonly ModelKind[] = ['lstm', 'cnn-lstm'];
const SNAPSHOT_KINDS: readonly ModelKind[] = ['lightgbm', 'logistic'];

/** How much each member's PD counts; the shares add up to 1. */
export interface EnsembleConfiguration extends Calibrated {
  members: { kind: ModelKind; share: number }[];
  /** Not there in ensembles of earlier versions: the recipe's. */
  weight?: EnsembleWeight;
}

/**
 * 0.7 · mean of the sequence models + 0.3 · LightGBM (logistic where there is no LightGBM); null unless there are both
 * sequence and snapshot models.
 */
export function ensembleOf(kinds: readonly ModelKind[], sequenceShare = SEQUENCE_SHARE): EnsembleConfiguration | null {
  const sequence = SEQUENCE_KINDS.filter((kind) => kinds.includes(kind));
  const snapshot = SNAPSHOT_KINDS.find((kind) => kinds.includes(kind));
  if (sequence.length === 0 || snapshot === undefined) return null;
  return {
    members: [
      ...sequence.map((kind) => ({ kind, share: sequenceShare / sequence.length })),
      { kind: snapshot, share: 1 - sequenceShare },
    ],
  };
}

/** The ensemble's PDs from its members' on the same rows. */
export function combineScores(
  { members }: EnsembleConfiguration,
  scoresOf: (kind: ModelKind) => Float32Array,
): Float32Array {
  const parts = members.map(({ kind, share }) => ({ scores: scoresOf(kind), share }));
  const combined = new Float32Array(parts[0].scores.length);
  for (const { scores, share } of parts) for (let i = 0; i < combined.length; i++) combined[i] += share * scores[i];
  return combined;
}

/** Halvings of the interval in which the best share lies: to a millionth. */
const HALVINGS = 20;

/**
 * The sequence models' share, 0 to 1, that makes the log-loss of the combined PDs least on the validation rows; the
 * recipe's where every share does alike. The loss is convex in the share, so that its slope tells the way.
 */
export function fitSequenceShare(
  kinds: readonly ModelKind[],
  scoresOf: (kind: ModelKind) => Float32Array,
  labels: Uint8Array,
): number {
  const [sequence, snapshot] = [1, 0].map((share) => combineScores(ensembleOf(kinds, share)!, scoresOf));
  const clip = logLossClip(sequence);
  const slopeAt = (share: number) => {
    let slope = 0;
    for (let i = 0; i < labels.length; i++) {
      const pd = Math.min(Math.max(share * sequence[i] + (1 - share) * snapshot[i], clip), 1 - clip);
      const change = sequence[i] - snapshot[i];
      slope += labels[i] === 1 ? -change / pd : change / (1 - pd);
    }
    return slope;
  };
  const lossAt = (share: number) => {
    let loss = 0;
    for (let i = 0; i < labels.length; i++)
      loss += logLoss(share * sequence[i] + (1 - share) * snapshot[i], labels[i], clip);
    return loss;
  };
  if (sequence.every((pd, i) => pd === snapshot[i])) return SEQUENCE_SHARE;
  let [low, high] = [0, 1];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (slopeAt(middle) > 0) high = middle;
    else low = middle;
  }
  // The ends themselves are never a middle.
  const inside = (low + high) / 2;
  return [0, 1].reduce((best, end) => (lossAt(end) <= lossAt(best) ? end : best), inside);
}

const isSequence = (kind: ModelKind) => SEQUENCE_KINDS.includes(kind);

export function summariseEnsemble({ members, weight = 'recipe' }: EnsembleConfiguration): EnsembleSummary {
  const sequenceShare = members.reduce((sum, { kind, share }) => sum + (isSequence(kind) ? share : 0), 0);
  return { sequenceShare, weight };
}
