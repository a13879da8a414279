import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fitIsotonic, isotonicAt } from '../../../src-main/models/calibration/isotonic.ts';

interface Case {
  name: string;
  x: number[];
  y: number[];
  weights: number[] | null;
  least: number | null;
  most: number | null;
  knots: { x: number[]; y: number[] };
  at: number[];
  expected: number[];
}

const fixture = new URL('../../fixtures/scikit-learn/calibration.json', import.meta.url);
const { isotonic } = JSON.parse(readFileSync(fixture, 'utf8')) as { isotonic: Case[] };

describe('isotonic regression, against scikit-learn', () => {
  for (const { name, x, y, weights, least, most, knots, at, expected } of isotonic) {
    test(name, () => {
      const map = fitIsotonic(x, y, {
        weights: weights ?? undefined,
        ...(least === null ? {} : { least }),
        ...(most === null ? {} : { most }),
      });
      assert.deepEqual(map.x, knots.x);
      map.y.forEach((value, i) => assert.ok(Math.abs(value - knots.y[i]) < 1e-12, `knot ${i}`));
      at.forEach((value, i) => assert.ok(Math.abs(isotonicAt(map, value) - expected[i]) < 1e-12, `at ${value}`));
    });
  }
});

test('one knot, and rows that only fall, are one level', () => {
  assert.deepEqual(fitIsotonic([0.3, 0.3], [0, 1]), { x: [0.3], y: [0.5] });
  const map = fitIsotonic([1, 2, 3, 4], [1, 1, 0, 0]);
  assert.deepEqual(map, { x: [1, 4], y: [0.5, 0.5] });
  assert.equal(isotonicAt(map, 9), 0.5);
});
