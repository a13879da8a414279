import type { ModelKind } from '../ipc/documents.ts';

/** The recipe's share of the sequence models; the rest is the snapshot model's. */
export const SEQUENCE_SHARE = 0.7;

const SEQUENCE_KINDS: readonly ModelKind[] = ['lstm', 'cnn-lstm'];
const SNAPSHOT_KINDS: readonly ModelKind[] = ['lightgbm', 'logistic'];

/** How much each member's PD counts; the shares add up to 1. */
export interface EnsembleConfiguration {
  members: { kind: ModelKind; share: number }[];
}

/**
 * 0.7 · mean of the sequence models + 0.3 · LightGBM (logistic where there is no LightGBM); null unless there are both
 * sequence and snapshot models.
 */
export function ensembleOf(kinds: readonly ModelKind[]): EnsembleConfiguration | null {
  const sequence = SEQUENCE_KINDS.filter((kind) => kinds.includes(kind));
  const snapshot = SNAPSHOT_KINDS.find((kind) => kinds.includes(kind));
  if (sequence.length === 0 || snapshot === undefined) return null;
  return {
    members: [
      ...sequence.map((kind) => ({ kind, share: SEQUENCE_SHARE / sequence.length })),
      { kind: snapshot, share: 1 - SEQUENCE_SHARE },
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
