import type { ModelKind, TimeStep } from '../ipc/documents.ts';
import { date, MODEL_NAMES } from './figures.ts';

/** Model names inside a sentence; what is no model of ours keeps its own. */
const IN_SENTENCE: Record<ModelKind, string> = {
  ...MODEL_NAMES,
  logistic: 'logistic regression',
  ensemble: 'the ensemble',
};

export const inSentence = (kind: ModelKind) => IN_SENTENCE[kind] ?? String(kind);

export const startOfSentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** “A”, “A and B”, “A, B and C”. */
export const listed = (words: readonly string[]) =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;

const KINDS = /\b(cnn-lstm|lstm|lightgbm|logistic|ensemble)\b/g;

/** A document's note as people write: models by their names, dates in words. */
export const noteInWords = (note: string) =>
  note.replace(KINDS, (kind) => MODEL_NAMES[kind as ModelKind]).replace(/\b\d{4}-\d{2}-\d{2}\b/g, (iso) => date(iso));

/** “14 days”, “1 month”. */
export const steps = (value: number, timeStep: TimeStep | null) =>
  `${value} ${timeStep ?? 'step'}${value === 1 ? '' : 's'}`;
