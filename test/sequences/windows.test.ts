import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { LabelRule, Part } from '../../src-main/ipc/documents.ts';
import { createLabeller, DROPPED, UNKNOWN } from '../../src-main/sequences/labels.ts';
import { lastStep, lastStepOf, PARTS, type Panel } from '../../src-main/sequences/panel.ts';
import { createRandom } from '../../src-main/sequences/random.ts';
import {
  countPart,
  cutWindows,
  firstRows,
  inTimeEnd,
  unlabelledWindows,
  windowCount,
  type Windows,
  type WindowSettings,
} from '../../src-main/sequences/windows.ts';
import { randomCustomers, smallPanel } from './small-panel.ts';

const constant = (over: Partial<WindowSettings>): WindowSettings => ({
  windowSteps: 3,
  horizonSteps: 2,
  gapSteps: 0,
  labelRule: 'constant',
  ...over,
});

/** `customer:step=label` of each window. */
const list = (windows: Windows | null): string[] =>
  windows === null
    ? []
    : Array.from(windows.endRow, (_, i) => `${windows.customer[i]}:${windows.step[i]}=${windows.label[i]}`);

const PLACES = ['train', 'validation', 'test', 'outOfTime'] as const;

describe('cutting', () => {
  const panel = smallPanel([
    { rows: 6, outcome: 1 },
    { rows: 4, outcome: 0, firstStep: 10 },
    { rows: 5, outcome: 0 },
    { rows: 7, outcome: 1, firstStep: -3 },
    { rows: 8, outcome: 1 },
  ]);
  const parts: (Part | null)[] = ['train', 'train', 'validation', 'test', null];

  test('takes full windows with their label, oldest first, each under the part of its customer', () => {
    const cut = cutWindows(panel, parts, constant({}));
    assert.deepEqual(list(cut.train), ['0:2=1', '0:3=1']);
    assert.deepEqual([...cut.train.endRow], [2, 3]);
    assert.deepEqual([...firstRows(cut.train)], [0, 1]);
    assert.deepEqual(list(cut.validation), ['2:2=0']);
    assert.deepEqual([...firstRows(cut.validation)], [10]);
    assert.deepEqual(list(cut.test), ['3:-1=1', '3:0=1', '3:1=1']);
    assert.deepEqual([...firstRows(cut.test)], [15, 16, 17]);
    assert.equal(cut.outOfTime, null);
    // The last two windows of each history, but for the customer without a part.
    assert.deepEqual([cut.unknown, cut.dropped, cut.embargoed], [8, 0, 0]);
  });

  test('a history shorter than the window gives none; one that just fills it gives one', () => {
    const cut = (windowSteps: number) =>
      list(cutWindows(panel, parts, constant({ windowSteps, labelRule: 'last-window' })).train);
    assert.deepEqual(cut(4), ['0:5=1', '1:13=0']);
    assert.deepEqual(cut(5), ['0:5=1']);
    assert.deepEqual(cut(7), []);
  });

  test('windows of one step', () => {
    const cut = cutWindows(panel, parts, constant({ windowSteps: 1, horizonSteps: 1 }));
    assert.equal(windowCount(cut.train), 5 + 3);
    assert.deepEqual([...firstRows(cut.train)], [...cut.train.endRow]);
  });

  test('counts customers, windows, and the customers with an event', () => {
    const { train, test: held } = cutWindows(panel, parts, constant({ windowSteps: 1, horizonSteps: 1 }));
    assert.deepEqual(countPart(panel, train), { customers: 2, windows: 8, events: 1 });
    assert.deepEqual(countPart(panel, held), { customers: 1, windows: 6, events: 1 });
  });

  test('counts what it left out', () => {
    const dated = smallPanel(
      [
        { rows: 20, outcome: 1, event: 10 },
        { rows: 20, outcome: 0 },
      ],
      { outcomeKind: 'dated' },
    );
    const settings = constant({ labelRule: 'event', gapSteps: 1, horizonSteps: 2 });
    const { train, unknown, dropped } = cutWindows(dated, ['train', 'train'], settings);
    // Of steps 2…19: the first customer's 9…19 touch or follow the event, the second's 17…19 have no full horizon.
    assert.deepEqual([windowCount(train), unknown, dropped], [7 + 15, 3, 11]);
  });
});

