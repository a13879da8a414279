import assert from 'node:assert/strict';
import { test } from 'node:test';
import { snapshotFeatures, snapshotNames, snapshotTable } from '../../src-main/models/snapshot-features.ts';
import { NO_STEP, UNKNOWN_OUTCOME, type Feature, type Panel } from '../../src-main/sequences/panel.ts';
import { createRandom } from '../../src-main/sequences/random.ts';

const _ = Number.NaN;

const feature = (name: string, kind: Feature['kind'] = 'history'): Feature => ({
  name,
  kind,
  fill: 'carry',
  modelInput: true,
});

interface Given {
  timeStep?: Panel['timeStep'];
  features: string[];
  statics?: string[];
  /** By customer, by step. */
  rows: number[][][];
  staticRows?: number[][];
}

function panelOf({ timeStep = 'month', features, statics = [], rows, staticRows = [] }: Given): Panel {
  const customers = rows.length;
  const firstRow = new Int32Array(customers + 1);
  rows.forEach((steps, c) => (firstRow[c + 1] = firstRow[c] + steps.length));
  return {
    timeStep,
    dated: false,
    outcomeKind: 'none',
    features: features.map((name) => feature(name)),
    textAttributes: [],
    staticFeatures: statics.map((name) => feature(name, 'static')),
    customers: rows.map((_steps, c) => `C${c}`),
    customerIds: Int32Array.from(rows.keys()),
    values: Float32Array.from(rows.flat(2)),
    statics: Float32Array.from(staticRows.flat()),
    firstRow,
    firstStep: new Int32Array(customers),
    outcome: new Int8Array(customers).fill(UNKNOWN_OUTCOME),
    eventStep: new Int32Array(customers).fill(NO_STEP),
  };
}

const windowsAt = (windowSteps: number, ...ends: [customer: number, endRow: number][]) => ({
  windowSteps,
  customer: Int32Array.from(ends, ([customer]) => customer),
  endRow: Int32Array.from(ends, ([, endRow]) => endRow),
});

function rowsByName(panel: Panel, windows: ReturnType<typeof windowsAt>): Record<string, number>[] {
  const { names, values } = snapshotFeatures(panel, windows);
  return Array.from({ length: windows.endRow.length }, (_row, w) =>
    Object.fromEntries(names.map((name, i) => [name, values[w * names.length + i]])),
  );
}

const single = Math.fround;

test('aggregates equal the values worked out by hand', () => {
  const panel = panelOf({ features: ['balance'], rows: [[[100], [4], [8], [6], [2], [12]]] });
  const [row] = rowsByName(panel, windowsAt(5, [0, 5]));
  // 4, 8, 6, 2, 12; the last ⌈5/4⌉ = 2 steps are recent. Slope: Σ(x − 2)(y − 6.4) / Σ(x − 2)² = 10 / 10.
  assert.deepEqual(row, {
    balance_last: 12,
    balance_mean: single(6.4),
    balance_slope: single(10 / 10),
    balance_max: 12,
    balance_change: 7 - 6,
  });
});

test('empty values are skipped; what cannot be told is empty', () => {
  const rows = [
    [[_], [3], [_], [9], [_]],
    [[_], [_], [_], [_], [5]],
    [[_], [_], [_], [_], [_]],
    [[7], [1], [_], [_], [_]],
  ];
  const panel = panelOf({ features: ['balance'], rows });
  const [some, one, none, early] = rowsByName(panel, windowsAt(5, [0, 4], [1, 9], [2, 14], [3, 19]));
  assert.deepEqual(Object.values(some), [9, 6, 3, 9, 9 - 3]);
  assert.deepEqual(Object.values(one), [5, 5, _, 5, _]);
  assert.deepEqual(Object.values(none), [_, _, _, _, _]);
  assert.deepEqual(Object.values(early), [1, 4, -6, 7, _]);
});

