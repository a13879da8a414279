import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { LabelRule } from '../../src-main/ipc/documents.ts';
import { createLabeller, DROPPED, UNKNOWN, type Label, type LabelSettings } from '../../src-main/sequences/labels.ts';
import { lastStep, lastStepOf, NO_STEP, UNKNOWN_OUTCOME, type Panel } from '../../src-main/sequences/panel.ts';
import { createRandom } from '../../src-main/sequences/random.ts';
import { randomCustomers, smallPanel, type SmallCustomer } from './small-panel.ts';

/** One letter a step: 0 and 1 as they are, ? unknown, x dropped. */
function labelsOf(panel: Panel, customer: number, settings: LabelSettings, from: number, to: number): string {
  const labelOf = createLabeller(panel, settings);
  const letter = (label: Label) => (label === UNKNOWN ? '?' : label === DROPPED ? 'x' : String(label));
  return Array.from({ length: to - from + 1 }, (_, i) => letter(labelOf(customer, from + i))).join('');
}

describe('rule event', () => {
  const dated = { dated: true, outcomeKind: 'dated' } as const;
  /** The first customer keeps the portfolio open until step 19. */
  const panelWith = (customer: SmallCustomer) => smallPanel([{ rows: 20, outcome: 0 }, customer], dated);
  const label = (customer: SmallCustomer, gapSteps: number, horizonSteps: number) =>
    labelsOf(panelWith(customer), 1, { labelRule: 'event', gapSteps, horizonSteps }, 0, 19);

  test('is 1 exactly when gap < event − step ≤ gap + horizon; dropped inside the gap and from the event on', () => {
    //                                                                            01234567890123456789
    assert.equal(label({ rows: 20, outcome: 1, event: 12 }, 2, 3), /*          */ '0000000111xxxxxxxxxx');
    assert.equal(label({ rows: 20, outcome: 1, event: 12 }, 0, 3), /*          */ '000000000111xxxxxxxx');
    assert.equal(label({ rows: 20, outcome: 1, event: 12 }, 0, 1), /*          */ '000000000001xxxxxxxx');
    assert.equal(label({ rows: 20, outcome: 1, event: 0 }, 0, 3), /*           */ 'xxxxxxxxxxxxxxxxxxxx');
    assert.equal(label({ rows: 20, outcome: 1, event: 1 }, 0, 3), /*           */ '1xxxxxxxxxxxxxxxxxxx');
    assert.equal(label({ rows: 20, outcome: 1, event: -4 }, 0, 3), /*          */ 'xxxxxxxxxxxxxxxxxxxx');
  });

  test('is unknown where the end of the period lies within gap + horizon, whatever the outcome', () => {
    //                                                                            01234567890123456789
    assert.equal(label({ rows: 20, outcome: 0 }, 2, 3), /*                     */ '000000000000000?????');
    assert.equal(label({ rows: 20, outcome: 1, event: 18 }, 2, 3), /*          */ '000000000000011?xxxx');
    assert.equal(label({ rows: 20, outcome: 1, event: 19 }, 0, 3), /*          */ '00000000000000001??x');
    assert.equal(label({ rows: 20, outcome: 1, event: 20 }, 0, 3), /*          */ '00000000000000000???');
    assert.equal(label({ rows: 20, outcome: 1, event: 40 }, 2, 3), /*          */ '000000000000000?????');
  });

  test('without an event, the customer’s own last step counts too; with one, the portfolio’s alone', () => {
    //                                                                            01234567890123456789
    assert.equal(label({ rows: 11, outcome: 0 }, 1, 4), /*                     */ '000000??????????????');
    assert.equal(label({ rows: 11, outcome: 1, event: 14 }, 1, 4), /*          */ '0000000001111xxxxxxx');
  });

  test('an event without a date, or no outcome at all, says nothing', () => {
    assert.equal(label({ rows: 20, outcome: 1 }, 0, 3), '?'.repeat(20));
    assert.equal(label({ rows: 20 }, 0, 3), '?'.repeat(20));
  });
});

