import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pointAt, tableOfCurves, type Curve } from '../../src-renderer/charts/curves.ts';

const roc = { x: [0, 0, 0.25, 0.25, 1], y: [0, 0.5, 0.5, 0.75, 1] };

test('between two points a line is followed, at a rise its top is given', () => {
  assert.deepEqual(pointAt(roc, 0, 'line'), { x: 0, y: 0.5, index: 1 });
  assert.deepEqual(pointAt(roc, 0.125, 'line'), { x: 0.125, y: 0.5, index: 1 });
  assert.deepEqual(pointAt(roc, 0.25, 'line'), { x: 0.25, y: 0.75, index: 3 });
  assert.deepEqual(pointAt(roc, 0.625, 'line'), { x: 0.625, y: 0.875, index: 3 });
  assert.deepEqual(pointAt(roc, 1, 'line'), { x: 1, y: 1, index: 4 });
});

test('a step has the height of its later point', () => {
  const steps = { x: [0, 0.5, 1], y: [1, 1, 0.4] };
  assert.equal(pointAt(steps, 0.2, 'step')!.y, 1);
  assert.equal(pointAt(steps, 0.5, 'step')!.y, 1);
  assert.equal(pointAt(steps, 0.6, 'step')!.y, 0.4);
});

test('of points that stand alone the nearest; outside a line there is none', () => {
  const bins = { x: [0.1, 0.4, 0.8], y: [0.2, 0.3, 0.9] };
  assert.deepEqual(pointAt(bins, 0.05, 'points'), { x: 0.1, y: 0.2, index: 0 });
  assert.deepEqual(pointAt(bins, 0.7, 'points'), { x: 0.8, y: 0.9, index: 2 });
  assert.equal(pointAt(bins, 0.05, 'line'), null);
  assert.equal(pointAt({ x: [], y: [] }, 0.5, 'line'), null);
});

test('the table has a row a point, since curves do not share their x', () => {
  const curve = (label: string, more: Partial<Curve> = {}): Curve => ({
    id: label,
    label,
    look: 'lstm',
    x: [0, 1],
    y: [0, 1],
    ...more,
  });
  assert.deepEqual(tableOfCurves([curve('A'), curve('B')], 'False alarms', 'Hits'), {
    columns: ['Model', 'False alarms', 'Hits'],
    rows: [
      ['A', 0, 0],
      ['A', 1, 1],
      ['B', 0, 0],
      ['B', 1, 1],
    ],
  });
  const { columns, rows } = tableOfCurves([curve('A', { low: [0, 0.5], high: [0.5, 1] })], 'PD', 'Events');
  assert.deepEqual(columns, ['Model', 'PD', 'Events', 'Events (low)', 'Events (high)']);
  assert.deepEqual(rows[1], ['A', 1, 1, 0.5, 1]);
});
