import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeenRows, rowHash } from '../../src-main/store/seen-rows.ts';

test('finds what was added, through many growths, and nothing else', () => {
  const seen = new SeenRows();
  for (let customer = 1; customer <= 200; customer++) {
    for (let step = -50; step < 50; step++) seen.add(customer, step * 7, customer * 1000 + step);
  }
  assert.equal(seen.size, 20_000);
  for (let customer = 1; customer <= 200; customer++) {
    for (let step = -50; step < 50; step++) {
      assert.equal(seen.find(customer, step * 7), customer * 1000 + step);
      assert.equal(seen.find(customer, step * 7 + 1), null);
    }
  }
  seen.add(1, 0, 42);
  assert.equal(seen.size, 20_000);
  assert.equal(seen.find(1, 0), 42);
});

test('equal rows have equal hashes, whatever stands around them', () => {
  const values = Float64Array.of(1, NaN, -0, 9, 1, NaN, 0, 8);
  assert.equal(rowHash(values, 0, 3), rowHash(values, 4, 3));
  assert.notEqual(rowHash(values, 0, 4), rowHash(values, 4, 4));
  assert.notEqual(rowHash(Float64Array.of(1, 2), 0, 2), rowHash(Float64Array.of(2, 1), 0, 2));
  assert.notEqual(rowHash(Float64Array.of(0), 0, 1), rowHash(Float64Array.of(NaN), 0, 1));
});

test('a hundred thousand different rows meet in next to no hash', () => {
  const hashes = new Set<number>();
  for (let i = 0; i < 100_000; i++) hashes.add(rowHash(Float64Array.of(i, i % 7, 0.1 * i), 0, 3));
  assert.ok(hashes.size > 99_980, `${hashes.size}`);
});
