import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DuecastError } from '../../src-main/ipc/errors.ts';
import type { Metrics } from '../../src-main/ipc/documents.ts';
import { bootstrap } from '../../src-main/evaluation/bootstrap.ts';
import { smallSampleFactor } from '../../src-main/evaluation/intervals.ts';
import { measure } from '../../src-main/evaluation/metrics.ts';
import { normalCdf, normalQuantile } from '../../src-main/evaluation/normal-quantile.ts';
import { referenceOf } from '../../src-main/evaluation/stability.ts';
import { createRandom } from '../../src-main/sequences/random.ts';

const METRICS: readonly (keyof Metrics)[] = ['auc', 'gini', 'ks', 'prAuc', 'brier', 'logLoss'];

/** Customers with several rows each, in mixed order; scores carry `signal` of the customer's flag, rounded into ties. */
function portfolio(seed: number, customerCount: number, rowsEach: number) {
  const random = createRandom(seed);
  const customers = Int32Array.from({ length: customerCount * rowsEach }, (_, i) => 1000 + 7 * (i % customerCount));
  const flags = new Map([...new Set(customers)].map((customer) => [customer, random.next() < 0.3 ? 1 : 0]));
  const labels = Uint8Array.from(customers, (customer) => flags.get(customer)!);
  const scored = (signal: number) =>
    Float32Array.from(labels, (label) => Math.round(50 / (1 + Math.exp(-random.normal() - signal * label))) / 50);
  return { rows: { customers, labels }, scored };
}

/** By score: share of the events at or above it less that of the others. */
function distances(scores: Float32Array, labels: Uint8Array, weights: ArrayLike<number>): Map<number, number> {
  const totals = [0, 0];
  labels.forEach((label, i) => (totals[label] += weights[i]));
  return new Map(
    [...new Set(scores)]
      .sort((a, b) => b - a)
      .map((least) => {
        const above = [0, 0];
        scores.forEach((score, i) => (above[labels[i]] += score >= least ? weights[i] : 0));
        return [least, above[1] / totals[1] - above[0] / totals[0]];
      }),
  );
}

/** The riskiest of them. */
function placeOfLargest(of: Map<number, number>): number {
  let best: number | null = null;
  for (const [score, distance] of of)
    if (best === null || Math.abs(distance) > Math.abs(of.get(best)!) + 1e-12) best = score;
  return best!;
}

