import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { changeOf } from '../../src-main/explaining/change-point.ts';
import { reasonsOf, type ReasonContext, type ReasonInput } from '../../src-main/explaining/reasons.ts';
import { createRandom } from '../../src-main/sequences/random.ts';
import { epochDayOf, isoDate } from '../../src-main/sequences/calendar.ts';

const DAY = epochDayOf(2026, 4, 10)!;
const CONTEXT: ReasonContext = {
  lastStep: DAY,
  window: 30,
  timeStep: 'day',
  dateOf: isoDate,
  currency: 'INR',
};

/** `before` up to the last `days`, `after` on those; a little apart from day to day. */
const changed = (before: number, after: number, days: number, length = 90) =>
  Array.from({ length }, (_, i) => (i < length - days ? before : after) * (1 + 0.1 * Math.cos(i)));

const input = (feature: string, contribution: number, values: number[], mean = 1): ReasonInput => ({
  feature,
  contributions: Array.from({ length: 30 }, () => contribution / 30),
  values,
  isStatic: false,
  typical: { mean, standardDeviation: 1 },
});

/** Contributions of the window's steps before the last `days`, and of those. */
const byStep = (before: number, after: number, days: number) =>
  Array.from({ length: 30 }, (_, i) => (i < 30 - days ? before : after));

const words = (one: ReasonInput, context = CONTEXT) => reasonsOf([one], context).map((reason) => reason.words);

