import type { ScoreFileView } from '../../src-main/ipc/evaluation.ts';

const OUTCOME = /default|bad|outcome|label|target|event|flag|ausfall|npl|^y$/i;
const SCORE = /score|\bpd\b|prob|risk|rating|points|punkte/i;
const POSITIVE = /^(1(\.0+)?|yes|y|true|bad|poor|default(ed)?|ja|si|sí|oui)$/i;

/** Which column is likely the outcome, and which are likely scores, by their names and values. */
export function guessedColumns({ columns }: ScoreFileView): { label: string; scores: string[] } {
  const two = columns.filter(({ values }) => values?.length === 2);
  const label = (two.find(({ name }) => OUTCOME.test(name)) ?? two[0])?.name ?? '';
  const numeric = columns.filter(({ name, isNumeric }) => isNumeric && name !== label);
  const named = numeric.filter(({ name }) => SCORE.test(name));
  const scores = named.length > 0 ? named : numeric.length === 1 ? numeric : [];
  return { label, scores: scores.map(({ name }) => name) };
}

/** Which value is likely the event; the last one where none says so. */
export const guessedPositive = (values: readonly string[]): string =>
  values.find((value) => POSITIVE.test(value)) ?? values[values.length - 1] ?? '';

const CUSTOMER = /customer|client|kunde|cliente|account|^id$|_id$/i;
const DATE = /date|datum|fecha|month|as.?of|day|step/i;

/** Which column is likely the customer, the score, and the date or step of a score. */
export function guessedMatch({ columns }: ScoreFileView): { customer: string; score: string; when: string } {
  const customer = (columns.find(({ name }) => CUSTOMER.test(name)) ?? columns[0])?.name ?? '';
  const others = columns.filter(({ name }) => name !== customer);
  const when = others.find(({ name }) => DATE.test(name))?.name ?? '';
  const numeric = others.filter(({ name, isNumeric }) => isNumeric && name !== when);
  return { customer, score: (numeric.find(({ name }) => SCORE.test(name)) ?? numeric[0])?.name ?? '', when };
}