test('negative values, a flat line and a window of one step', () => {
  const panel = panelOf({ features: ['balance'], rows: [[[-5], [-3], [-9], [0.1], [0.1], [0.1], [0.1]]] });
  const [negative, flat] = rowsByName(panel, windowsAt(3, [0, 2], [0, 6]));
  assert.deepEqual(Object.values(negative), [-9, single(-17 / 3), -2, -3, -9 - -4]);
  assert.deepEqual(Object.values(flat), [single(0.1), single(0.1), 0, single(0.1), 0]);
  const [step] = rowsByName(panel, windowsAt(1, [0, 1]));
  assert.deepEqual(Object.values(step), [-3, -3, _, -3, _]);
});

test('a long window agrees with a plain calculation in double precision', () => {
  const random = createRandom(1);
  const steps = Array.from({ length: 90 }, () => [random.next() < 0.2 ? _ : 50_000 * random.normal()]);
  const panel = panelOf({ features: ['balance'], rows: [steps] });
  const [row] = rowsByName(panel, windowsAt(80, [0, 87]));
  const points = [...panel.values.subarray(8, 88)].map((y, x) => ({ x, y })).filter(({ y }) => !Number.isNaN(y));
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [mean(points.map(({ x }) => x)), mean(points.map(({ y }) => y))];
  const covariance = mean(points.map(({ x, y }) => (x - meanX) * (y - meanY)));
  const variance = mean(points.map(({ x }) => (x - meanX) ** 2));
  const recent = mean(points.filter(({ x }) => x >= 60).map(({ y }) => y));
  const earlier = mean(points.filter(({ x }) => x < 60).map(({ y }) => y));
  const close = (actual: number, expected: number) =>
    assert.ok(Math.abs(actual - expected) <= 1e-6 * Math.abs(expected), `${actual} instead of ${expected}`);
  close(row.balance_mean, meanY);
  close(row.balance_slope, covariance / variance);
  close(row.balance_change, recent - earlier);
  assert.equal(row.balance_max, Math.max(...points.map(({ y }) => y)));
  assert.equal(row.balance_last, points[points.length - 1].y);
});

test('several features keep apart, static inputs follow, nothing outside the window counts', () => {
  const rows = [
    [
      [1, 10],
      [2, 20],
      [3, 30],
      [1000, 1000],
    ],
    [
      [5, 50],
      [6, 60],
      [7, 70],
    ],
  ];
  const given = {
    features: ['a', 'b'],
    statics: ['age', 'limit'],
    rows,
    staticRows: [
      [40, 900],
      [_, 700],
    ],
  };
  const [first, second] = rowsByName(panelOf(given), windowsAt(2, [0, 2], [1, 6]));
  assert.deepEqual(first, {
    a_last: 3,
    a_mean: 2.5,
    a_slope: 1,
    a_max: 3,
    a_change: 1,
    b_last: 30,
    b_mean: 25,
    b_slope: 10,
    b_max: 30,
    b_change: 10,
    age: 40,
    limit: 900,
  });
  assert.deepEqual([second.a_last, second.b_mean, second.age, second.limit], [7, 65, _, 700]);
});

const PRESET = [
  'salary_amount',
  'salary_received',
  'savings_amount',
  'daily_expenses',
  'utility_payment',
  'utility_delay_days',
  'atm_withdrawals',
  'upi_lending_transactions',
  'failed_autodebits',
  'discretionary_spending',
];
const RECIPE = [
  'salary_delay_days',
  'savings_drop_pct',
  'utility_payment_delay_days',
  'discretionary_spend_drop_pct',
  'atm_withdrawal_increase',
  'upi_lending_txn_count',
  'failed_autodebit_count',
];

/** Rows of the preset's features, all 0 but for the columns given. */
function presetRows(columns: Partial<Record<string, number[]>>, steps: number): number[][] {
  return Array.from({ length: steps }, (_row, k) => PRESET.map((name) => columns[name]?.[k] ?? 0));
}