describe('held-out time', () => {
  const long = (steps: number, dated = true) =>
    smallPanel(
      Array.from({ length: 4 }, () => ({ rows: steps, outcome: 0 as const })),
      { dated },
    );
  const parts: Part[] = ['train', 'validation', 'test', 'test'];

  test('is the last fifth where dates reach 3·(window + horizon) steps', () => {
    const settings = constant({ windowSteps: 6, horizonSteps: 2, gapSteps: 1 });
    assert.equal(inTimeEnd(long(23), settings), null);
    assert.equal(inTimeEnd(long(24), settings), 23 - 4);
    assert.equal(inTimeEnd(long(25), settings), 24 - 5);
    assert.equal(inTimeEnd(long(100), settings), 79);
    assert.equal(inTimeEnd(long(100, false), settings), null, 'steps without dates');
    for (const labelRule of ['after-last', 'last-window'] as const)
      assert.equal(inTimeEnd(long(100), { ...settings, labelRule }), null);
  });

  test('is not held out where its steps could hold no label', () => {
    const settings = constant({ windowSteps: 2, horizonSteps: 6 });
    assert.equal(inTimeEnd(long(34), settings), null);
    assert.equal(inTimeEnd(long(35), settings), 34 - 7);
  });

  test('counts the steps of the whole portfolio, whoever has them', () => {
    const panel = smallPanel([{ rows: 10 }, { rows: 10, firstStep: 20 }], { dated: true });
    assert.equal(inTimeEnd(panel, constant({ windowSteps: 8 })), 29 - 6);
    assert.equal(inTimeEnd(panel, constant({ windowSteps: 9 })), null);
  });

  test('goes to test customers alone, and in-time windows keep gap + horizon away from it', () => {
    const cut = cutWindows(long(25), parts, constant({ windowSteps: 6, horizonSteps: 2, gapSteps: 1 }));
    const steps = (windows: Windows | null) => [...new Set(windows?.step)];
    const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
    // Steps 20…24 are held out; a window that ends at 16 looks for its outcome at 18 and 19.
    assert.deepEqual(steps(cut.train), range(5, 16));
    assert.deepEqual(steps(cut.validation), range(5, 16));
    assert.deepEqual(steps(cut.test), range(5, 16));
    assert.deepEqual(list(cut.outOfTime), ['2:20=0', '2:21=0', '3:20=0', '3:21=0']);
    // Ends at 17, 18, 19 of all, and at 20, 21 of those who are not in the test part.
    assert.deepEqual([cut.unknown, cut.dropped, cut.embargoed], [3 * 4, 0, 3 * 4 + 2 * 2]);
  });
});

/** Every window of the panel by the protocol's text, as `place customer:step=label`. */
function statedWindows(panel: Panel, parts: readonly (Part | null)[], settings: WindowSettings): string[] {
  const { windowSteps, horizonSteps, gapSteps, labelRule } = settings;
  const labelOf = createLabeller(panel, settings);
  const last = lastStep(panel);
  const first = Math.min(...panel.firstStep);
  const steps = last - first + 1;
  const reaches = steps >= 3 * (windowSteps + horizonSteps) && Math.floor(steps / 5) > gapSteps + horizonSteps;
  const heldOut =
    panel.dated && (labelRule === 'event' || labelRule === 'constant') && reaches ? Math.floor(steps / 5) : 0;
  const isHeldOut = (step: number) => step > last - heldOut;
  const found: string[] = [];
  for (let c = 0; c < panel.customers.length; c++) {
    for (let t = first; t <= last; t++) {
      const own = Array.from({ length: windowSteps }, (_, i) => t - i);
      if (own.some((step) => step < panel.firstStep[c] || step > lastStepOf(panel, c))) continue;
      const label = labelOf(c, t);
      if (parts[c] === null || label === UNKNOWN || label === DROPPED) continue;
      const horizon = Array.from({ length: gapSteps + horizonSteps }, (_, i) => t + 1 + i);
      const inTime = !isHeldOut(t) && !(heldOut > 0 && horizon.some(isHeldOut));
      if (inTime) found.push(`${parts[c]} ${c}:${t}=${label}`);
      else if (isHeldOut(t) && parts[c] === 'test') found.push(`outOfTime ${c}:${t}=${label}`);
    }
  }
  return found.sort();
}