test('equals resampling whole customers by hand', async () => {
  const { rows, scored } = portfolio(1, 40, 5);
  const models = [scored(1), scored(0.2)];
  const resamples = 1_000;
  const result = await bootstrap(rows, models, { resamples, seed: 3 });

  const distinct = [...new Set(rows.customers)];
  const random = createRandom(3);
  const draws = models.map(() => [] as Metrics[]);
  const samples = models.map((scores) => distances(scores, rows.labels, new Float64Array(scores.length).fill(1)));
  const there = models.map(() => [] as number[]);
  const optimism = models.map(() => [] as number[]);
  for (let r = 0; r < resamples; r++) {
    const drawn = new Map<number, number>();
    for (let i = 0; i < distinct.length; i++) {
      const customer = distinct[random.integer(0, distinct.length - 1)];
      drawn.set(customer, (drawn.get(customer) ?? 0) + 1);
    }
    const weights = Float64Array.from(rows.customers, (customer) => drawn.get(customer) ?? 0);
    models.forEach((scores, m) => {
      draws[m].push(measure(scores, rows.labels, weights));
      const resample = distances(scores, rows.labels, weights);
      const [own, sampled] = [placeOfLargest(resample), placeOfLargest(samples[m])];
      there[m].push(resample.get(sampled)! * Math.sign(samples[m].get(sampled)!));
      optimism[m].push(Math.abs(resample.get(own)!) - Math.abs(samples[m].get(own)!));
    });
  }
  const flagged = new Set(Array.from(rows.customers).filter((_, row) => rows.labels[row] === 1)).size;
  const factor = smallSampleFactor(Math.min(flagged, 40 - flagged));
  assert.ok(factor > 1.05 && factor < 1.4, `${flagged} customers with the event: ${factor}`);
  const interval = (values: number[], shift = 0, wider = 1) => {
    const sorted = values.sort((a, b) => a - b);
    const at = (z: number) => {
      const position = normalCdf(2 * shift + factor * wider * z) * 999;
      const [low, high] = [sorted[Math.floor(position)], sorted[Math.ceil(position)]];
      return low + (high - low) * (position % 1);
    };
    return { low: at(normalQuantile(0.025)), high: at(normalQuantile(0.975)) };
  };
  /** How far the measured value lies from the middle of the drawn ones. */
  const shiftOf = (values: number[], value: number) => {
    const below = values.filter((one) => one < value).length;
    const same = values.filter((one) => one === value).length;
    return normalQuantile((below + same / 2 + 0.5) / 1001);
  };
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const deviation = (values: number[]) => {
    const middle = mean(values);
    return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1));
  };
  const normal = (values: number[], centre: number, of: (value: number) => number, back: (moved: number) => number) => {
    const half = factor * normalQuantile(0.975) * deviation(values.map(of));
    return { low: back(of(centre) - half), high: back(of(centre) + half) };
  };
  const logit = (share: number) => Math.log(share / (1 - share));
  const share = (moved: number) => 1 / (1 + Math.exp(-moved));
  const gini = (moved: number) => 2 * share(moved) - 1;
  const expected = (metric: keyof Metrics, drawn: number[], value: number, m: number) => {
    if (metric === 'ks') return ksInterval(value, m);
    if (metric === 'prAuc') return interval(drawn, shiftOf(drawn, value), 1.05);
    if (metric === 'logLoss') return normal(drawn, value, Math.log, Math.exp);
    if (metric === 'gini') return normal(drawn, value, (of) => logit((of + 1) / 2), gini);
    return normal(drawn, value, logit, share);
  };
  const ksInterval = (ks: number, m: number) => {
    const half = 1.1 * factor * normalQuantile(0.975) * deviation(there[m]);
    return { low: Math.max(0, ks - mean(optimism[m]) - half), high: ks - mean(optimism[m]) + half };
  };
  models.forEach((scores, m) => {
    const measured = measure(scores, rows.labels);
    for (const metric of METRICS) {
      const estimate = result.metrics[m][metric];
      const drawn = draws[m].map((draw) => draw[metric]!);
      const { low, high } = expected(metric, drawn, measured[metric]!, m);
      for (const [actual, wanted] of [
        [estimate.value, measured[metric]],
        [estimate.low, low],
        [estimate.high, high],
      ]) {
        assert.ok(Math.abs(actual! - wanted!) < 1e-12, `${metric}: ${actual} instead of ${wanted}`);
      }
    }
  });
  const differences = draws[0].map((draw, r) => draw.auc! - draws[1][r].auc!);
  const { low, high } = interval([...differences]);
  const [pair] = result.pairs;
  assert.ok(Math.abs(pair.deltaAuc! - (result.metrics[0].auc.value! - result.metrics[1].auc.value!)) < 1e-15);
  assert.ok(Math.abs(pair.low! - low) < 1e-12 && Math.abs(pair.high! - high) < 1e-12);
  const smaller = Math.min(
    differences.filter((difference) => difference <= 0).length,
    differences.filter((difference) => difference >= 0).length,
  );
  const expectedP = 2 * normalCdf(normalQuantile((smaller + 1) / 1001) / factor);
  assert.ok(Math.abs(pair.p! - expectedP) < 1e-12);
});

test('repeats exactly from its seed', async () => {
  const { rows, scored } = portfolio(2, 30, 3);
  const models = [scored(1), scored(0.5)];
  const run = (seed: number) => bootstrap(rows, models, { resamples: 1_000, seed });
  assert.deepEqual(await run(5), await run(5));
  assert.notDeepEqual(await run(5), await run(6));
});

test('a model does not differ from itself, nor from one that ranks alike', async () => {
  const { rows, scored } = portfolio(3, 50, 4);
  const scores = scored(0.7);
  const halved = scores.map((score) => score / 2);
  const { pairs } = await bootstrap(rows, [scores, scores.slice(), halved], { resamples: 1_000, seed: 1 });
  assert.equal(pairs.length, 3);
  for (const { deltaAuc, low, high, p, differences } of pairs) {
    assert.deepEqual({ deltaAuc, low, high, p }, { deltaAuc: 0, low: null, high: null, p: 1 });
    for (const name of ['auc', 'gini', 'ks', 'prAuc'] as const) {
      assert.deepEqual(differences[name], { value: 0, low: null, high: null, p: 1 });
    }
  }
  const { ece, psi, ...others } = pairs[0].differences;
  for (const [name, difference] of Object.entries(others))
    assert.deepEqual(difference, { value: 0, low: null, high: null, p: 1 }, name);
  assert.deepEqual(ece, { value: 0, low: null, high: null, p: null }, 'no resample tells this difference');
  assert.equal(psi.value, null, 'no training to hold it against');
  assert.notEqual(pairs[1].differences.brier.value, 0, 'half the PDs rank alike, but are others');
});

