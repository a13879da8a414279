import type { AlertRule } from '../ipc/early-detection.ts';
import type { Random } from '../sequences/random.ts';
import { countAlerts, firstWarning, leadSteps, type Tracks, type WarningRule } from './early-detection-alerts.ts';
import type { JudgedCustomers } from './early-detection-judged.ts';
import { lowestWithin } from './early-detection-thresholds.ts';

/** Events that never were: each is a good customer's. Arrays have one entry a pseudo-event. */
export interface PseudoEvents {
  /** Place among the good customers, ascending. */
  good: Int32Array;
  event: Int32Array;
  /** The first step at which an alert counts: the control was watched no longer than its defaulter. */
  from: Int32Array;
}

const DRAWS_EACH = 10;
const TRIES = 20;

/**
 * Gives every good customer pseudo-events by the pattern of defaulters drawn at random. With dates it has the
 * defaulter's own step, so that both are seen in the same stretch of the calendar; else it is the step after the
 * customer's last one, as the defaulters' is. A control has scores over all of the stretch in which its defaulter had
 * some; where twenty draws find none such, there is no pseudo-event.
 */
export function drawPseudoEvents(
  { offset, end, steps, eventStep }: Tracks,
  { defaulters, goods }: JudgedCustomers,
  { inARow, leadFromSteps }: AlertRule,
  isDated: boolean,
  random: Random,
): PseudoEvents {
  const good: number[] = [];
  const event: number[] = [];
  const from: number[] = [];
  if (defaulters.length === 0) return { good: Int32Array.of(), event: Int32Array.of(), from: Int32Array.of() };
  goods.forEach((control, g) => {
    const ownFirst = steps[offset[control]];
    const ownLast = steps[end[control] - 1];
    for (let draw = 0; draw < DRAWS_EACH; draw++) {
      for (let t = 0; t < TRIES; t++) {
        const model = defaulters[random.integer(0, defaulters.length - 1)];
        const shift = isDated ? 0 : ownLast + 1 - eventStep[model];
        const at = eventStep[model] + shift;
        const first = Math.max(steps[offset[model]] + shift, at - leadFromSteps - inARow + 1);
        const last = steps[end[model] - 1] + shift;
        if (first < ownFirst || last > ownLast) continue;
        good.push(g);
        event.push(at);
        from.push(first + inARow - 1);
        break;
      }
    }
  });
  return { good: Int32Array.from(good), event: Int32Array.from(event), from: Int32Array.from(from) };
}

/** [pseudo-events]: steps from the first warning to the pseudo-event, 0 for none; as a defaulter's are measured. */
export function controlLeads(
  { offset, end, steps }: Tracks,
  { goods }: JudgedCustomers,
  pseudo: PseudoEvents,
  met: Float64Array,
  threshold: number,
  rule: WarningRule,
): Int32Array {
  return pseudo.event.map((event, p) => {
    const customer = goods[pseudo.good[p]];
    let first = offset[customer];
    // A defaulter who was scored from later on only had no earlier alert either.
    if (pseudo.from[p] > event - rule.leadFromSteps)
      while (first < end[customer] && steps[first] < pseudo.from[p]) first++;
    return firstWarning(steps, met, first, end[customer], event, threshold, rule);
  });
}

export interface ShuffledFigures {
  timelyRecall: number;
  /** Over all; a miss is 0. */
  leadAllSteps: number;
}

/**
 * What is left of a model when its scores are dealt out to other customers: whole series, lined up by their ends, at the
 * threshold at which false alerts are as frequent as the model's own `alerts` are. Of two thresholds that lie on either
 * side of that number the figures are mixed in proportion.
 */
export function shuffledFigures(
  tracks: Tracks,
  judged: JudgedCustomers,
  rule: AlertRule,
  met: Float64Array,
  candidates: Float64Array,
  alerts: number,
  random: Random,
): ShuffledFigures {
  const { dealt, goodShare } = dealOut(tracks, judged, met, random);
  const most = alerts * goodShare;
  const at = lowestWithin(tracks, dealt, candidates, rule.quietSteps, most);
  const within = figuresAt(tracks, judged, rule, dealt, candidates[at]);
  if (at === 0) return within;
  const beyond = figuresAt(tracks, judged, rule, dealt, candidates[at - 1]);
  const share = (most - within.alerts) / (beyond.alerts - within.alerts);
  const mixed = (a: number, b: number) => a + share * (b - a);
  return {
    timelyRecall: mixed(within.timelyRecall, beyond.timelyRecall),
    leadAllSteps: mixed(within.leadAllSteps, beyond.leadAllSteps),
  };
}

/**
 * A series that is shorter than its new owner's leaves the oldest steps without a score. `goodShare`: how much of the
 * good customers' steps has one, so that false alerts are as frequent, not as many.
 */
function dealOut(
  { offset, end }: Tracks,
  { defaulters, goods }: JudgedCustomers,
  met: Float64Array,
  random: Random,
): { dealt: Float64Array; goodShare: number } {
  const owners = Int32Array.from([...defaulters, ...goods]);
  const donors = owners.slice();
  random.shuffle(donors);
  const dealt = new Float64Array(met.length).fill(-Infinity);
  let steps = 0;
  let scored = 0;
  owners.forEach((owner, i) => {
    const donor = donors[i];
    const own = end[owner] - offset[owner];
    const length = Math.min(own, end[donor] - offset[donor]);
    for (let back = 1; back <= length; back++) dealt[end[owner] - back] = met[end[donor] - back];
    if (i < defaulters.length) return;
    steps += own;
    scored += length;
  });
  return { dealt, goodShare: scored / steps };
}

function figuresAt(
  tracks: Tracks,
  { defaulters, goods }: JudgedCustomers,
  rule: AlertRule,
  met: Float64Array,
  threshold: number,
): ShuffledFigures & { alerts: number } {
  const { quietSteps, leadToSteps } = rule;
  let alerts = 0;
  for (const good of goods) alerts += countAlerts(tracks, good, met, threshold, quietSteps);
  let timely = 0;
  let steps = 0;
  for (const customer of defaulters) {
    const lead = leadSteps(tracks, customer, met, threshold, rule);
    if (lead < leadToSteps) continue;
    timely++;
    steps += lead;
  }
  return { alerts, timelyRecall: timely / defaulters.length, leadAllSteps: steps / defaulters.length };
}
