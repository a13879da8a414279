import type { ModelKind } from '../../src-main/ipc/documents.ts';
import { date, MODEL_NAMES } from '../ui/format.ts';

/** Model names inside a sentence. */
const IN_SENTENCE: Record<ModelKind, string> = {
  ...MODEL_NAMES,
  logistic: 'logistic regression',
  ensemble: 'the ensemble',
  external: 'the score from elsewhere',
};

export const inSentence = ({ kind, name }: { kind: ModelKind; name?: string | undefined }) => name ?? IN_SENTENCE[kind];

export const startOfSentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** “A”, “A and B”, “A, B and C”. */
export const listed = (words: readonly string[]) =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;

const KINDS = /\b(cnn-lstm|lstm|lightgbm|logistic|ensemble)\b/g;

/** A document's note as the screens write: models by their names, dates in words. */
export const noteInWords = (note: string) =>
  note.replace(KINDS, (kind) => MODEL_NAMES[kind as ModelKind]).replace(/\b\d{4}-\d{2}-\d{2}\b/g, (iso) => date(iso));
