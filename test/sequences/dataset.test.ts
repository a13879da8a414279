import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Part } from '../../src-main/ipc/documents.ts';
import { DuecastError } from '../../src-main/ipc/errors.ts';
import { cutDataset, hashData } from '../../src-main/sequences/dataset.ts';
import type { Panel } from '../../src-main/sequences/panel.ts';
import { drawParts } from '../../src-main/sequences/split.ts';
import { cutWindows, windowCount, type WindowSettings } from '../../src-main/sequences/windows.ts';
import { copyPanel, historyFeature, smallPanel, staticFeature } from './small-panel.ts';

const settings: WindowSettings = { windowSteps: 4, horizonSteps: 3, gapSteps: 1, labelRule: 'constant' };

/** So many customers with and without an event, of `rows` steps each. */
function portfolio(withEvent: number, without: number, rows = 10, over: Partial<Panel> = {}) {
  const flags = Array.from({ length: withEvent + without }, (_, i) => (i < withEvent ? (1 as const) : (0 as const)));
  const panel = smallPanel(
    flags.map((outcome) => ({ rows, outcome })),
    over,
  );
  const parts = drawParts(
    flags.map((flag) => ({ part: null, event: flag === 1 })),
    1,
  );
  return { panel, parts };
}

function tooSmall(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    assert.ok(error instanceof DuecastError);
    assert.equal(error.code, 'too-small');
    return error.message;
  }
  throw new Error('it went through');
}

describe('a data set', () => {
  test('can be cut from 5 customers with and 5 without an event', () => {
    const { panel, parts } = portfolio(5, 5);
    const windows = cutDataset(panel, parts, settings);
    assert.deepEqual(
      [windows.train, windows.validation, windows.test].map((part) => windowCount(part)),
      [18, 6, 6],
    );
    assert.deepEqual(windows, cutWindows(panel, parts, settings));
  });

  test('needs a history that fills a window: says how long the longest is and how long it must be', () => {
    const { panel, parts } = portfolio(5, 5, 7);
    const message = tooSmall(() => cutDataset(panel, parts, settings));
    assert.match(message, /longest history has 7 steps/);
    assert.match(message, /window 4 \+ gap 1 \+ horizon 3 need 8\b/);
    assert.equal(windowCount(cutDataset(portfolio(5, 5, 8).panel, parts, settings).train), 6);
  });

  test('needs no room for the horizon where the last window carries the flag', () => {
    const rule = { ...settings, labelRule: 'last-window' } as const;
    const { panel, parts } = portfolio(5, 5, 3);
    assert.match(
      tooSmall(() => cutDataset(panel, parts, rule)),
      /needs 4\b/,
    );
    assert.equal(windowCount(cutDataset(portfolio(5, 5, 4).panel, parts, rule).test), 2);
  });

  test('needs both outcomes in each part: says which part lacks which, and what it takes', () => {
    const few = portfolio(2, 50);
    assert.match(
      tooSmall(() => cutDataset(few.panel, few.parts, settings)),
      /test part has 10 customers \(0 with an event\) and 30 windows, none of them with an event.*at least 5 with and 5 without an event/,
    );
    const fewGood = portfolio(50, 2);
    assert.match(
      tooSmall(() => cutDataset(fewGood.panel, fewGood.parts, settings)),
      /test part has 10 customers \(10 with an event\) and 30 windows, none of them without an event/,
    );
    const days = { rows: 60, outcome: 0 } as const;
    // The last twelve days are held out, and the events lie in them.
    const late = smallPanel(
      Array.from({ length: 20 }, (_, c) => (c % 2 === 0 ? days : { rows: 57, outcome: 1, event: 58 })),
      { dated: true, outcomeKind: 'dated' },
    );
    const lateParts = drawParts(
      Array.from(late.outcome, (outcome) => ({ part: null, event: outcome === 1 })),
      1,
    );
    assert.match(
      tooSmall(() => cutDataset(late, lateParts, { ...settings, labelRule: 'event' })),
      /none of them with an event\. [\d,]+ windows left out lie in the end of the time/,
    );
    const many = portfolio(50, 0);
    assert.match(
      tooSmall(() => cutDataset(many.panel, many.parts, settings)),
      /All 50 customers with a known outcome have an event/,
    );
    const none = portfolio(0, 50);
    assert.match(
      tooSmall(() => cutDataset(none.panel, none.parts, settings)),
      /None of the 50 customers with a known outcome has an event/,
    );
  });

  test('names the customers whose events lie at their first rows, and those that made the flag read so', () => {
    const flags = Array.from({ length: 30 }, (_, i) => (i < 13 ? (1 as const) : (0 as const)));
    const panel = smallPanel(
      flags.map((outcome, i) => ({ rows: 12, outcome, ...(outcome === 1 ? { event: i === 12 ? 9 : 0 } : {}) })),
    );
    const parts = drawParts(
      flags.map((flag) => ({ part: null, event: flag === 1 })),
      1,
    );
    const [first, late] = [panel.customers[0], panel.customers[12]];
    const message = tooSmall(() => cutDataset(panel, parts, { ...settings, labelRule: 'event' }));
    assert.match(message, /Of 13 customers with a dated event, 12 had it at their first row \(.* and 9 more\)/);
    assert.ok(message.includes(`(${first}, `) && message.includes(`Only for ${late} it comes later.`), message);
    assert.doesNotMatch(message, /more customers/);
  });

  test('where long histories have no window to learn from, says what became of them', () => {
    const { panel, parts } = portfolio(5, 5, 10);
    panel.outcome.fill(-1);
    const message = tooSmall(() => cutDataset(panel, parts, settings));
    assert.doesNotMatch(message, /longest history/);
    assert.match(message, /70 windows/);
    assert.match(message, /outcome/);
  });

  test('where the embargo leaves nothing, says so', () => {
    // All but one, who is not used, come when the last fifth of the period is near.
    const firstStep = Int32Array.from({ length: 10 }, (_, c) => (c === 0 ? 0 : 25));
    const { panel, parts } = portfolio(5, 5, 10, { dated: true, firstStep });
    const used = parts.map((part, c) => (c === 0 ? null : part));
    const message = tooSmall(() => cutDataset(panel, used, settings));
    assert.doesNotMatch(message, /longest history/);
    assert.match(message, /held out/);
  });
});

