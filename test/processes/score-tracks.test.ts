import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Part } from '../../src-main/ipc/documents.ts';
import { applyModel } from '../../src-main/models/apply-model.ts';
import { trainModel } from '../../src-main/models/train-model.ts';
import { scoreTracks, watchedCustomers, watchedWindows } from '../../src-main/processes/score-tracks.ts';
import { cutDataset } from '../../src-main/sequences/dataset.ts';
import { NO_STEP, PARTS } from '../../src-main/sequences/panel.ts';
import { createRandom } from '../../src-main/sequences/random.ts';
import { unlabelledWindows } from '../../src-main/sequences/windows.ts';
import { smallPanel } from '../sequences/small-panel.ts';

const anyone = () => true;

test('who can be watched, and until when', () => {
  const panel = smallPanel([
    { rows: 10, firstStep: 3, outcome: 0 },
    { rows: 10, firstStep: 3, outcome: 1, event: 9 },
    { rows: 10, firstStep: 3, outcome: 1, event: 40 },
    { rows: 10, firstStep: 3, outcome: 1, event: 2 },
    { rows: 10, firstStep: 3, outcome: 1 },
    { rows: 10, firstStep: 3 },
  ]);
  const dated = watchedCustomers({ panel, windowSteps: 4, isDated: true }, anyone);
  assert.deepEqual(
    dated.map(({ customer, rows, eventStep }) => [customer, rows, eventStep]),
    [
      [0, 10, NO_STEP],
      [1, 6, 9],
      [2, 10, 40],
      [3, 0, 2],
    ],
    'an event without a date, and an outcome that is not known, can’t be judged',
  );
  assert.equal(watchedWindows(dated, 4), 7 + 3 + 7);
  const flagged = watchedCustomers({ panel, windowSteps: 4, isDated: false }, (customer) => customer === 1);
  assert.deepEqual(flagged, [{ customer: 1, rows: 10, eventStep: 13 }], 'the step after the last one');
});

test('scores are those that a model gives on the whole portfolio', async () => {
  const random = createRandom(4);
  const panel = smallPanel(
    Array.from({ length: 90 }, (_, c) => {
      const outcome = c % 3 === 0 ? 1 : 0;
      return {
        rows: Array.from({ length: 12 + (c % 5) }, (_, t) => [outcome * t * 0.1 + random.normal()]),
        outcome,
      } as const;
    }),
  );
  const parts = panel.customers.map((_, c): Part => PARTS[Math.floor(c / 3) % 3]);
  const settings = { windowSteps: 6, horizonSteps: 2, gapSteps: 0, labelRule: 'constant' } as const;
  const windows = cutDataset(panel, parts, settings);
  const noEngine = () => {
    throw new Error('logistic regression needs none');
  };
  const model = await trainModel('logistic', panel, windows, { epochs: 1, batch: 32, seed: 1 }, noEngine, {});
  const options = { engine: noEngine, memberOf: () => model };

  const request = { panel, windowSteps: 6, isDated: false };
  const watched = watchedCustomers(request, (customer) => parts[customer] === 'test');
  let counted = 0;
  const { tracks, scores } = await scoreTracks(request, watched, [model, model], options, (done) => (counted += done));
  const all = unlabelledWindows(panel, 6, { lastOnly: false, customers: watched.map(({ customer }) => customer) });
  assert.deepEqual(tracks.steps, all.step);
  assert.deepEqual(scores[0], await applyModel(model, panel, all, options));
  assert.deepEqual(scores[1], scores[0]);
  assert.equal(counted, 2 * watchedWindows(watched, 6));
  assert.equal(tracks.offset[watched.length], all.step.length);
});
