import type { AlertRule } from '../ipc/early-detection.ts';
import { countAlerts, leadSteps, type Tracks } from './early-detection-alerts.ts';
import type { JudgedCustomers } from './early-detection-judged.ts';
import { lowestWithin } from './early-detection-thresholds.ts';

/**
 * What a model does at a ladder of thresholds, from one that costs no false alert on the judged customers down to one
 * that costs clearly more than the budget, so that every resample finds its own equal budget on it.
 */
export interface Ladder {
  rungs: number;
  /** [rungs, good customers]: false alerts. */
  falseAlerts: Uint16Array;
  /** [rungs, defaulters]: lead in steps; 0 where there is no warning in time. */
  leads: Uint16Array;
  /** Where these customers' own equal budget is. */
  place: BudgetPlace;
}

/** Between which rungs a budget lies, and what one false alert more would bring around there. */
interface BudgetPlace {
  /** The last rung within the budget, and the part of the way to the next one. */
  rung: number;
  share: number;
  gain: EqualFigures;
}

const MOST_RUNGS = 128;

/** `alerts`: false alerts that the budget allows on the judged customers; need not be whole. */
export function ladderOf(
  tracks: Tracks,
  { defaulters, goods }: JudgedCustomers,
  rule: AlertRule,
  met: Float64Array,
  candidates: Float64Array,
  alerts: number,
): Ladder {
  const { quietSteps, leadToSteps } = rule;
  // A resample's alerts at a threshold vary about as a Poisson count does: six times its deviation is as good as never left.
  const most = Math.ceil(alerts + 6 * Math.sqrt(alerts) + 12);
  const top = lowestWithin(tracks, met, candidates, quietSteps, 0);
  const bottom = Math.max(0, lowestWithin(tracks, met, candidates, quietSteps, most) - 1);
  const places = rungPlaces(rungsThatMatter(tracks, goods, met, candidates, bottom, top));
  const ladder = {
    rungs: places.length,
    falseAlerts: new Uint16Array(places.length * goods.length),
    leads: new Uint16Array(places.length * defaulters.length),
  };
  places.forEach((place, rung) => {
    const threshold = candidates[place];
    goods.forEach((customer, g) => {
      ladder.falseAlerts[rung * goods.length + g] = countAlerts(tracks, customer, met, threshold, quietSteps);
    });
    defaulters.forEach((customer, d) => {
      const lead = leadSteps(tracks, customer, met, threshold, rule);
      ladder.leads[rung * defaulters.length + d] = lead < leadToSteps ? 0 : lead;
    });
  });
  return { ...ladder, place: placeOfBudget(ladder, goods.length, defaulters.length, alerts) };
}

/** What is around a budget: from half of it to half more. */
const AROUND = 0.5;

/** With every customer counted once. */
function placeOfBudget(ladder: Rungs, goods: number, defaulters: number, alerts: number): BudgetPlace {
  const [goodWeights, defaulterWeights] = [goods, defaulters].map((count) => new Float64Array(count).fill(1));
  const at = rungOfBudget(ladder, goodWeights, alerts);
  const ends = [(1 - AROUND) * alerts, (1 + AROUND) * alerts].map((cost, end) =>
    Math.min(ladder.rungs - 1, rungOfBudget(ladder, goodWeights, cost).rung + end),
  );
  const [fewer, more] = ends.map((rung) => figuresOf(ladder.leads, rung, defaulterWeights));
  const cost = costOf(ladder, ends[1], goodWeights) - costOf(ladder, ends[0], goodWeights);
  const gainOf = (figure: keyof EqualFigures) => (cost > 0 ? (more[figure] - fewer[figure]) / cost : 0);
  return { ...at, gain: { timelyRecall: gainOf('timelyRecall'), leadAllSteps: gainOf('leadAllSteps') } };
}

type Rungs = Omit<Ladder, 'place'>;

