import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Part } from '../../src-main/ipc/documents.ts';
import { PARTS, type Panel } from '../../src-main/sequences/panel.ts';
import { createRandom } from '../../src-main/sequences/random.ts';
import { countFilled, fitScaler, inputCount, scaleRows, type Scaler } from '../../src-main/sequences/scaling.ts';
import { cutWindows, type Windows, type WindowSettings } from '../../src-main/sequences/windows.ts';
import { historyFeature, randomCustomers, smallPanel, staticFeature } from './small-panel.ts';

const settings: WindowSettings = { windowSteps: 3, horizonSteps: 1, gapSteps: 0, labelRule: 'constant' };
const cut = (panel: Panel, parts: readonly (Part | null)[]) => cutWindows(panel, parts, settings).train;
const close = (actual: number, expected: number, what: string) =>
  assert.ok(
    Math.abs(actual - expected) <= 1e-5 * Math.max(1, Math.abs(expected)),
    `${what}: ${actual}, not ${expected}`,
  );

/** A scaler that leaves values as they are and fills with `median`. */
const plain = (panel: Panel, ...medians: number[]): Scaler => ({
  inputs: [...panel.features, ...panel.staticFeatures].map(({ name, kind, fill }, i) => ({
    name,
    kind,
    fill,
    median: medians[i],
    mean: 0,
    standardDeviation: 1,
  })),
});

describe('filling', () => {
  test('takes the customer’s last earlier value, never a later one or another customer’s; else the median', () => {
    const panel = smallPanel([
      { rows: [[NaN], [5], [NaN], [NaN], [7]] },
      { rows: [[NaN], [NaN]] },
      { rows: [[NaN], [2]] },
    ]);
    assert.deepEqual([...scaleRows(panel, plain(panel, 40))], [40, 5, 5, 5, 7, 40, 40, 40, 2]);
  });

  test('takes 0 for counts and events, also after a value', () => {
    const panel = smallPanel([{ rows: [[NaN], [5], [NaN]] }, { rows: [[NaN]] }], {
      features: [historyFeature('failed_autodebits', 'zero')],
    });
    assert.deepEqual([...scaleRows(panel, plain(panel, 40))], [0, 5, 0, 0]);
  });

  test('repeats static inputs at each step after the history, empty ones by the median', () => {
    const panel = smallPanel(
      [
        { rows: [[1], [2]], statics: [30, NaN] },
        { rows: [[3]], statics: [NaN, 8] },
      ],
      { staticFeatures: [staticFeature('age'), staticFeature('limit')] },
    );
    assert.equal(inputCount(panel), 3);
    assert.deepEqual([...scaleRows(panel, plain(panel, 0, 50, 60))], [1, 30, 60, 2, 30, 60, 3, 50, 8]);
  });

  test('is counted by feature', () => {
    const panel = smallPanel(
      [
        {
          rows: [
            [NaN, 1],
            [2, NaN],
          ],
        },
        { rows: [[NaN, 3]] },
      ],
      {
        features: [historyFeature('savings'), historyFeature('withdrawals', 'zero')],
      },
    );
    assert.deepEqual(countFilled(panel), [
      { feature: 'savings', filled: 2 },
      { feature: 'withdrawals', filled: 1 },
    ]);
  });
});

describe('fitting', () => {
  const fitOn = (rows: number[][], fill: 'carry' | 'zero' = 'carry') => {
    const panel = smallPanel([{ rows, outcome: 0 }], { features: [historyFeature('savings', fill)] });
    return fitScaler(panel, cut(panel, ['train'])).inputs[0];
  };

  test('takes the median of what is there, mean and standard deviation of what is filled', () => {
    // The window may end before the last step only, so the last row takes no part.
    const odd = fitOn([[9], [1], [4], [1000]]);
    assert.deepEqual([odd.median, odd.fill, odd.kind, odd.name], [4, 'carry', 'history', 'savings']);
    close(odd.mean, 14 / 3, 'mean');
    close(odd.standardDeviation, Math.sqrt((81 + 1 + 16) / 3 - (14 / 3) ** 2), 'deviation');
    const carried = fitOn([[NaN], [2], [NaN], [8], [1000]]);
    assert.equal(carried.median, 5);
    close(carried.mean, (5 + 2 + 2 + 8) / 4, 'mean');
    const zero = fitOn([[NaN], [2], [NaN], [8], [1000]], 'zero');
    close(zero.mean, (0 + 2 + 0 + 8) / 4, 'mean');
  });

  test('a constant feature comes out as 0', () => {
    for (const value of [0, 0.1, -7, 123_456.7, 1e-9]) {
      const panel = smallPanel([{ rows: Array.from({ length: 50 }, () => [value]), outcome: 1 }]);
      const scaler = fitScaler(panel, cut(panel, ['train']));
      assert.equal(scaler.inputs[0].standardDeviation, 1);
      assert.ok(scaleRows(panel, scaler).every((scaled) => Math.abs(scaled) < 1e-6 * Math.max(1, Math.abs(value))));
    }
  });

  test('a feature without a value comes out as 0', () => {
    const panel = smallPanel([{ rows: [[NaN], [NaN], [NaN], [NaN]], outcome: 1 }]);
    const scaler = fitScaler(panel, cut(panel, ['train']));
    assert.deepEqual([...scaleRows(panel, scaler)], [0, 0, 0, 0]);
  });

  test('small and large numbers that vary are scaled to deviation 1', () => {
    for (const [level, spread] of [
      [0, 1e-12],
      [1e9, 1e5],
      [5e4, 1],
    ]) {
      const random = createRandom(1);
      const rows = Array.from({ length: 400 }, () => [level + spread * random.normal()]);
      const panel = smallPanel([{ rows, outcome: 1 }]);
      const scaled = scaleRows(panel, fitScaler(panel, cut(panel, ['train']))).subarray(0, 399);
      const mean = scaled.reduce((a, b) => a + b, 0) / 399;
      const variance = scaled.reduce((a, b) => a + (b - mean) ** 2, 0) / 399;
      assert.ok(Math.abs(mean) < 1e-3 && Math.abs(variance - 1) < 1e-3, `${level}: ${mean}, ${variance}`);
    }
  });
});

