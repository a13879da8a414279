import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scoreTraining } from '../../src-main/models/training-scores.ts';
import type { Windows } from '../../src-main/sequences/windows.ts';

const windowsOf = (count: number): Windows => ({
  windowSteps: 3,
  customer: Int32Array.from({ length: count }, (_, i) => Math.floor(i / 50)),
  endRow: Int32Array.from({ length: count }, (_, i) => i),
  step: Int32Array.from({ length: count }, (_, i) => i % 50),
  label: new Uint8Array(count),
});

test('of many training windows some are drawn, the same for every model, from all over', async () => {
  const asked: Windows[] = [];
  const predict = (windows: Windows) => {
    asked.push(windows);
    return Promise.resolve(Float32Array.from(windows.endRow, (row) => row / 1e6));
  };
  for (let model = 0; model < 2; model++) {
    const { scores, spread } = await scoreTraining(windowsOf(100_000), predict);
    assert.equal(scores.length, 20_000);
    assert.deepEqual(spread.counts, new Array(10).fill(2_000));
    spread.bounds.forEach((bound, i) => assert.ok(Math.abs(bound - (i + 1) / 100) < 0.001, 'deciles of all windows'));
  }
  assert.deepEqual(asked[0], asked[1]);
  assert.equal(new Set(asked[0].step).size, 50);
  const { scores } = await scoreTraining(windowsOf(30), predict);
  assert.equal(scores.length, 30, 'few are taken as they are');
});