test('random panels are cut as the protocol states', () => {
  const random = createRandom(31);
  const met: Record<string, number> = {};
  for (let round = 0; round < 400; round++) {
    const panel = smallPanel(randomCustomers(random, random.integer(5, 15), 1), { dated: round % 3 > 0 });
    const parts = panel.customers.map(() => [...PARTS, null][random.integer(0, 3)]);
    const settings: WindowSettings = {
      windowSteps: random.integer(1, 6),
      horizonSteps: random.integer(1, 3),
      gapSteps: random.integer(0, 2),
      labelRule: (['event', 'constant', 'after-last', 'last-window'] as LabelRule[])[random.integer(0, 3)],
    };
    const cut = cutWindows(panel, parts, settings);
    const found = PLACES.flatMap((place) => list(cut[place]).map((window) => `${place} ${window}`));
    assert.deepEqual(found.sort(), statedWindows(panel, parts, settings), JSON.stringify({ round, settings }));
    for (const place of PLACES) {
      const windows = cut[place];
      if (windows === null) continue;
      met[place] = (met[place] ?? 0) + windowCount(windows);
      firstRows(windows).forEach((row, i) => {
        const c = windows.customer[i];
        assert.ok(row >= panel.firstRow[c] && windows.endRow[i] < panel.firstRow[c + 1], 'one customer’s rows only');
        assert.equal(windows.step[i], panel.firstStep[c] + windows.endRow[i] - panel.firstRow[c]);
      });
    }
    const everyWindow = panel.customers.reduce(
      (sum, _, c) =>
        parts[c] === null
          ? sum
          : sum + Math.max(0, panel.firstRow[c + 1] - panel.firstRow[c] - settings.windowSteps + 1),
      0,
    );
    assert.equal(found.length + cut.unknown + cut.dropped + cut.embargoed, everyWindow, 'each window is counted once');
    const customersOf = PARTS.map((part) => new Set(cut[part].customer));
    const all = new Set(customersOf.flatMap((customers) => [...customers]));
    assert.equal(
      all.size,
      customersOf.reduce((sum, { size }) => sum + size, 0),
      'nobody is in two parts',
    );
    for (const customer of cut.outOfTime?.customer ?? []) assert.equal(parts[customer], 'test');
  }
  for (const place of PLACES) assert.ok(met[place] > 100, `${place}: ${met[place]}`);
});

describe('windows without labels', () => {
  const panel = smallPanel([{ rows: 5, firstStep: 2 }, { rows: 2 }, { rows: 3 }, { rows: 4 }]);

  test('the last of each customer that fills one', () => {
    const windows = unlabelledWindows(panel, 3, { lastOnly: true });
    assert.deepEqual([...windows.customer], [0, 2, 3]);
    assert.deepEqual([...windows.endRow], [4, 9, 13]);
    assert.deepEqual([...windows.step], [6, 2, 3]);
  });

  test('every one of some customers', () => {
    const windows = unlabelledWindows(panel, 3, { lastOnly: false, customers: [3, 0, 1] });
    assert.deepEqual([...windows.customer], [3, 3, 0, 0, 0]);
    assert.deepEqual([...firstRows(windows)], [10, 11, 0, 1, 2]);
    assert.deepEqual([...windows.step], [2, 3, 4, 5, 6]);
  });

  test('none where nothing fits', () => {
    assert.equal(windowCount(unlabelledWindows(panel, 6, { lastOnly: true })), 0);
    assert.equal(windowCount(unlabelledWindows(panel, 6, { lastOnly: false })), 0);
  });
});
