import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DuecastError } from '../../src-main/ipc/errors.ts';
import type { Panel } from '../../src-main/sequences/panel.ts';
import { resolveSettings, stepsOfHalf, type RequestedWindowSettings } from '../../src-main/sequences/settings.ts';
import { smallPanel } from './small-panel.ts';

const lengths = (...rows: number[]) => rows.map((count, c) => ({ rows: count, outcome: (c % 2) as 0 | 1 }));
const resolve = (panel: Panel, requested: Partial<RequestedWindowSettings> = {}) =>
  resolveSettings(panel, { windowSteps: null, horizonSteps: null, gapSteps: null, labelRule: null, ...requested });
const refusal = (code: DuecastError['code'], message: RegExp) => (error: unknown) =>
  error instanceof DuecastError && error.code === code && message.test(error.message);

test('the steps that half of the customers have', () => {
  assert.equal(stepsOfHalf(smallPanel(lengths(10, 40, 20, 30))), 30);
  assert.equal(stepsOfHalf(smallPanel(lengths(10, 40, 20))), 20);
  assert.equal(stepsOfHalf(smallPanel(lengths(7))), 7);
  assert.equal(stepsOfHalf(smallPanel([])), 0);
});

describe('defaults for a constant flag', () => {
  test('the recipe’s in a daily portfolio of 90 days', () => {
    const expected = { windowSteps: 30, horizonSteps: 14, gapSteps: 0, labelRule: 'constant' };
    assert.deepEqual(resolve(smallPanel(lengths(90, 90, 90))), expected);
    assert.deepEqual(resolve(smallPanel(lengths(44, 44, 1, 1))), expected);
  });

  test('one window a customer where fewer than half have window + gap + horizon steps', () => {
    assert.equal(resolve(smallPanel(lengths(43, 43, 1, 90))).labelRule, 'last-window');
    assert.equal(resolve(smallPanel(lengths(44, 44, 44)), { gapSteps: 1 }).labelRule, 'last-window');
    assert.equal(resolve(smallPanel(lengths(44, 44, 44)), { gapSteps: 1, windowSteps: 29 }).labelRule, 'constant');
  });

  test('six months of everyone: a window of six, its last one alone', () => {
    const monthly = smallPanel(lengths(6, 6, 6, 6), { timeStep: 'month', dated: true });
    const { windowSteps, labelRule, gapSteps } = resolve(monthly);
    assert.deepEqual({ windowSteps, labelRule, gapSteps }, { windowSteps: 6, labelRule: 'last-window', gapSteps: 0 });
  });

  test('the window is the longest that half of the customers fill, at most 30', () => {
    assert.equal(resolve(smallPanel(lengths(12, 12, 3, 3))).windowSteps, 12);
    assert.equal(resolve(smallPanel(lengths(12, 12, 3, 3, 3))).windowSteps, 3);
    assert.equal(resolve(smallPanel(lengths(31, 31))).windowSteps, 30);
  });
});

describe('defaults for event dates', () => {
  const dated = (timeStep: Panel['timeStep'], ...rows: number[]) =>
    smallPanel(lengths(...rows), { timeStep, dated: true, outcomeKind: 'dated' });

  test('the rule follows from the dates', () => {
    const expected = { windowSteps: 30, horizonSteps: 14, gapSteps: 0, labelRule: 'event' };
    assert.deepEqual(resolve(dated('day', 90, 90)), expected);
  });

  test('the window leaves at least as many labelled steps as it takes itself', () => {
    for (const [timeStep, rows] of [
      ['month', 24],
      ['month', 12],
      ['week', 40],
      ['day', 60],
      ['day', 17],
    ] as const) {
      const { windowSteps, horizonSteps } = resolve(dated(timeStep, rows, rows));
      assert.ok(windowSteps >= 1 && windowSteps <= 30);
      const labelled = rows - windowSteps + 1 - horizonSteps;
      assert.ok(labelled >= windowSteps || windowSteps === 1, `${rows} ${timeStep}s: window ${windowSteps}`);
    }
  });
});

test('what was set is taken as it is', () => {
  const settings = { windowSteps: 5, horizonSteps: 3, gapSteps: 2, labelRule: 'after-last' } as const;
  assert.deepEqual(resolve(smallPanel(lengths(90, 90)), settings), settings);
});

describe('refuses', () => {
  const panel = smallPanel(lengths(90, 90));

  test('numbers of steps that cannot be, naming the setting and its least value', () => {
    for (const value of [0, -1, 1.5, NaN, Infinity]) {
      assert.throws(() => resolve(panel, { windowSteps: value }), refusal('usage', /window .* at least 1/));
      assert.throws(() => resolve(panel, { horizonSteps: value }), refusal('usage', /horizon .* at least 1/));
    }
    for (const value of [-1, 0.5])
      assert.throws(() => resolve(panel, { gapSteps: value }), refusal('usage', /gap .* at least 0/));
    assert.equal(resolve(panel, { gapSteps: 0 }).gapSteps, 0);
  });

  test('a portfolio without outcomes', () => {
    assert.throws(() => resolve(smallPanel(lengths(90), { outcomeKind: 'none' })), refusal('too-small', /no outcomes/));
  });

  test('a rule for a flag where events have dates, and the other way round', () => {
    const dated = smallPanel(lengths(90), { outcomeKind: 'dated' });
    for (const labelRule of ['constant', 'after-last', 'last-window'] as const)
      assert.throws(() => resolve(dated, { labelRule }), refusal('usage', new RegExp(labelRule)));
    assert.throws(
      () => resolve(panel, { labelRule: 'event' }),
      refusal('usage', /constant, after-last or last-window/),
    );
  });
});
