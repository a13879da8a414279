import assert from 'node:assert/strict';
import { test } from 'node:test';
import { thinCurve } from '../../src-main/evaluation/thin-curve.ts';
import { comparisonCurves, MOST_POINTS } from '../../src-main/evaluation/comparison-curves.ts';
import { aucOf } from '../../src-main/evaluation/metrics.ts';
import { createRandom } from '../../src-main/sequences/random.ts';

const thin = (points: [number, number][], most: number, tolerance?: number) => [
  ...thinCurve({ x: points.map(([x]) => x), y: points.map(([, y]) => y) }, most, tolerance),
];

test('keeps both ends and the corners that stand out, the largest first', () => {
  const points: [number, number][] = [
    [0, 0],
    [0.1, 0.5],
    [0.3, 0.6],
    [0.5, 0.95],
    [1, 1],
  ];
  assert.deepEqual(thin(points, 2), [0, 4]);
  assert.deepEqual(thin(points, 3), [0, 3, 4]);
  assert.deepEqual(thin(points, 4), [0, 1, 3, 4]);
  assert.deepEqual(thin(points, 9), [0, 1, 2, 3, 4]);
});

test('what lies on a line is left out, and so is what a screen can’t tell from one', () => {
  assert.deepEqual(
    thin(
      Array.from({ length: 50 }, (_, i) => [i / 49, i / 49]),
      10,
      1e-9,
    ),
    [0, 49],
  );
  assert.deepEqual(
    thin(
      [
        [0, 0],
        [0.5, 0.5009],
        [1, 1],
      ],
      10,
    ),
    [0, 2],
  );
  assert.deepEqual(thin([[0, 0]], 10), [0]);
  assert.deepEqual(thin([], 10), []);
});

test('a curve that comes back to where it began still has its far point', () => {
  assert.deepEqual(
    thin(
      [
        [0, 0],
        [0, 1],
        [0, 0],
      ],
      3,
    ),
    [0, 1, 2],
  );
});

test('many rows give few points, and the area stays what it was', async () => {
  const random = createRandom(2);
  const labels = Uint8Array.from({ length: 60_000 }, () => (random.next() < 0.2 ? 1 : 0));
  const scores = Float32Array.from(labels, (label) => 1 / (1 + Math.exp(1 - random.normal() - label)));
  const [model] = await comparisonCurves({ customers: Int32Array.from(labels.keys()), labels }, [
    { id: '1', kind: 'lstm', history: [], scores },
  ]);
  const { falseAlarmRate: x, hitRate: y } = model.roc;
  assert.ok(x.length > 20 && x.length <= MOST_POINTS, `${x.length} points`);
  assert.ok(model.precisionRecall.recall.length <= MOST_POINTS);
  assert.deepEqual([x[0], y[0], x[x.length - 1], y[y.length - 1]], [0, 0, 1, 1]);
  let area = 0;
  for (let i = 1; i < x.length; i++) {
    assert.ok(x[i] >= x[i - 1] && y[i] >= y[i - 1], 'never back');
    area += ((x[i] - x[i - 1]) * (y[i] + y[i - 1])) / 2;
  }
  assert.ok(Math.abs(area - aucOf(scores, labels)!) < 1e-3, `${area}`);
});

test('curves can be cancelled', async () => {
  await assert.rejects(
    comparisonCurves({ customers: Int32Array.of(1), labels: Uint8Array.of(1) }, [], { signal: AbortSignal.abort() }),
    { code: 'cancelled' },
  );
});
