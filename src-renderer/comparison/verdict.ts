import type { JudgedPart } from '../../src-main/ipc/documents.ts';
import type { EarlyDetection } from '../../src-main/ipc/early-detection.ts';
import { counted, metric } from '../ui/format.ts';
import { differenceOf, isBeyondInterval } from './better.ts';
import { calibrationRemarks } from './calibration-remarks.ts';
import { earlyVerdict, type EarlyVerdict } from './early-verdict.ts';
import { inSentence, listed, startOfSentence } from './model-words.ts';

export interface Verdict {
  /** One line: who ranks best, who can’t be told apart from it, who ranks lower. */
  headline: string;
  /** What to know beside it. */
  remarks: string[];
}

/** Fewer customers with an event than this leave every interval wide. */
const FEW_EVENTS = 30;

type Model = JudgedPart['models'][number];

interface Rival {
  model: Model;
  /** Best minus this one. */
  difference: number;
  p: number | null;
}

/**
 * What a comparison says, and no more than it says: by AUC, with models called different only where the interval of
 * their paired difference does not hold 0. Before it, where it was measured, whether sequences warn earlier.
 */
export function verdictOf(part: JudgedPart, championId: string | null, detection?: EarlyDetection): Verdict {
  const ranked = part.models
    .filter(({ metrics }) => metrics.auc.value !== null)
    .sort((a, b) => b.metrics.auc.value! - a.metrics.auc.value!);
  if (ranked.length === 0) {
    return {
      headline: 'No model can be ranked: these windows hold one outcome only.',
      remarks: ['Calibration is all that can be told from them.'],
    };
  }
  const [best, ...others] = ranked;
  const rivals = others.map((model) => rivalOf(part, best, model));
  const ties = rivals.filter(({ isTie }) => isTie);
  const lower = rivals.filter(({ isTie }) => !isTie);
  const early = detection === undefined ? null : earlyVerdict(detection);
  const ranking = headlineOf(best, ties, lower);
  return {
    headline:
      early === null ? ranking : `${early.words}; ${theirAuc(part, early)}.${ranked.length > 2 ? ` ${ranking}` : ''}`,
    remarks: [
      ...eventRemarks(part),
      ...championRemarks(lower, championId),
      ...calibrationRemarks(part),
      SCOPE,
      ...earlyRemarks(detection),
    ],
  };
}

const SCOPE = 'AUC says how well a model ranks, not whether its PDs are right: calibration does.';

const earlyRemarks = (detection: EarlyDetection | undefined) =>
  detection === undefined || detection.reason !== null
    ? ['How early a model warns is not measured here.']
    : ['A model that ranks better need not warn earlier; that is judged apart, at the same alert budget.'];

/** “they can’t be told apart by AUC here (p = .41)”, of the two that the early half names. */
function theirAuc(part: JudgedPart, { sequence, snapshot }: EarlyVerdict): string {
  const [first, second] = [sequence, snapshot].map((id) => part.models.find((model) => model.id === id));
  if (first === undefined || second === undefined || first.metrics.auc.value === null) return 'their AUC is not known';
  const { isTie, p, difference } = rivalOf(part, first, second);
  if (isTie) return `they can’t be told apart by AUC here${p === null ? '' : ` (p = ${shortP(p)})`}`;
  const [better, worse] = difference > 0 ? [first, second] : [second, first];
  return `the AUC of ${inSentence(better)} is ${metric(Math.abs(difference))} above that of ${inSentence(worse)}`;
}

function rivalOf({ pairs }: JudgedPart, best: Model, model: Model): Rival & { isTie: boolean } {
  const difference = differenceOf(pairs, best.id, model.id, 'auc');
  const pair = pairs.find(({ a, b }) => (a === best.id && b === model.id) || (a === model.id && b === best.id));
  return {
    model,
    difference: best.metrics.auc.value! - model.metrics.auc.value!,
    p: pair?.p ?? null,
    isTie: difference === null || !isBeyondInterval(difference),
  };
}

function headlineOf(best: Model, ties: Rival[], lower: Rival[]): string {
  const name = startOfSentence(inSentence(best));
  const auc = `AUC ${metric(best.metrics.auc.value)}`;
  if (ties.length === 0 && lower.length === 0) {
    return `${name} ranks with an AUC of ${metric(best.metrics.auc.value)}; this training has no other model to hold it against.`;
  }
  if (ties.length === 0) {
    return `${name} ranks best (${auc}); ${namesOf(lower)} ${ranks(lower)} lower (by ${amounts(lower)}).`;
  }
  const tied = `${namesOf(ties)} can’t be told apart from it here${writeP(ties)}`;
  if (lower.length === 0) {
    const highest = `${inSentence(best)} has the highest AUC (${metric(best.metrics.auc.value)})`;
    return `No model ranks clearly best: ${highest}, but ${tied}.`;
  }
  return `${name} ranks best (${auc}); ${tied}; ${namesOf(lower)} ${ranks(lower)} lower (by ${amounts(lower)}).`;
}

const namesOf = (rivals: Rival[]) => listed(rivals.map(({ model }) => inSentence(model)));
const ranks = (rivals: Rival[]) => (rivals.length === 1 ? 'ranks' : 'rank');
const amounts = (rivals: Rival[]) => rivals.map(({ difference }) => metric(difference)).join(', ');

/** “ (p = .41, .22)”: in a sentence two digits do, but not near the usual bounds. */
const writeP = (rivals: Rival[]) =>
  rivals.every(({ p }) => p === null) ? '' : ` (p = ${rivals.map(({ p }) => shortP(p)).join(', ')})`;

function shortP(p: number | null): string {
  if (p === null) return 'n/a';
  if (p >= 0.995) return '1';
  return p.toFixed(p < 0.1 ? 3 : 2).replace(/^0/, '');
}

function eventRemarks({ rows }: JudgedPart): string[] {
  if (rows.events >= FEW_EVENTS) return [];
  return [`Only ${counted(rows.events, 'customer')} with an event: small differences can’t be told from chance here.`];
}

function championRemarks(lower: Rival[], championId: string | null): string[] {
  const champion = lower.find(({ model }) => model.id === championId);
  return champion === undefined ? [] : [`The champion, ${inSentence(champion.model)}, ranks lower than the best.`];
}
