import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UtilityDelay } from '../../src-main/ledger/utility-delay.ts';
import { bookOf, dayOf, derived, line, NOTHING_KNOWN } from './small-ledger.ts';

const delays = (dueDay: number | null, ...dates: string[]) => {
  const payee = new UtilityDelay(dueDay);
  return dates.map((date) => payee.pay(dayOf(date)));
};

test('the usual day is the median of the first three payments, known from the third on', () => {
  assert.deepEqual(delays(null, '2026-01-05', '2026-02-05', '2026-03-05', '2026-04-09', '2026-05-05'), [0, 0, 0, 4, 0]);
  assert.deepEqual(delays(null, '2026-01-05', '2026-02-20', '2026-03-07'), [0, 0, 0]);
  assert.deepEqual(delays(null, '2026-01-05', '2026-02-05', '2026-03-09'), [0, 0, 4]);
});

test('a due day that the analyst gives counts from the first payment on', () => {
  assert.deepEqual(delays(10, '2026-01-12', '2026-02-10', '2026-03-31'), [2, 0, 21]);
});

test('who pays before the day, or twice, is not late', () => {
  assert.deepEqual(delays(10, '2026-01-08', '2026-02-03', '2026-02-11', '2026-03-10', '2026-03-25'), [29, 0, 0, 0, 0]);
});

test('a month that lacks the day has it on its last', () => {
  assert.deepEqual(delays(31, '2026-01-31', '2026-02-28', '2026-03-31', '2026-05-02'), [0, 0, 0, 2]);
  assert.deepEqual(delays(30, '2025-12-30', '2026-01-30', '2026-03-02'), [0, 0, 2]);
  assert.deepEqual(delays(29, '2028-02-29', '2028-03-30'), [0, 1]);
});

test('payments around the turn of a year', () => {
  assert.deepEqual(delays(28, '2025-11-28', '2026-01-03', '2026-01-28'), [0, 6, 0]);
});

test('payees are told apart, and the longest delay of a step counts', () => {
  const monthly = (text: string, days: string[]) => days.map((day) => line(day, -50, text));
  const lines = [
    ...monthly('BESCOM', ['2026-01-05', '2026-02-05', '2026-03-05', '2026-04-14']),
    ...monthly('AIRTEL', ['2026-01-12', '2026-02-12', '2026-03-12', '2026-04-14']),
  ].sort((a, b) => a.bookingDay - b.bookingDay);
  const rows = derived(lines, bookOf('IN'));
  assert.equal(rows['2026-04-14']!['utility_delay_days'], 9);
  assert.equal(rows['2026-03-12']!['utility_delay_days'], undefined);
  const dueDay = (payee: string) => (payee === 'airtel*' ? 1 : null);
  const known = derived(lines, bookOf('IN'), { knowledge: { ...NOTHING_KNOWN, dueDay } });
  assert.equal(known['2026-01-12']!['utility_delay_days'], 11);
  assert.equal(known['2026-04-14']!['utility_delay_days'], 13);
});
