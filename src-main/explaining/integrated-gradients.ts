import type { Engine, Network } from '../tensors/network.ts';
import { sumOf, type Attribution } from './attribution.ts';

const FIRST_POINTS = 32;
const MOST_POINTS = 2048;
/** Windows in one call: the way back keeps the states of every step, and more of them no longer fit the caches. */
const BATCH = 32;
/** Of score − base, what the integral may miss before more points are taken. */
export const THOROUGH = 0.005;
/** Enough to tell which inputs weigh most, with a third of the points. */
export const ROUGH = 0.01;
/** Single precision can't tell less. */
const LEAST = 2e-6;

/**
 * Integrated gradients (Sundararajan, Taly & Yan 2017) of a network's PD along the straight line from `baseline` to
 * `window`, both [steps, inputs] filled and scaled: cell = (window − baseline) · mean of the gradient on that line, by
 * the midpoint rule with 32 points, doubled until the cells add up to score − base within `tolerance` of it. What is left
 * then is shared out by the cells' sizes, so that they add up exactly.
 */
export function integratedGradients(
  engine: Engine,
  network: Network,
  window: Float32Array,
  baseline: Float32Array,
  tolerance = THOROUGH,
): Attribution {
  const [base, score] = predict(engine, network, [baseline, window]);
  const total = score - base;
  for (let points = FIRST_POINTS; ; points *= 2) {
    const cells = integrate(engine, network, window, baseline, points);
    const missed = total - sumOf(cells);
    if (Math.abs(missed) > Math.max(tolerance * Math.abs(total), LEAST) && points < MOST_POINTS) continue;
    const size = sumOf(cells.map(Math.abs));
    if (size === 0) return { base, score, cells };
    return { base, score, cells: cells.map((value) => value + (missed * Math.abs(value)) / size) };
  }
}

function integrate(
  engine: Engine,
  network: Network,
  window: Float32Array,
  baseline: Float32Array,
  points: number,
): Float64Array {
  const size = window.length;
  const sums = new Float64Array(size);
  for (let from = 0; from < points; from += BATCH) {
    const count = Math.min(BATCH, points - from);
    const values = new Float32Array(count * size);
    for (let k = 0; k < count; k++) {
      const share = (from + k + 0.5) / points;
      for (let i = 0; i < size; i++) values[k * size + i] = baseline[i] + share * (window[i] - baseline[i]);
    }
    const { gradient } = onWindows(engine, network, values, count, (rows, starts) =>
      network.inputGradient(rows, starts),
    );
    for (let i = 0; i < gradient.length; i++) sums[i % size] += gradient[i];
  }
  return sums.map((sum, i) => (sum / points) * (window[i] - baseline[i]));
}

function predict(engine: Engine, network: Network, windows: Float32Array[]): Float32Array {
  const size = windows[0].length;
  const values = new Float32Array(windows.length * size);
  windows.forEach((window, i) => values.set(window, i * size));
  return onWindows(engine, network, values, windows.length, (rows, starts) => network.predict(rows, starts));
}

function onWindows<T>(
  engine: Engine,
  { architecture }: Network,
  values: Float32Array,
  count: number,
  work: (rows: ReturnType<Engine['createRows']>, starts: Int32Array) => T,
): T {
  const rows = engine.createRows(values, architecture.inputs);
  try {
    return work(
      rows,
      Int32Array.from({ length: count }, (_, i) => i * architecture.windowSteps),
    );
  } finally {
    rows.dispose();
  }
}
