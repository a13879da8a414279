import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { createSchedule, RECIPE } from '../../src-main/models/training-plan.ts';

interface Case {
  name: string;
  /** null: not a number. */
  losses: (number | null)[];
  epochs: number;
  bestEpoch: number;
  halvings: number[];
}

const file = new URL('../fixtures/keras/schedule.json', import.meta.url);
const { keras, cases } = JSON.parse(readFileSync(file, 'utf8')) as { keras: string; cases: Case[] };

describe(`schedule against the callbacks of Keras ${keras}`, () => {
  for (const { name, losses, epochs, bestEpoch, halvings } of cases) {
    test(name, () => {
      const judge = createSchedule();
      const rates: number[] = [];
      let best = 0;
      let rate = 1e-3;
      for (const [i, loss] of losses.entries()) {
        rates.push(rate);
        const verdict = judge(loss ?? NaN);
        if (verdict.best) best = i + 1;
        if (verdict.stop) break;
        rate = verdict.learningRate;
      }
      assert.equal(rates.length, epochs, 'epochs');
      assert.equal(best, bestEpoch, 'best epoch');
      assert.deepEqual(
        rates,
        halvings.map((times) => 1e-3 / 2 ** times),
      );
    });
  }

  test('the sequences stop early, run to their end, and halve the rate several times', () => {
    assert.ok(cases.filter(({ losses, epochs }) => epochs < losses.length).length > 10);
    assert.ok(cases.filter(({ losses, epochs }) => epochs === losses.length && epochs === 50).length > 10);
    assert.ok(Math.max(...cases.flatMap(({ halvings }) => halvings)) >= 3);
  });
});

test('schedules do not share what they have seen', () => {
  const one = createSchedule();
  for (let epoch = 0; epoch < 9; epoch++) one(0.1);
  assert.deepEqual(createSchedule()(0.9), { best: true, stop: false, learningRate: 1e-3 });
});

test('the recipe trains up to 50 epochs in batches of 32', () => {
  assert.deepEqual({ epochs: RECIPE.epochs, batch: RECIPE.batch }, { epochs: 50, batch: 32 });
});