describe('rules for a constant flag', () => {
  const flagged = smallPanel([
    { rows: 10, outcome: 1 },
    { rows: 10, outcome: 0 },
    { rows: 10 },
    { rows: 3, outcome: 1, firstStep: 4 },
  ]);
  const label = (labelRule: LabelRule, customer: number, gapSteps: number, horizonSteps: number, to = 9) =>
    labelsOf(flagged, customer, { labelRule, gapSteps, horizonSteps }, 0, to);

  test('constant: every step with gap + horizon steps after it', () => {
    assert.equal(label('constant', 0, 1, 3), '111111????');
    assert.equal(label('constant', 0, 0, 9), '1?????????');
    assert.equal(label('constant', 1, 1, 3), '000000????');
    assert.equal(label('constant', 2, 1, 3), '??????????');
    assert.equal(label('constant', 3, 0, 1, 6), '111111?', 'its own last step is 6');
  });

  test('after-last: the event is the step after the last one', () => {
    assert.equal(label('after-last', 0, 0, 3), '0000000111');
    assert.equal(label('after-last', 0, 2, 3), '00000111xx');
    assert.equal(label('after-last', 0, 0, 1), '0000000001');
    assert.equal(label('after-last', 1, 2, 3), '0000000000');
    assert.equal(label('after-last', 2, 2, 3), '??????????');
    assert.equal(label('after-last', 3, 0, 2, 6), '0000011');
  });

  test('last-window: the last step alone', () => {
    assert.equal(label('last-window', 0, 0, 3), '?????????1');
    assert.equal(label('last-window', 1, 2, 3), '?????????0');
    assert.equal(label('last-window', 2, 2, 3), '??????????');
    assert.equal(label('last-window', 3, 0, 3, 6), '??????1');
  });
});

/** The label as the protocol's text states it, step by step. */
function stated(
  panel: Panel,
  { labelRule, gapSteps, horizonSteps }: LabelSettings,
  customer: number,
  t: number,
): Label {
  const range = (from: number, to: number) => Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
  const flag = panel.outcome[customer];
  const own = lastStepOf(panel, customer);
  const gap = range(t + 1, t + gapSteps);
  const horizon = range(t + gapSteps + 1, t + gapSteps + horizonSteps);
  const atEvent = (e: number): Label | null => (t >= e || gap.includes(e) ? DROPPED : null);
  if (labelRule === 'event') {
    const e = panel.eventStep[customer];
    const hasDate = e !== NO_STEP;
    if (!hasDate && flag !== 0) return UNKNOWN;
    if (hasDate && atEvent(e) !== null) return DROPPED;
    const seen = hasDate ? lastStep(panel) : Math.min(lastStep(panel), own);
    if (horizon.some((step) => step > seen)) return UNKNOWN;
    return hasDate && horizon.includes(e) ? 1 : 0;
  }
  if (flag === UNKNOWN_OUTCOME) return UNKNOWN;
  if (labelRule === 'constant') return horizon.every((step) => step <= own) ? (flag as 0 | 1) : UNKNOWN;
  if (labelRule === 'last-window') return t === own ? (flag as 0 | 1) : UNKNOWN;
  if (flag === 0) return 0;
  return atEvent(own + 1) ?? (horizon.includes(own + 1) ? 1 : 0);
}

test('random panels are labelled as the protocol states', () => {
  const random = createRandom(20);
  const met: Record<string, number> = {};
  for (let round = 0; round < 300; round++) {
    const panel = smallPanel(randomCustomers(random, random.integer(1, 12), 1), { dated: round % 2 === 0 });
    const gapSteps = random.integer(0, 5);
    const horizonSteps = random.integer(1, 8);
    for (const labelRule of ['event', 'constant', 'after-last', 'last-window'] as const) {
      const settings = { labelRule, gapSteps, horizonSteps };
      const labelOf = createLabeller(panel, settings);
      for (let c = 0; c < panel.customers.length; c++) {
        for (let t = panel.firstStep[c]; t <= lastStepOf(panel, c); t++) {
          const label = labelOf(c, t);
          assert.equal(label, stated(panel, settings, c, t), JSON.stringify({ round, settings, c, t }));
          met[`${labelRule} ${label}`] = (met[`${labelRule} ${label}`] ?? 0) + 1;
        }
      }
    }
  }
  for (const label of [0, 1, UNKNOWN, DROPPED]) assert.ok(met[`event ${label}`] > 500, `event ${label}`);
  for (const label of [0, 1, UNKNOWN]) assert.ok(met[`constant ${label}`] > 500, `constant ${label}`);
  for (const label of [0, 1, UNKNOWN, DROPPED]) assert.ok(met[`after-last ${label}`] > 500, `after-last ${label}`);
  for (const label of [0, 1, UNKNOWN]) assert.ok(met[`last-window ${label}`] > 100, `last-window ${label}`);
});

test('whether the last labels are known does not depend on the outcome', () => {
  // The same history with every possible event: known or not is the same for all up to the event's gap.
  const settings = { labelRule: 'event', gapSteps: 1, horizonSteps: 4 } as const;
  const known = (customer: SmallCustomer) => {
    const panel = smallPanel([{ rows: 30, outcome: 0 }, customer], { dated: true, outcomeKind: 'dated' });
    return labelsOf(panel, 1, settings, 0, 29);
  };
  const without = known({ rows: 30, outcome: 0 });
  for (let event = 0; event < 50; event++) {
    const labels = known({ rows: 30, outcome: 1, event });
    for (let t = 0; t < 30; t++) {
      if (labels[t] !== 'x') assert.equal(labels[t] === '?', without[t] === '?', `event ${event}, step ${t}`);
    }
  }
});
