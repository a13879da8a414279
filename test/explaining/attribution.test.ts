import assert from 'node:assert/strict';
import { test } from 'node:test';
import { combineAttributions, mapAttribution, rescaled, sumOf } from '../../src-main/explaining/attribution.ts';

const close = (a: number, b: number) => assert.ok(Math.abs(a - b) < 1e-12, `${a} is not ${b}`);

test('an ensemble says what its members say, by their shares', () => {
  const one = { base: 0.1, score: 0.5, cells: Float64Array.of(0.3, 0.1) };
  const other = { base: 0.2, score: 0.3, cells: Float64Array.of(-0.1, 0.2) };
  const { base, score, cells } = combineAttributions([
    { attribution: one, share: 0.7 },
    { attribution: other, share: 0.3 },
  ]);
  close(base, 0.13);
  close(score, 0.44);
  close(cells[0]!, 0.18);
  close(sumOf(cells), score - base);
});

test('a calibrated PD is explained in the PD that is shown', () => {
  const { base, score, cells } = mapAttribution(
    { base: 0.1, score: 0.5, cells: Float64Array.of(0.5, -0.1) },
    (pd) => pd / 2,
  );
  assert.deepEqual([base, score], [0.05, 0.25]);
  assert.deepEqual(
    [...cells].map((value) => value.toFixed(3)),
    ['0.250', '-0.050'],
  );
});

test('cells add up to what they should, also where they cancel out', () => {
  close(sumOf(rescaled(Float64Array.of(2, -1), 0.5)), 0.5);
  close(sumOf(rescaled(Float64Array.of(1, -1), 0.2)), 0.2);
  close(sumOf(rescaled(new Float64Array(4), 0.2)), 0.2);
  assert.deepEqual([...rescaled(new Float64Array(2), 0)], [0, 0]);
});