function costOf({ falseAlerts }: Rungs, rung: number, goodWeights: Float64Array): number {
  let sum = 0;
  const start = rung * goodWeights.length;
  for (let g = 0; g < goodWeights.length; g++) sum += goodWeights[g] * falseAlerts[start + g];
  return sum;
}

/** The last rung that stays within the budget, and the part of the way to the next one that spends all of it. */
function rungOfBudget(ladder: Rungs, goodWeights: Float64Array, alerts: number): { rung: number; share: number } {
  // The first rung costs nothing.
  let low = 0;
  let high = ladder.rungs - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (costOf(ladder, middle, goodWeights) <= alerts) low = middle;
    else high = middle - 1;
  }
  if (low === ladder.rungs - 1) return { rung: low, share: 0 };
  const cost = costOf(ladder, low, goodWeights);
  return { rung: low, share: (alerts - cost) / (costOf(ladder, low + 1, goodWeights) - cost) };
}

/**
 * False alerts change only where a good customer's score is passed; of all thresholds that cost the same the lowest
 * warns of most. Places among the candidates, from `top` down to `bottom`.
 */
function rungsThatMatter(
  { offset, end }: Tracks,
  goods: Int32Array,
  met: Float64Array,
  candidates: Float64Array,
  bottom: number,
  top: number,
): number[] {
  const values = new Set<number>();
  const [least, most] = [candidates[bottom], candidates[top]];
  for (const customer of goods)
    for (let i = offset[customer]; i < end[customer]; i++) if (met[i] >= least && met[i] < most) values.add(met[i]);
  const places = [top];
  for (let place = top - 1; place > bottom; place--) if (values.has(candidates[place - 1])) places.push(place);
  if (bottom < top) places.push(bottom);
  return places;
}

/** At most MOST_RUNGS of them, the first and the last among these; what lies between two is mixed anyway. */
function rungPlaces(places: number[]): number[] {
  if (places.length <= MOST_RUNGS) return places;
  return Array.from({ length: MOST_RUNGS }, (_, i) => places[Math.round((i * (places.length - 1)) / (MOST_RUNGS - 1))]);
}

export interface EqualFigures {
  timelyRecall: number;
  /** Over all; a miss is 0. */
  leadAllSteps: number;
}

/**
 * Figures at exactly the budget's rate of false alerts on the customers that the ladder is of: two neighbouring rungs lie
 * on either side of it, and their figures are mixed in the proportion that gives that rate; so ties are broken by chance,
 * in the mean. Where even the lowest rung costs less, that rung. NaN without defaulters.
 *
 * With customers weighted, as in a resample, they are so to first order: at the same place, and for the alerts by which
 * that is off the budget what alerts bring around there. A place that is searched anew jumps between customers that were
 * drawn several times, more than it does from sample to sample.
 */
export function figuresAtBudget(
  ladder: Ladder,
  goodWeights: Float64Array,
  defaulterWeights: Float64Array,
  alerts: number,
): EqualFigures {
  const { rung, share, gain } = ladder.place;
  const within = figuresOf(ladder.leads, rung, defaulterWeights);
  if (rung === ladder.rungs - 1) return within;
  const beyond = figuresOf(ladder.leads, rung + 1, defaulterWeights);
  const [cost, more] = [costOf(ladder, rung, goodWeights), costOf(ladder, rung + 1, goodWeights)];
  const off = alerts - (cost + share * (more - cost));
  const figureOf = (name: keyof EqualFigures) =>
    within[name] + share * (beyond[name] - within[name]) + off * gain[name];
  return { timelyRecall: figureOf('timelyRecall'), leadAllSteps: figureOf('leadAllSteps') };
}

function figuresOf(leads: Uint16Array, rung: number, weights: Float64Array): EqualFigures {
  let all = 0;
  let timely = 0;
  let steps = 0;
  const start = rung * weights.length;
  for (let d = 0; d < weights.length; d++) {
    const lead = leads[start + d];
    all += weights[d];
    if (lead > 0) timely += weights[d];
    steps += weights[d] * lead;
  }
  return { timelyRecall: timely / all, leadAllSteps: steps / all };
}
