import type { Ranking } from './metrics.ts';

/**
 * Hand's H-measure: 1 − L/Lmax, where L is the least expected cost of misclassifying, averaged over the unknown relative
 * cost c of a false alarm with a beta prior, and Lmax that of ignoring the scores (Hand 2009, Machine Learning 77). 0 for
 * scores without skill, 1 for perfect ones; null unless both classes carry weight.
 *
 * As the R package hmeasure 1.0-2: the prior is Beta(2, 1 + 1/SR), whose mode is the severity ratio's cost SR/(1 + SR).
 * By default SR = π1/π0, the share of events to that of the others, so that an event missed weighs the more the rarer
 * events are. A ranking with an AUC below 0.5 is turned round first, as there.
 *
 * `ranking` and `weights` as in `rankMetrics`; `events` and `others` are the total weights of the two classes.
 */
export function hMeasure(
  ranking: Ranking,
  weights: Float64Array,
  events: number,
  others: number,
  severityRatio = events / others,
): number | null {
  if (!(events > 0 && others > 0)) return null;
  const curve = rocCorners(ranking, weights);
  const turned = curve.pairs < (events * others) / 2;
  const hull = convexHull(curve, turned ? -1 : 1);
  const share = events / (events + others);
  const prior = costPrior(severityRatio);

  // Between two costs at which the best threshold changes, it stays at one corner of the hull; summed by corner this is
  // the same as summed by side, and a side needs the prior at one cost only.
  let loss = share * prior.missed(1);
  for (let i = 1; i < hull.length; i++) {
    const up = curve.events[hull[i]] - curve.events[hull[i - 1]];
    const right = curve.others[hull[i]] - curve.others[hull[i - 1]];
    const cost = up / (up + right);
    loss += (1 - share) * (right / others) * prior.falseAlarm(cost) - share * (up / events) * prior.missed(cost);
  }
  const ignorant = (1 - share) * prior.falseAlarm(share) + share * (prior.missed(1) - prior.missed(share));
  // Rounding alone leads out of 0..1.
  return Math.min(1, Math.max(0, 1 - loss / ignorant));
}

interface CostPrior {
  /** ∫₀ˣ c·w(c) dc: what a false alarm costs, as far as its cost is below x. */
  falseAlarm(x: number): number;
  /** ∫₀ˣ (1 − c)·w(c) dc: what a missed event costs. */
  missed(x: number): number;
}

/**
 * Beta(2, b) with b = 1 + 1/SR. Its integrals are b/(2 + b) or 2/(2 + b) times a regularised incomplete beta function
 * whose first parameter is whole, which ends after that many terms: Iₓ(a, b) = 1 − (1 − x)ᵇ Σ (b)ⱼ xʲ/j!, j < a
 * (Abramowitz & Stegun 26.5.6 with 26.5.2).
 */
function costPrior(severityRatio: number): CostPrior {
  const b = 1 + 1 / severityRatio;
  return {
    falseAlarm: (x) => (2 / (2 + b)) * (1 - (1 - x) ** b * (1 + b * x * (1 + ((b + 1) * x) / 2))),
    missed: (x) => (b / (2 + b)) * (1 - (1 - x) ** (b + 1) * (1 + (b + 1) * x)),
  };
}

interface RocCorners {
  /** [corners]: weight of the events, and of the others, at or above a score, where the curve turns: from nothing to everything. */
  events: Float64Array;
  others: Float64Array;
  count: number;
  /** Weight of the pairs in which the event lies above, ties half. */
  pairs: number;
}

function rocCorners(ranking: Ranking, weights: Float64Array): RocCorners {
  const events = new Float64Array(ranking.length + 1);
  const others = new Float64Array(ranking.length + 1);
  let count = 1;
  let eventsSoFar = 0;
  let othersSoFar = 0;
  let pairs = 0;
  for (let i = 0; i < ranking.length; i++) {
    const code = ranking[i];
    const weight = weights[code >> 2];
    const eventWeight = weight * ((code >> 1) & 1);
    eventsSoFar += eventWeight;
    othersSoFar += weight - eventWeight;
    if ((code & 1) === 0) continue;
    const right = othersSoFar - others[count - 1];
    const up = eventsSoFar - events[count - 1];
    if (right === 0 && up === 0) continue;
    pairs += right * (events[count - 1] + up / 2);
    const straightUp = right === 0 && count > 1 && others[count - 1] === others[count - 2];
    const straightRight = up === 0 && count > 1 && events[count - 1] === events[count - 2];
    if (!straightUp && !straightRight) count++;
    events[count - 1] = eventsSoFar;
    others[count - 1] = othersSoFar;
  }
  return { events, others, count, pairs };
}

/** Corners of the upper (`side` 1) or lower (−1) convex hull from the first corner to the last (Andrew 1979). */
function convexHull({ events, others, count }: RocCorners, side: 1 | -1): Int32Array {
  const hull = new Int32Array(count);
  let size = 0;
  for (let corner = 0; corner < count; corner++) {
    while (size >= 2) {
      const [from, over] = [hull[size - 2], hull[size - 1]];
      const turn =
        (others[over] - others[from]) * (events[corner] - events[from]) -
        (events[over] - events[from]) * (others[corner] - others[from]);
      if (turn * side < 0) break;
      size--;
    }
    hull[size++] = corner;
  }
  return hull.subarray(0, size);
}
