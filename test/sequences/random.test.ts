import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../src-main/sequences/random.ts';

const take = <T>(count: number, draw: () => T) => Array.from({ length: count }, draw);

/** sfc32 written with 64-bit whole numbers, seeded as documented. */
function referenceWords(seed: bigint, count: number): number[] {
  const mask = 0xffff_ffffn;
  const splitmix = (start: bigint) => {
    let state = start & mask;
    return () => {
      state = (state + 0x9e3779b9n) & mask;
      let word = ((state ^ (state >> 16n)) * 0x21f0aaadn) & mask;
      word = ((word ^ (word >> 15n)) * 0x735a2d97n) & mask;
      return word ^ (word >> 15n);
    };
  };
  const low = splitmix(seed);
  const high = splitmix(seed >> 32n);
  let [a, b, c, counter] = [low(), low(), high(), 1n];
  return Array.from({ length: 15 + count }, () => {
    const out = (a + b + counter) & mask;
    counter = (counter + 1n) & mask;
    a = b ^ (b >> 9n);
    b = (c + (c << 3n)) & mask;
    c = (((c << 21n) | (c >> 11n)) + out) & mask;
    return Number(out);
  }).slice(15);
}

test('gives the words of sfc32', () => {
  for (const seed of [0, 1, 7, -3, 2 ** 40 + 5]) {
    const random = createRandom(seed);
    const expected = referenceWords(BigInt(seed), 200).map((word) => word / 2 ** 32);
    assert.deepEqual(take(200, random.next), expected, `seed ${seed}`);
  }
});

test('seeds give streams of their own, beyond 32 bits too', () => {
  const firsts = [0, 1, 2, -1, 2 ** 32, 2 ** 32 + 1, 2 ** 40].map((seed) => take(4, createRandom(seed).next).join());
  assert.equal(new Set(firsts).size, firsts.length);
});

test('uniform numbers fill [0, 1) evenly', () => {
  const random = createRandom(11);
  const bins = new Array<number>(20).fill(0);
  for (let i = 0; i < 200_000; i++) {
    const value = random.next();
    assert.ok(value >= 0 && value < 1);
    bins[Math.floor(value * 20)]++;
  }
  const chiSquare = bins.reduce((sum, n) => sum + (n - 10_000) ** 2 / 10_000, 0);
  // The 99.9th percentile with 19 degrees of freedom.
  assert.ok(chiSquare < 43.8, `chi-square ${chiSquare}`);
});

test('whole numbers include both ends', () => {
  const random = createRandom(3);
  const counts = new Map<number, number>();
  for (let i = 0; i < 40_000; i++) {
    const value = random.integer(-1, 2);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  assert.deepEqual([...counts.keys()].sort(), [-1, 0, 1, 2]);
  for (const count of counts.values()) assert.ok(Math.abs(count - 10_000) < 400);
});

test('normal numbers have mean 0, variance 1 and no skew', () => {
  const random = createRandom(5);
  const values = take(200_000, random.normal);
  const moment = (power: number) => values.reduce((sum, value) => sum + value ** power, 0) / values.length;
  assert.ok(Math.abs(moment(1)) < 0.01);
  assert.ok(Math.abs(moment(2) - 1) < 0.015);
  assert.ok(Math.abs(moment(3)) < 0.03);
  assert.ok(Math.abs(moment(4) - 3) < 0.1);
});

test('shuffles arrays and typed arrays alike, every order equally often', () => {
  const random = createRandom(9);
  const counts = new Map<string, number>();
  for (let i = 0; i < 24_000; i++) {
    const array = [1, 2, 3, 4];
    random.shuffle(array);
    counts.set(array.join(''), (counts.get(array.join('')) ?? 0) + 1);
  }
  assert.equal(counts.size, 24);
  for (const count of counts.values()) assert.ok(Math.abs(count - 1_000) < 160);

  const plain = Array.from({ length: 50 }, (_, i) => i);
  const typed = Int32Array.from(plain);
  createRandom(1).shuffle(plain);
  createRandom(1).shuffle(typed);
  assert.deepEqual([...typed], plain);
});
