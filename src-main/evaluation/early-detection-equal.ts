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
  const ladder: Ladder = {
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
  return ladder;
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
 * Figures at exactly the budget's rate of false alerts, with customers weighted: two neighbouring rungs lie on either
 * side of it, and their figures are mixed in the proportion that gives that rate; so ties are broken by chance, in the
 * mean. Where even the lowest rung costs less, that rung. NaN without defaulters or months.
 */
export function figuresAtBudget(
  { rungs, falseAlerts, leads }: Ladder,
  goodWeights: Float64Array,
  defaulterWeights: Float64Array,
  alerts: number,
): EqualFigures {
  const costOf = (rung: number) => {
    let sum = 0;
    const start = rung * goodWeights.length;
    for (let g = 0; g < goodWeights.length; g++) sum += goodWeights[g] * falseAlerts[start + g];
    return sum;
  };
  // The last rung that stays within the budget; the first costs nothing.
  let low = 0;
  let high = rungs - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (costOf(middle) <= alerts) low = middle;
    else high = middle - 1;
  }
  const within = figuresOf(leads, low, defaulterWeights);
  if (low === rungs - 1) return within;
  const cost = costOf(low);
  const share = (alerts - cost) / (costOf(low + 1) - cost);
  const beyond = figuresOf(leads, low + 1, defaulterWeights);
  return {
    timelyRecall: within.timelyRecall + share * (beyond.timelyRecall - within.timelyRecall),
    leadAllSteps: within.leadAllSteps + share * (beyond.leadAllSteps - within.leadAllSteps),
  };
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