describe('the hash of the data', () => {
  const panel = () =>
    smallPanel(
      [
        {
          rows: [
            [1, NaN],
            [3, 4],
          ],
          outcome: 1,
          event: 5,
          statics: [7],
        },
        { rows: [[5, 6]], outcome: 0, firstStep: 2, statics: [NaN] },
      ],
      {
        features: [historyFeature('savings'), historyFeature('withdrawals', 'zero')],
        staticFeatures: [staticFeature('age')],
        outcomeKind: 'dated',
        dated: true,
      },
    );
  const parts: (Part | null)[] = ['train', 'test'];

  test('is the same for the same data', () => {
    assert.equal(hashData(panel(), parts), hashData(copyPanel(panel()), [...parts]));
    assert.match(hashData(panel(), parts), /^[0-9a-f]{64}$/);
  });

  test('is another one as soon as anything differs', () => {
    const changes: Record<string, (data: Panel, to: (Part | null)[]) => void> = {
      'a value': (data) => (data.values[0] = 1.0001),
      'the last value': (data) => (data.values[5] = 6.5),
      'an empty value filled': (data) => (data.values[1] = 0),
      'a value emptied': (data) => (data.values[0] = NaN),
      'a static value': (data) => (data.statics[0] = 8),
      'an outcome': (data) => (data.outcome[1] = 1),
      'an event’s step': (data) => (data.eventStep[0] = 6),
      'a first step': (data) => (data.firstStep[1] = 3),
      'whose row it is': (data) => (data.firstRow[1] = 1),
      'a customer’s id': (data) => (data.customers[0] = 'C00'),
      'the time step': (data) => (data.timeStep = 'week'),
      'dates or plain numbers': (data) => (data.dated = false),
      'the kind of outcome': (data) => (data.outcomeKind = 'constant'),
      'a feature’s name': (data) => (data.features[0].name = 'saving'),
      'a feature’s filling': (data) => (data.features[0].fill = 'zero'),
      'the features’ order': (data) => data.features.reverse(),
      'a part': (_, to) => (to[1] = 'validation'),
      'a part taken away': (_, to) => (to[1] = null),
    };
    const hashes = new Map([[hashData(panel(), parts), 'nothing']]);
    for (const [what, change] of Object.entries(changes)) {
      const data = panel();
      const to = [...parts];
      change(data, to);
      const hash = hashData(data, to);
      assert.ok(!hashes.has(hash), `${what} hashes as ${hashes.get(hash)}`);
      hashes.set(hash, what);
    }
  });
});
