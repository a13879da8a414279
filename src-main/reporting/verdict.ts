import type { Estimate, JudgedPart } from '../ipc/documents.ts';
import { metric, pValue } from './figures.ts';
import { inSentence, listed, startOfSentence } from './words.ts';

/**
 * What a comparison says in one line: the same as on the Compare screen (src-renderer/comparison/verdict.ts), which
 * can't be imported here; a test holds the two to each other.
 */

type Model = JudgedPart['models'][number];

interface Rival {
  model: Model;
  /** Best minus this one. */
  difference: number;
  p: number | null;
  isTie: boolean;
}

export const isBeyondInterval = ({ value, low, high }: Estimate) =>
  value !== null && low !== null && high !== null && (low > 0 || high < 0);

const minus = (value: number | null) => (value === null ? null : -value);

/** Model `a` minus model `b` in AUC, whichever way round the document has them; null where they were not compared. */
export function aucDifference({ pairs }: Pick<JudgedPart, 'pairs'>, a: string, b: string) {
  for (const pair of pairs) {
    const { value, low, high } = pair.differences?.auc ?? { value: pair.deltaAuc, low: pair.low, high: pair.high };
    if (pair.a === a && pair.b === b) return { value, low, high, p: pair.p };
    if (pair.a === b && pair.b === a) return { value: minus(value), low: minus(high), high: minus(low), p: pair.p };
  }
  return null;
}

/** By AUC, best first; models whose AUC is not known are left out. */
export const rankedByAuc = ({ models }: Pick<JudgedPart, 'models'>): Model[] =>
  models
    .filter(({ metrics }) => metrics.auc.value !== null)
    .sort((a, b) => b.metrics.auc.value! - a.metrics.auc.value!);

/** The models that can’t be told apart from the best by the interval of the difference, the best first. */
export function leaders(part: JudgedPart): Model[] {
  const [best, ...others] = rankedByAuc(part);
  if (best === undefined) return [];
  return [best, ...others.filter((model) => rivalOf(part, best, model).isTie)];
}

/** Models are called different only where the interval of their paired difference does not hold 0. */
export function verdictLine(part: JudgedPart): string {
  const [best, ...others] = rankedByAuc(part);
  if (best === undefined) return 'No model can be ranked: these windows hold one outcome only.';
  const rivals = others.map((model) => rivalOf(part, best, model));
  const ties = rivals.filter(({ isTie }) => isTie);
  const lower = rivals.filter(({ isTie }) => !isTie);
  const name = startOfSentence(inSentence(best));
  const auc = metric(best.metrics.auc.value);
  if (rivals.length === 0) {
    return `${name} ranks with an AUC of ${auc}; this training has no other model to hold it against.`;
  }
  if (ties.length === 0) {
    return `${name} ranks best (AUC ${auc}); ${namesOf(lower)} ${ranks(lower)} lower (by ${amounts(lower)}).`;
  }
  const tied = `${namesOf(ties)} can’t be told apart from it here${writeP(ties)}`;
  if (lower.length === 0) {
    return `No model ranks clearly best: ${inSentence(best)} has the highest AUC (${auc}), but ${tied}.`;
  }
  return `${name} ranks best (AUC ${auc}); ${tied}; ${namesOf(lower)} ${ranks(lower)} lower (by ${amounts(lower)}).`;
}

function rivalOf(part: JudgedPart, best: Model, model: Model): Rival {
  const difference = aucDifference(part, best.id, model.id);
  return {
    model,
    difference: best.metrics.auc.value! - model.metrics.auc.value!,
    p: difference?.p ?? null,
    isTie: difference === null || !isBeyondInterval(difference),
  };
}

const namesOf = (rivals: Rival[]) => listed(rivals.map(({ model }) => inSentence(model)));
const ranks = (rivals: Rival[]) => (rivals.length === 1 ? 'ranks' : 'rank');
const amounts = (rivals: Rival[]) => rivals.map(({ difference }) => metric(difference)).join(', ');

const writeP = (rivals: Rival[]) =>
  rivals.every(({ p }) => p === null) ? '' : ` (p = ${rivals.map(({ p }) => shortP(p)).join(', ')})`;

/** In a sentence two digits do, but not near the usual bounds. */
function shortP(p: number | null): string {
  if (p === null) return pValue(p);
  if (p >= 0.995) return '1';
  return p.toFixed(p < 0.1 ? 3 : 2).replace(/^0/, '');
}

/** Beside differences, on the command line too. */
export const UNCORRECTED =
  'Two models differ where the interval does not hold 0. Nothing is corrected for how many pairs there are.';
