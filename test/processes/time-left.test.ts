import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTimeLeft } from '../../src-main/processes/time-left.ts';

test('seconds left follow the pace of the phase, and start anew with the next one', () => {
  let time = 0;
  const left = createTimeLeft(() => time);
  const at = (ms: number, phase: string, done: number) => {
    time = ms;
    return left({ phase, done, total: 100 });
  };
  assert.equal(at(0, 'rows', 10), null);
  assert.equal(at(500, 'rows', 20), null);
  assert.equal(at(2_000, 'rows', 30), 7);
  assert.equal(at(4_000, 'rows', 100), 0);
  assert.equal(at(4_100, 'outcomes', 0), null);
  assert.equal(at(6_100, 'outcomes', 50), 2);
});