test('a clear difference has a small p, which is never 0', async () => {
  const { rows, scored } = portfolio(4, 300, 2);
  const { pairs, metrics } = await bootstrap(rows, [scored(0), scored(3)], { resamples: 1_000, seed: 1 });
  const [{ a, b, deltaAuc, low, high, p }] = pairs;
  assert.deepEqual([a, b], [0, 1]);
  assert.ok(deltaAuc! < -0.3 && low! < deltaAuc! && deltaAuc! < high! && high! < 0);
  assert.ok(p! > 0 && p! < 0.003);
  assert.ok(metrics[1].auc.low! > metrics[0].auc.high!);
});

test('rows that repeat their customer do not narrow the interval', async () => {
  const { rows, scored } = portfolio(5, 60, 1);
  const scores = scored(0.8);
  const width = async (copies: number) => {
    const repeat = <T extends Int32Array | Uint8Array | Float32Array>(array: T) => {
      const out = new (array.constructor as new (length: number) => T)(array.length * copies);
      for (let i = 0; i < copies; i++) out.set(array, i * array.length);
      return out;
    };
    const copied = { customers: repeat(rows.customers), labels: repeat(rows.labels) };
    const { metrics } = await bootstrap(copied, [repeat(scores)], { resamples: 1_000, seed: 2 });
    return metrics[0].auc.high! - metrics[0].auc.low!;
  };
  const once = await width(1);
  assert.ok(once > 0.05);
  assert.ok(Math.abs((await width(9)) - once) < 1e-12);
});

test('one class only gives no ranking metrics, no intervals and no p', async () => {
  const rows = { customers: Int32Array.of(1, 2, 3), labels: Uint8Array.of(0, 0, 0) };
  const scores = Float32Array.of(0.1, 0.2, 0.3);
  const { metrics, pairs } = await bootstrap(rows, [scores, scores], { resamples: 1_000, seed: 1 });
  for (const name of ['auc', 'gini', 'ks', 'prAuc'] as const) {
    assert.deepEqual(metrics[0][name], { value: null, low: null, high: null });
  }
  assert.deepEqual([metrics[0].brier.low, metrics[0].brier.high], [null, null]);
  const [{ deltaAuc, p, differences }] = pairs;
  assert.deepEqual([deltaAuc, p], [null, null]);
  assert.deepEqual(differences.prAuc, { value: null, low: null, high: null, p: null });
  assert.deepEqual(differences.brier, { value: 0, low: null, high: null, p: null });
});

test('resamples with one class only are left out', async () => {
  const rows = { customers: Int32Array.of(1, 2, 3, 4, 5, 6), labels: Uint8Array.of(1, 1, 1, 1, 1, 0) };
  const both = {
    customers: Int32Array.from({ length: 10 }, (_, i) => i),
    labels: Uint8Array.from([...rows.labels, 0, 0, 0, 0]),
  };
  const blunt = Float32Array.of(0.9, 0.8, 0.7, 0.6, 0.4, 0.85, 0.3, 0.2, 0.1, 0.05);
  const sharp = Float32Array.from(both.labels);
  // Of four thousand resamples about eight hold one class only: their AUC is unknown, not 0.
  const { metrics, pairs } = await bootstrap(both, [blunt, sharp], { resamples: 4_000, seed: 1 });
  assert.deepEqual(metrics[1].auc, { value: 1, low: null, high: null });
  const { low, high } = metrics[0].auc;
  assert.ok(low! > 0 && low! < 0.84 && high! > 0.84 && high! <= 1, `${low} to ${high}`);
  assert.ok(pairs[0].p! > 0 && pairs[0].p! <= 1);

  // One customer without an event tells nothing of how far a figure is from the truth.
  const few = await bootstrap(rows, [blunt.slice(0, 6), sharp.slice(0, 6)], { resamples: 1_000, seed: 1 });
  assert.deepEqual([few.metrics[0].auc.low, few.metrics[0].brier.high, few.pairs[0].p], [null, null, null]);
});