describe('reasons in words', () => {
  test('counts as a rate, with the day from which on', () => {
    const counts = Array.from({ length: 90 }, (_, i) => (i < 61 ? Number(i % 5 < 2) : 2 + Number(i % 10 === 0)));
    assert.deepEqual(words(input('failed_autodebits', 0.3, counts)), [
      'failed autodebits up from 0.41 to 2.1 a day since 13 Mar 2026',
    ]);
    const rare = Array.from({ length: 90 }, (_, i) => (i < 62 ? Number(i % 30 === 9) : Number(i % 3 === 0)));
    assert.deepEqual(words(input('upi_lending_transactions', 0.1, rare, 0.2)), [
      'transfers to UPI lenders up from 0.22 to 2.3 a week since 15 Mar 2026',
    ]);
  });

  test('money with its share, in the portfolio’s currency', () => {
    assert.deepEqual(words(input('savings_amount', 0.3, changed(135_000, 50_000, 12), 120_000)), [
      'savings down 63% (from ₹1,35,242 to ₹50,060) since 30 Mar 2026',
    ]);
    const [euro] = words(input('daily_expenses', 0.3, changed(100, 180, 12), 100), { ...CONTEXT, currency: 'EUR' });
    assert.equal(euro, 'expenses up 80% (from €100 to €180 a day) since 30 Mar 2026');
    const [plain] = words(input('savings_amount', 0.3, changed(135_000, 50_000, 12), 120_000), {
      ...CONTEXT,
      currency: 'xx',
    });
    assert.match(plain!, /from 135,242 to 50,060/);
  });

  test('steps where there are no dates', () => {
    const undated = { ...CONTEXT, lastStep: 89, dateOf: () => null };
    assert.match(words(input('savings_amount', 0.3, changed(100, 50, 12), 90), undated)[0]!, /since day 78$/);
  });

  test('where nothing changed, what is unlike others', () => {
    assert.deepEqual(words(input('atm_withdrawals', 0.2, changed(4, 4, 5))), ['ATM withdrawals 4 a day (typical: 1)']);
    assert.deepEqual(words(input('atm_withdrawals', 0.2, changed(1, 1, 5))), [], 'nothing true can be said');
  });

  test('an own column by its name, an attribute by its value', () => {
    assert.match(words(input('pay_status', 0.2, changed(1, 3, 8)))[0]!, /^pay status up from 1 to 3 since/);
    const attribute = { ...input('age', 0.2, [61]), isStatic: true, typical: { mean: 35, standardDeviation: 9 } };
    assert.deepEqual(words(attribute), ['age 61 (typical: 35)']);
    const status = input('pay_status', 0.2, changed(2, 2, 5), -0.18);
    assert.deepEqual(words(status), ['pay status 2 (typical: −0.18)']);
  });

  test('what is on its way back to the typical is given as its level, unless the model means the way back', () => {
    const pays = [...Array.from({ length: 84 }, () => 7), 2, 2, 3, 2, 2, 3];
    const told = (contributions: number[]) => words({ ...input('PAY', 0, pays, 0), contributions });
    assert.deepEqual(told(byStep(0.01, 0.01, 6)), ['PAY 6.1 (typical: 0)']);
    assert.deepEqual(told(byStep(0.001, 0.03, 6)), ['PAY 6.1 (typical: 0)'], 'though late steps weigh more');
    assert.match(told(byStep(-0.01, 0.1, 6))[0]!, /^PAY down from 7 to 2.3 since/, 'steps before it speak against');
    const long = [
      ...Array.from({ length: 50 }, () => 7),
      ...Array.from({ length: 40 }, (_, i) => 2 + Number(i % 3 === 0)),
    ];
    assert.deepEqual(words(input('PAY', 0.3, long, 0)), ['PAY 2.3 (typical: 0)'], 'nor before the window');
  });

  test('a change beyond the typical needs the steps since to carry the reason, or the window to lie on that side', () => {
    const spent = (contributions: number[], typical: number, days = 6) =>
      words({ ...input('x', 0, changed(20, 60, days), typical), contributions })[0]!;
    assert.match(spent(byStep(0.01, 0.01, 6), 20), /^x up from 20/);
    assert.match(spent(byStep(0.02, 0.001, 6), 50), /^x 28/, 'the model saw how little it was before');
    assert.match(spent(byStep(0.001, 0.02, 6), 50), /^x up from/);
    const more = input('x', 0.3, changed(100, 120, 12), 50);
    assert.match(words(more)[0]!, /^x 108 /, 'most of it was there before the change');
  });

  test('of a change before the window the model sees the level alone', () => {
    assert.deepEqual(words(input('failed_autodebits', 0.3, changed(1, 3, 50))), [
      'failed autodebits 3 a day (typical: 1)',
    ]);
    assert.match(words(input('failed_autodebits', 0.3, changed(1, 3, 29)))[0]!, /since 13 Mar 2026$/, 'its second day');
    assert.match(
      words(input('failed_autodebits', 0.3, changed(1, 3, 30)))[0]!,
      /^failed autodebits 3 a day/,
      'its first',
    );
    const weeks: ReasonContext = { ...CONTEXT, window: 20, timeStep: 'week', lastStep: 2921 };
    const balance = (mean: number) => {
      const contributions = Array.from({ length: 20 }, () => 0.01);
      const typical = { mean, standardDeviation: 500 };
      return words({ ...input('balance', 0, changed(2_527, 3_819, 43, 60)), contributions, typical }, weeks);
    };
    assert.deepEqual(balance(1_500), ['balance 3,803 (typical: 1,500)']);
    assert.deepEqual(balance(3_819), [], 'nothing that it sees is unlike others');
  });

  test('a change in the window is told though a larger one lies before it', () => {
    const values = changed(1, 9, 50).map((value, i) => (i < 82 ? value : 1.5 * value));
    assert.match(words(input('pay_status', 0.3, values, 8))[0]!, /^pay status up from 9\S* to 13\S* since 3 Apr 2026$/);
  });

  test('the weightiest first, small ones not at all, and both directions', () => {
    const list = [
      input('a', 0.1, changed(1, 3, 8)),
      input('b', -0.5, changed(1, 3, 8)),
      input('c', 0.001, changed(1, 3, 8)),
    ];
    assert.deepEqual(
      reasonsOf(list, CONTEXT).map(({ feature }) => feature),
      ['b', 'a'],
    );
  });
});

describe('where a series changed', () => {
  test('noise has hardly ever a change', () => {
    const random = createRandom(11);
    let found = 0;
    for (let n = 0; n < 500; n++) if (changeOf(Array.from({ length: 60 }, () => random.next())) !== null) found++;
    assert.ok(found < 15, `${found} of 500`);
  });

  test('empty values are stepped over', () => {
    const series = changed(1, 5, 10, 40).map((value, i) => (i % 3 === 0 ? Number.NaN : value));
    assert.equal(changeOf(series)!.at, 31);
    assert.equal(changeOf(series.fill(Number.NaN)), null);
    assert.equal(changeOf([]), null);
  });

  test('a step without any noise', () => {
    assert.deepEqual(changeOf([0, 0, 0, 0, 0, 0, 1, 1, 1]), { at: 6, before: 0, after: 1 });
    assert.equal(changeOf([2, 2, 2, 2, 2, 2, 2, 2, 2]), null);
  });
});
