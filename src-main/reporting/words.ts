import type { ModelKind, TimeStep } from '../ipc/documents.ts';
import { MODEL_NAMES } from '../models/model-names.ts';
import { date } from './figures.ts';

/** A score from elsewhere has the analyst's own name. */
interface MaybeNamed {
  kind: ModelKind;
  name?: string | undefined;
}

export const nameOf = ({ kind, name }: MaybeNamed) => name ?? MODEL_NAMES[kind];

/** Model names inside a sentence. */
const IN_SENTENCE: Readonly<Record<ModelKind, string>> = {
  ...MODEL_NAMES,
  logistic: 'logistic regression',
  ensemble: 'the ensemble',
};

export const inSentence = ({ kind, name }: MaybeNamed) => name ?? IN_SENTENCE[kind];

export const startOfSentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** “A”, “A and B”, “A, B and C”. */
export const listed = (words: readonly string[]) =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;

const KINDS = /\b(cnn-lstm|lstm|lightgbm|logistic|ensemble)\b/g;

/** A document's note with its models by their names. */
export const withModelNames = (note: string) => note.replace(KINDS, (kind) => MODEL_NAMES[kind as ModelKind]);

/** A document's note as people write: models by their names, dates in words. */
export const noteInWords = (note: string) => withModelNames(note).replace(/\b\d{4}-\d{2}-\d{2}\b/g, (iso) => date(iso));

/** “14 days”, “1 month”. */
export const steps = (value: number, timeStep: TimeStep | null) =>
  `${value} ${timeStep ?? 'step'}${value === 1 ? '' : 's'}`;
