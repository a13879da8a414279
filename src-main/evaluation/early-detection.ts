import type { ModelKind, TimeStep } from '../ipc/documents.ts';
import type {
  AlertRule,
  EarlyDetection,
  EarlyDetectionRequest,
  EarlyDetectionSettings,
  EarlyModel,
  HeldOutTime,
} from '../ipc/early-detection.ts';
import { createRandom } from '../sequences/random.ts';
import { MINIMUM_RESAMPLES } from './bootstrap.ts';
import { isGood, leadSteps, NEVER, scoresInARow, trackCount, type Tracks } from './early-detection-alerts.ts';
import { drawPseudoEvents, shuffledFigures } from './early-detection-controls.ts';
import { resampleWarnings } from './early-detection-bootstrap.ts';
import { describeModel, describePairs, emptyModel, sequenceGainOf } from './early-detection-document.ts';
import { warningsOf, watchedMonths, type ModelWarnings } from './early-detection-figures.ts';
import { judgedCustomers, monthsOfAll, type JudgedCustomers } from './early-detection-judged.ts';
import { notesOn } from './early-detection-notes.ts';
import { alertRule } from './early-detection-rule.ts';
import { candidateThresholds, lowestWithin } from './early-detection-thresholds.ts';

import type { Scores } from './metrics.ts';
import { createPacer, type RunOptions } from './pacing.ts';

/** Customers with the scores of every model at every step whose window is full. */
export interface ScoredTracks {
  tracks: Tracks;
  /** One entry a model, each [scores]. */
  scores: readonly Scores[];
}

export interface EarlyDetectionInput {
  timeStep: TimeStep;
  request: EarlyDetectionRequest;
  /** Steps are a calendar that all customers share and events have steps of their own in it. */
  isDated: boolean;
  models: readonly { id: string; kind: ModelKind }[];
  validation: ScoredTracks;
  test: ScoredTracks;
  /** At least MINIMUM_RESAMPLES. */
  resamples: number;
  seed: number;
  /** Why there are no scores, where there could not be any. */
  problem?: string;
  /** How many seeds besides this one are looked at; missing: none. */
  otherSeeds?: number;
  /** The scores are of this time alone; missing: of all of it. */
  heldOut?: HeldOutTime;
}

export const NO_TRACKS: ScoredTracks = {
  tracks: { offset: new Int32Array(1), end: new Int32Array(0), steps: new Int32Array(0), eventStep: new Int32Array(0) },
  scores: [],
};

export const PERMUTATIONS = 20;
/** Fewer customers of a kind than this tell nothing that an interval could hold. */
export const FEWEST = 5;
const RECALL_DAYS = [90, 60, 30, 14, 7];

/**
 * How early each model warns, at the same alert budget: thresholds from validation customers, figures on test customers
 * with intervals from a bootstrap over these (the same resamples for all models), paired differences at equal realised
 * false alerts, and two controls: good customers before pseudo-events, and the scores dealt out to other customers.
 * docs/early-detection.md defines each. Where there are too few customers of a kind `reason` says so and every figure
 * is null. Progress counts resamples. Throws `usage` for a request that makes no sense, and `cancelled`.
 */