function randomPanel(seed: number): { panel: Panel; parts: Part[]; train: Windows } {
  const random = createRandom(seed);
  const panel = smallPanel(randomCustomers(random, 14, 3), {
    features: [historyFeature('savings'), historyFeature('withdrawals', 'zero'), historyFeature('salary')],
    staticFeatures: [staticFeature('age'), staticFeature('limit')],
    dated: seed % 2 === 0,
  });
  const parts = panel.customers.map((_, c) => (c < 2 ? 'train' : PARTS[random.integer(0, 2)]));
  // With one window a customer, most rows lie before it: they are filled from, yet not counted.
  const labelRule = seed % 3 === 0 ? 'last-window' : 'constant';
  return { panel, parts, train: cutWindows(panel, parts, { ...settings, labelRule }).train };
}

/** Filled values of one history feature of one customer, each by looking back from its step. */
function lookBack(panel: Panel, customer: number, f: number, median: number): number[] {
  const width = panel.features.length;
  const from = panel.firstRow[customer];
  const own = Array.from(
    { length: panel.firstRow[customer + 1] - from },
    (_, i) => panel.values[(from + i) * width + f],
  );
  return own.map((value, i) => {
    if (!Number.isNaN(value)) return value;
    if (panel.features[f].fill === 'zero') return 0;
    return own.slice(0, i).findLast((earlier) => !Number.isNaN(earlier)) ?? median;
  });
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1);
  return sorted.length === 0 ? 0 : middle.reduce((a, b) => a + b, 0) / middle.length;
}

test('random panels are filled and scaled as the protocol states', () => {
  for (let seed = 0; seed < 60; seed++) {
    const { panel, train } = randomPanel(seed);
    const width = panel.features.length;
    const rows = new Set(Array.from(train.endRow, (row) => [row - 2, row - 1, row]).flat());
    const customers = [...new Set(train.customer)];
    const scaler = fitScaler(panel, train);
    const scaled = scaleRows(panel, scaler);
    scaler.inputs.forEach((input, f) => {
      const history = f < width;
      const given = history
        ? [...rows].map((row) => panel.values[row * width + f])
        : customers.map((c) => panel.statics[c * 2 + f - width]);
      const present = given.filter((value) => !Number.isNaN(value));
      close(input.median, median(present), `seed ${seed}, median ${f}`);
      const filled = panel.customers.flatMap((_, c) => {
        if (!history) return [];
        return lookBack(panel, c, f, input.median);
      });
      const sample = history
        ? [...rows].map((row) => filled[row])
        : given.map((value) => (Number.isNaN(value) ? input.median : value));
      const mean = sample.reduce((a, b) => a + b, 0) / Math.max(1, sample.length);
      const deviation = Math.sqrt(sample.reduce((a, b) => a + (b - mean) ** 2, 0) / Math.max(1, sample.length));
      close(input.mean, mean, `seed ${seed}, mean ${f}`);
      close(input.standardDeviation, deviation > 1e-6 * Math.abs(mean) ? deviation : 1, `seed ${seed}, deviation ${f}`);
      for (let c = 0; c < panel.customers.length; c++) {
        for (let row = panel.firstRow[c]; row < panel.firstRow[c + 1]; row++) {
          const own = panel.statics[c * 2 + f - width];
          const value = history ? filled[row] : Number.isNaN(own) ? input.median : own;
          close(scaled[row * 5 + f], (value - input.mean) / input.standardDeviation, `seed ${seed}, row ${row}`);
        }
      }
    });
  }
});
