import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csvOf, tableOfSeries } from '../../src-renderer/charts/chart-table.ts';
import type { Series } from '../../src-renderer/charts/series.ts';

const series: Series[] = [
  { id: '1', label: 'LSTM', look: 'lstm', x: [20_485, 20_486], y: [0.25, NaN] },
  {
    id: '2',
    label: 'LightGBM, 200 rounds',
    look: 'lightgbm',
    x: [20_484, 20_486],
    y: [0.5, 0.75],
    low: [0.4, 0.7],
    high: [0.6, 0.8],
  },
];

test('a row for each x of any series, intervals in columns of their own', () => {
  assert.deepEqual(tableOfSeries(series, { kind: 'date', label: 'Date' }), {
    columns: ['Date', 'LSTM', 'LightGBM, 200 rounds', 'LightGBM, 200 rounds (low)', 'LightGBM, 200 rounds (high)'],
    rows: [
      ['2026-01-31', null, 0.5, 0.4, 0.6],
      ['2026-02-01', 0.25, null, null, null],
      ['2026-02-02', null, 0.75, 0.7, 0.8],
    ],
  });
});

test('CSV quotes what holds a comma or a quote', () => {
  const csv = csvOf({
    columns: ['Step', 'a "b", c'],
    rows: [
      [1, null],
      [2, 0.1],
    ],
  });
  assert.equal(csv, 'Step,"a ""b"", c"\r\n1,\r\n2,0.1\r\n');
});