export async function detectEarly(input: EarlyDetectionInput, options: RunOptions = {}): Promise<EarlyDetection> {
  const { timeStep, request, isDated, models, validation, test, resamples, seed } = input;
  if (!(resamples >= MINIMUM_RESAMPLES))
    throw new RangeError(`${resamples} resamples are fewer than ${MINIMUM_RESAMPLES}`);
  const rule = alertRule(timeStep, request);
  const settings: EarlyDetectionSettings = { ...request, ...rule, resamples, permutations: PERMUTATIONS, seed };
  const goods = goodsOf(validation.tracks);
  const goodMonths = monthsOfAll(validation.tracks, goods, rule);
  const allowedFalseAlerts = Math.floor((request.budget * goodMonths) / 100);
  const judged = judgedCustomers(test.tracks, rule);
  const testMonths = monthsOfAll(test.tracks, judged.goods, rule);
  const recallDays = RECALL_DAYS.filter((days) => days <= rule.leadFromSteps * rule.daysPerStep);
  const recallSteps = recallDays.map((days) => Math.ceil(days / rule.daysPerStep));
  const pacer = createPacer(options.signal);
  const pseudo = drawPseudoEvents(test.tracks, judged, rule, isDated, createRandom(seed));
  const days = Array.from(
    { length: rule.leadFromSteps },
    (_, i) => Math.round(10 * (rule.leadFromSteps - i) * rule.daysPerStep) / 10,
  );
  const reason =
    input.problem === undefined
      ? whyNot(goods.length, judged, input.heldOut !== undefined)
      : `How early models warn could not be measured. ${input.problem}`;
  const document: Omit<EarlyDetection, 'models' | 'pairs' | 'sequenceGain' | 'notes'> = {
    settings,
    eventTaken: isDated ? 'dated' : 'step after the last',
    reason,
    validation: { goodCustomers: goods.length, goodMonths, allowedFalseAlerts },
    judged: {
      defaulters: judged.defaulters.length,
      leftOut: judged.leftOut,
      goodCustomers: judged.goods.length,
      goodMonths: testMonths,
      controls: pseudo.event.length,
      leadCeiling:
        judged.reach.length === 0
          ? null
          : (judged.reach.reduce((sum, reach) => sum + reach, 0) * rule.daysPerStep) / judged.reach.length,
      reachable: recallDays.map((at, i) => ({
        days: at,
        defaulters: judged.reach.reduce((sum, reach) => sum + (reach >= recallSteps[i] ? 1 : 0), 0),
      })),
    },
    days,
  };
  if (reason !== null)
    return {
      ...document,
      models: models.map((model) => emptyModel(model)),
      pairs: [],
      sequenceGain: null,
      notes: notesOn({ ...document, models: [] }, input.otherSeeds ?? 0, input.heldOut),
    };

  const months = watchedMonths(test.tracks, judged, rule);
  const allowed = (request.budget * testMonths) / 100;
  const warned: ModelWarnings[] = [];
  const thresholds: number[] = [];
  const validationLeads: number[] = [];
  const shuffled: EarlyModel['shuffled'][] = [];
  for (let m = 0; m < models.length; m++) {
    const met = scoresInARow(validation.tracks, validation.scores[m], rule.inARow);
    const candidates = candidateThresholds(met);
    const at = lowestWithin(validation.tracks, met, candidates, rule.quietSteps, allowedFalseAlerts);
    thresholds.push(candidates[at]);
    validationLeads.push(meanLead(validation.tracks, met, candidates[at], rule));
    await pacer.pause();
    const warnings = warningsOf(test.tracks, judged, pseudo, rule, test.scores[m], candidates[at], allowed);
    await pacer.pause();
    shuffled.push(await shuffle(test.tracks, judged, settings, warnings, () => pacer.pause()));
    // The scores themselves have said all; they are large.
    warned.push({ ...warnings, met: new Float64Array(0), candidates: new Float64Array(0) });
  }
  const resampled = await resampleWarnings(
    warned,
    months,
    rule,
    recallSteps,
    { budget: request.budget, resamples, seed },
    options,
  );
  const described = models.map(({ id, kind }, m) =>
    describeModel({
      id,
      kind,
      threshold: thresholds[m] === NEVER ? null : thresholds[m],
      estimates: resampled.estimates[m],
      daysPerStep: rule.daysPerStep,
      recall: recallDays.map((at, i) => ({ days: at, controls: shareAt(warned[m].controlLeads, recallSteps[i]) })),
      curve: {
        customers: shares(warned[m].leads, rule.leadFromSteps),
        controls: pseudo.event.length === 0 ? [] : shares(warned[m].controlLeads, rule.leadFromSteps),
      },
      shuffled: shuffled[m],
    }),
  );
  const pairs = describePairs(models, resampled.pairs, rule.daysPerStep);
  return {
    ...document,
    models: described,
    pairs,
    sequenceGain: sequenceGainOf(models, validationLeads, pairs),
    notes: notesOn({ ...document, models: described }, input.otherSeeds ?? 0, input.heldOut),
  };
}

function goodsOf(tracks: Tracks): Int32Array {
  const goods: number[] = [];
  for (let c = 0; c < trackCount(tracks); c++) if (isGood(tracks, c) && tracks.end[c] > tracks.offset[c]) goods.push(c);
  return Int32Array.from(goods);
}

/** In steps, over all customers with an event who could have been warned of; a miss is 0. */
function meanLead(tracks: Tracks, met: Float64Array, threshold: number, rule: AlertRule): number {
  const { defaulters } = judgedCustomers(tracks, rule);
  let sum = 0;
  for (const customer of defaulters) {
    const lead = leadSteps(tracks, customer, met, threshold, rule);
    if (lead >= rule.leadToSteps) sum += lead;
  }
  return defaulters.length === 0 ? 0 : sum / defaulters.length;
}

function whyNot(
  validationGoods: number,
  { defaulters, goods, leftOut }: JudgedCustomers,
  isHeldOut: boolean,
): string | null {
  const few = (there: number, who: string) =>
    `How early models warn ${isHeldOut ? 'in the time held out ' : ''}can’t be told: there are ${there} ${who}, and it takes ${FEWEST}.`;
  if (defaulters.length < FEWEST)
    return few(
      defaulters.length,
      `test customers with an event that an alert could have come in time for${leftOut > 0 ? ` (and ${leftOut} without a score in that time)` : ''}`,
    );
  if (goods.length < FEWEST) return few(goods.length, 'test customers without an event');
  if (validationGoods < FEWEST)
    return few(validationGoods, 'validation customers without an event to set a threshold on');
  return null;
}

async function shuffle(
  tracks: Tracks,
  judged: JudgedCustomers,
  settings: EarlyDetectionSettings,
  { met, candidates, goodAlerts }: ModelWarnings,
  pause: () => Promise<void>,
): Promise<EarlyModel['shuffled']> {
  // The same dealing for every model.
  const random = createRandom(settings.seed + 1);
  const alerts = goodAlerts.reduce((sum, count) => sum + count, 0);
  let recall = 0;
  let lead = 0;
  for (let p = 0; p < PERMUTATIONS; p++) {
    const { timelyRecall, leadAllSteps } = shuffledFigures(tracks, judged, settings, met, candidates, alerts, random);
    recall += timelyRecall / PERMUTATIONS;
    lead += (leadAllSteps * settings.daysPerStep) / PERMUTATIONS;
    await pause();
  }
  return { timelyRecall: recall, leadAllMean: lead };
}

const shareAt = (leads: Int32Array, steps: number) =>
  leads.length === 0 ? null : leads.reduce((sum, lead) => sum + (lead >= steps ? 1 : 0), 0) / leads.length;

/** Shares warned at least that many steps before, from the most steps down to one; to four decimals. */
function shares(leads: Int32Array, mostSteps: number): number[] {
  const at = new Float64Array(mostSteps + 1);
  for (const lead of leads) at[lead]++;
  let warned = 0;
  return Array.from({ length: mostSteps }, (_, i) => {
    warned += at[mostSteps - i];
    return Math.round((1e4 * warned) / leads.length) / 1e4;
  });
}