test('p is below .05 just where the interval does not hold 0', async () => {
  let [within, beyond] = [0, 0];
  for (let seed = 20; seed < 26; seed++) {
    const { rows, scored } = portfolio(seed, 60, 2);
    const models = [scored(1.2), scored(0.7), scored(0.1)];
    const references = models.map((scores) => referenceOf(scores.map((pd) => pd * 0.9)));
    const { pairs } = await bootstrap(rows, models, { resamples: 1_000, seed, references });
    for (const { differences } of pairs) {
      for (const [name, { value, low, high, p }] of Object.entries(differences)) {
        if (low === null || high === null || p === null) {
          assert.equal(name, 'ece');
          continue;
        }
        assert.ok(Number.isFinite(value) && low <= high && p > 0 && p <= 1, name);
        // Between two draws the interval is drawn in, so that p may be a draw off.
        if (p < 0.045) assert.ok(low > 0 || high < 0, `${name}: ${p} with ${low} to ${high}`);
        if (p > 0.055) assert.ok(low <= 0 && high >= 0, `${name}: ${p} with ${low} to ${high}`);
        if (low > 0 || high < 0) beyond++;
        else within++;
      }
    }
  }
  assert.ok(beyond > 20 && within > 20);
});

test('every interval holds what was measured', async () => {
  const { rows, scored } = portfolio(9, 80, 3);
  const models = [scored(0.9)];
  const references = [referenceOf(scored(0.9))];
  const { metrics } = await bootstrap(rows, models, { resamples: 1_000, seed: 4, references });
  for (const [name, { value, low, high }] of Object.entries(metrics[0]))
    assert.ok(low! <= value! && value! <= high! && low! < high!, `${name}: ${value} in ${low} to ${high}`);
  assert.ok(metrics[0].psi.low! >= 0 && metrics[0].ece.low! >= 0);
  assert.equal(metrics[0].lift.value, metrics[0].capture.value! / 0.1);
});

test('no interval reaches beyond what is possible', async () => {
  for (let seed = 30; seed < 34; seed++) {
    const { rows, scored } = portfolio(seed, 24, 6);
    const models = [scored(-1), scored(3)];
    const { metrics, pairs } = await bootstrap(rows, models, { resamples: 1_000, seed });
    for (const name of ['auc', 'ks', 'prAuc', 'hMeasure', 'capture', 'recallAtAlertRate', 'brier', 'ece'] as const) {
      for (const { [name]: estimate } of metrics)
        assert.ok(estimate.low! >= 0 && estimate.high! <= 1, `${name}: ${estimate.low} to ${estimate.high}`);
      const { low, high } = pairs[0].differences[name];
      if (name !== 'ece') assert.ok(low! >= -1 && high! <= 1, `${name}: ${low} to ${high}`);
    }
    assert.ok(metrics[0].calibrationSlope.low! < 0, 'what can be negative stays so');
  }
});

test('reports progress up to the end', async () => {
  const { rows, scored } = portfolio(6, 500, 20);
  const seen: [number, number][] = [];
  await bootstrap(
    rows,
    [scored(1)],
    { resamples: 1_000, seed: 1 },
    { progress: (done, total) => seen.push([done, total]) },
  );
  assert.deepEqual(seen.at(-1), [1_000, 1_000]);
  assert.ok(seen.every(([done], i) => i === 0 || done >= seen[i - 1][0]));
});

const failsWith = (code: string) => (error: unknown) => error instanceof DuecastError && error.code === code;

test('a cancel gets through in the middle', async () => {
  const { rows, scored } = portfolio(7, 1_000, 40);
  const controller = new AbortController();
  let reached = 0;
  const progress = (done: number) => {
    reached = done;
    // From outside, as a cancel comes: the loop has to give way for it.
    setTimeout(() => controller.abort(), 0);
  };
  const run = bootstrap(rows, [scored(1)], { resamples: 1_000_000, seed: 1 }, { signal: controller.signal, progress });
  await assert.rejects(run, failsWith('cancelled'));
  assert.ok(reached < 1_000_000);
  await assert.rejects(
    bootstrap(rows, [scored(1)], { resamples: 1_000, seed: 1 }, { signal: AbortSignal.abort() }),
    failsWith('cancelled'),
  );
});

test('too few resamples, and no rows, are refused', async () => {
  const { rows, scored } = portfolio(8, 10, 1);
  await assert.rejects(bootstrap(rows, [scored(1)], { resamples: 100, seed: 1 }), RangeError);
  const none = { customers: new Int32Array(0), labels: new Uint8Array(0) };
  await assert.rejects(bootstrap(none, [new Float32Array(0)], { resamples: 1_000, seed: 1 }), failsWith('too-small'));
});
