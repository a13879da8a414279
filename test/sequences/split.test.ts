import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Part } from '../../src-main/ipc/documents.ts';
import { PARTS } from '../../src-main/sequences/panel.ts';
import { createRandom } from '../../src-main/sequences/random.ts';
import { drawParts, type Assignable } from '../../src-main/sequences/split.ts';

const customers = (withEvent: number, without: number): Assignable[] =>
  Array.from({ length: withEvent + without }, (_, i) => ({ part: null, event: i < withEvent }));

const shuffled = (of: Assignable[], seed: number) => {
  const copy = [...of];
  createRandom(seed).shuffle(copy);
  return copy;
};

function counts(of: readonly Assignable[], parts: readonly Part[], event: boolean): number[] {
  return PARTS.map((part) => parts.filter((given, i) => given === part && of[i].event === event).length);
}

describe('a first split', () => {
  test('is 60/20/20 among customers with an event and among those without, to less than one customer', () => {
    for (let n = 0; n <= 120; n++) {
      const all = shuffled(customers(n, 2 * n + 1), n);
      const parts = drawParts(all, 1);
      for (const [event, size] of [
        [true, n],
        [false, 2 * n + 1],
      ] as const) {
        const found = counts(all, parts, event);
        assert.equal(found[0] + found[1] + found[2], size);
        [0.6, 0.2, 0.2].forEach((share, i) =>
          assert.ok(Math.abs(found[i] - share * size) < 1, `${size}: ${found.join('/')}`),
        );
      }
    }
  });

  test('gives each part one of both kinds from 5 with and 5 without an event', () => {
    for (let seed = 0; seed < 50; seed++) {
      const all = shuffled(customers(5, 5), seed);
      const parts = drawParts(all, seed);
      assert.deepEqual(counts(all, parts, true), [3, 1, 1]);
      assert.deepEqual(counts(all, parts, false), [3, 1, 1]);
    }
  });

  test('of a large portfolio is exact', () => {
    const all = shuffled(customers(6_000, 24_000), 3);
    const parts = drawParts(all, 3);
    assert.deepEqual(counts(all, parts, true), [3_600, 1_200, 1_200]);
    assert.deepEqual(counts(all, parts, false), [14_400, 4_800, 4_800]);
  });

  test('of nobody is empty', () => assert.deepEqual(drawParts([], 1), []));

  test('repeats from its seed; another seed differs', () => {
    const all = shuffled(customers(20, 30), 1);
    const drawn = Array.from({ length: 30 }, (_, seed) => drawParts(all, seed));
    drawn.forEach((parts, seed) => assert.deepEqual(drawParts(all, seed), parts));
    assert.equal(new Set(drawn.map((parts) => parts.join())).size, 30);
  });

  test('puts every customer into every part equally often over seeds, wherever it stands', () => {
    const all = customers(10, 10);
    const seeds = 2_000;
    const inTest = new Array<number>(20).fill(0);
    for (let seed = 0; seed < seeds; seed++)
      drawParts(all, seed).forEach((part, i) => (inTest[i] += part === 'test' ? 1 : 0));
    // 400 expected, standard deviation 18.
    for (const times of inTest) assert.ok(Math.abs(times - 400) < 80, `${inTest.join()}`);
  });

  test('leaves its input as it was', () => {
    const all = customers(5, 5);
    drawParts(all, 1);
    assert.ok(all.every(({ part }) => part === null));
  });
});

describe('newcomers', () => {
  test('leave everyone else where they are and come in proportion', () => {
    const first = customers(50, 100);
    const old = drawParts(first, 4).map((part, i) => ({ part, event: first[i].event }));
    const all = shuffled([...old, ...customers(25, 75)], 2);
    const parts = drawParts(all, 4);
    all.forEach(({ part }, i) => assert.ok(part === null || part === parts[i]));
    assert.deepEqual(counts(all, parts, true), [45, 15, 15]);
    assert.deepEqual(counts(all, parts, false), [105, 35, 35]);
  });

  test('one at a time keep the shares', () => {
    let all: Assignable[] = [];
    for (let n = 1; n <= 100; n++) {
      all = [...all, { part: null, event: true }];
      const parts = drawParts(all, 9);
      all = parts.map((part) => ({ part, event: true }));
      const found = counts(all, parts, true);
      [0.6, 0.2, 0.2].forEach((share, i) => assert.ok(Math.abs(found[i] - share * n) <= 1, `${n}: ${found.join('/')}`));
    }
  });

  test('mend shares that are out of proportion', () => {
    const all: Assignable[] = [
      ...Array.from({ length: 40 }, () => ({ part: 'train' as const, event: false })),
      ...customers(0, 10),
    ];
    assert.deepEqual(counts(all, drawParts(all, 1), false), [40, 5, 5]);
  });

  test('a customer whose event came later keeps the part it was given without one', () => {
    const old = drawParts(customers(10, 40), 1).map((part) => ({ part, event: true }));
    assert.deepEqual(
      drawParts(old, 1),
      old.map(({ part }) => part),
    );
  });
});