test("the recipe's seven equal the values worked out by hand", () => {
  const busy = presetRows(
    {
      // Waits of 2 and 1 days, then 4 days without: 2 more than the longest.
      salary_received: [1, 0, 1, 1, 0, 0, 0, 0],
      // Recent are the last 2 of 8.
      savings_amount: [100, 100, _, 100, 100, 100, 40, 20],
      utility_payment: [50, 0, 0, 60, 70, 0, 0, 0],
      utility_delay_days: [3, 9, 0, 2, _, 0, 0, 0],
      atm_withdrawals: [1, 1, 1, 1, 1, 1, 3, 2],
      upi_lending_transactions: [0, 1, _, 2, 0, 0, 4, 1],
      failed_autodebits: [1, 0, 0, 0, 0, 1, 1, 1],
      discretionary_spending: [10, 10, 10, 10, 10, 10, 15, 10],
    },
    8,
  );
  const [row] = rowsByName(panelOf({ timeStep: 'day', features: PRESET, rows: [busy] }), windowsAt(8, [0, 7]));
  assert.deepEqual(
    RECIPE.map((name) => row[name]),
    [2, 70, 2.5, -25, 1.5, 8, 4],
  );
  // The window of 4 days at the end: no salary in it, no utility payment; recent is the last day.
  const [late] = rowsByName(panelOf({ timeStep: 'day', features: PRESET, rows: [busy] }), windowsAt(4, [0, 7]));
  assert.deepEqual(
    RECIPE.map((name) => late[name]),
    [_, 75, _, single((-100 * (10 - 35 / 3)) / (35 / 3)), single((2 - 5 / 3) / (5 / 3)), 5, 3],
  );
});

test('a salary that comes no later than before is no delay; no base, no percentage', () => {
  const quiet = presetRows({ salary_received: [1, 0, 0, 1, 0, 0], savings_amount: [0, 0, 0, 0, 0, 9] }, 6);
  const [row] = rowsByName(panelOf({ timeStep: 'day', features: PRESET, rows: [quiet] }), windowsAt(6, [0, 5]));
  assert.deepEqual(
    RECIPE.map((name) => row[name]),
    [0, _, _, _, _, 0, 0],
  );
});

test("the recipe's seven are there for daily data with the preset's features only", () => {
  const daily = {
    timeStep: 'day' as const,
    features: PRESET.map((name) => feature(name)),
    staticFeatures: [feature('age')],
  };
  const names = snapshotNames(daily);
  assert.equal(names.length, 50 + 7 + 1);
  assert.deepEqual(names.slice(50), [...RECIPE, 'age']);
  assert.equal(new Set(names).size, names.length);
  assert.equal(snapshotNames({ ...daily, timeStep: 'week' }).length, 51);
  assert.equal(snapshotNames({ ...daily, features: daily.features.slice(1) }).length, 5 * 9 + 7 + 1);
  assert.equal(snapshotNames({ ...daily, features: daily.features.slice(2) }).length, 5 * 8 + 1);
});

test('blocks of any size give the same rows', () => {
  const random = createRandom(2);
  const rows = Array.from({ length: 3 }, () =>
    Array.from({ length: 20 }, () => PRESET.map(() => (random.next() < 0.1 ? _ : random.integer(0, 9)))),
  );
  const panel = panelOf({ timeStep: 'day', features: PRESET, rows });
  const ends = rows.flatMap((_steps, c) =>
    Array.from({ length: 11 }, (_end, i): [number, number] => [c, c * 20 + 9 + i]),
  );
  const windows = windowsAt(10, ...ends);
  const { names, values } = snapshotFeatures(panel, windows);
  const table = snapshotTable(panel, windows);
  assert.equal(table.rows, 33);
  for (const size of [1, 4, 32]) {
    for (let start = 0; start < table.rows; start += size) {
      const end = Math.min(start + size, table.rows);
      const block = table.read(start, end);
      assert.deepEqual([...block], [...values.subarray(start * names.length, end * names.length)]);
    }
  }
});
