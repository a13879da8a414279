import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LineTrace } from '../../src-main/ledger/derive-history.ts';
import { createRuleBook } from '../../src-main/ledger/rule-book.ts';
import { bookOf, derived, line, NOTHING_KNOWN, rule } from './small-ledger.ts';

const INDIA = bookOf('IN');

test('a month of an Indian account, computed by hand', () => {
  const trace: LineTrace[] = [];
  const lines = [
    line('2026-04-01', 50_000, 'NEFT CR-CITI0000002-ACME LTD-SALARY APR', { balance: 62_000 }),
    line('2026-04-01', -10_000, 'ATW-512345XXXXXX1234-BENGALURU', { balance: 52_000 }),
    line('2026-04-03', -450.5, 'UPI/SWIGGY/609912/FOOD', { balance: 51_549.5 }),
    line('2026-04-03', -2_000, 'UPI-KREDITBEE-KREDITBEE@ICICI', { balance: 49_549.5 }),
    line('2026-04-05', -12_345, 'ACH D- BAJAJ FINANCE LTD-77', { balance: 37_204.5 }),
    line('2026-04-05', 12_345, 'ACH D RTN-BAJAJ FINANCE LTD-77', { balance: 49_549.5 }),
    line('2026-04-06', -590, 'ACH RTN CHGS 050426', { balance: 48_959.5 }),
    line('2026-04-06', -1_800, 'BIL/ONL/000123/BESCOM/HSR', { balance: 47_159.5 }),
    line('2026-04-06', -5_000, 'SIP HDFC MUTUAL FUND', { balance: 42_159.5 }),
  ];
  assert.deepEqual(derived(lines, INDIA, { trace }), {
    '2026-04-01': {
      salary_amount: 50_000,
      salary_received: 1,
      savings_amount: 52_000,
      daily_expenses: 10_000,
      atm_withdrawals: 1,
    },
    '2026-04-02': { savings_amount: 52_000 },
    '2026-04-03': {
      savings_amount: 49_549.5,
      daily_expenses: 2_450.5,
      discretionary_spending: 450.5,
      upi_lending_transactions: 1,
    },
    '2026-04-04': { savings_amount: 49_549.5 },
    '2026-04-05': { savings_amount: 49_549.5, failed_autodebits: 1 },
    '2026-04-06': { savings_amount: 42_159.5, daily_expenses: 2_390, utility_payment: 1_800 },
  });
  assert.equal(trace[4]!.note, 'Came back: it was not paid.');
  assert.deepEqual(trace[6]!.adds, [{ feature: 3, value: 590 }]);
  assert.match(trace[6]!.note!, /counted already/);
});

test('weeks and months have sums, counts, the last balance and the longest delay', () => {
  const lines = [
    line('2026-01-05', -100, 'BESCOM', { balance: 900 }),
    line('2026-02-05', -110, 'BESCOM', { balance: 790 }),
    line('2026-03-05', -120, 'BESCOM', { balance: 670 }),
    line('2026-04-09', -130, 'BESCOM', { balance: 540 }),
    line('2026-04-20', -40, 'ATW-1', { balance: 500 }),
    line('2026-04-28', -60, 'ATW-2', { balance: 440 }),
  ];
  assert.deepEqual(derived(lines, INDIA, { timeStep: 'month' }), {
    '2026-01-31': { savings_amount: 900, daily_expenses: 100, utility_payment: 100 },
    '2026-02-28': { savings_amount: 790, daily_expenses: 110, utility_payment: 110 },
    '2026-03-31': { savings_amount: 670, daily_expenses: 120, utility_payment: 120 },
    '2026-04-30': {
      savings_amount: 440,
      daily_expenses: 230,
      utility_payment: 130,
      utility_delay_days: 4,
      atm_withdrawals: 2,
    },
  });
  const weeks = derived(lines, INDIA, { timeStep: 'week' });
  assert.equal(Object.keys(weeks).length, 17);
  assert.deepEqual(weeks['2026-04-12'], {
    savings_amount: 540,
    daily_expenses: 130,
    utility_payment: 130,
    utility_delay_days: 4,
  });
  assert.deepEqual(weeks['2026-04-19'], { savings_amount: 540 });
});

test('a debit that came back was not paid; only in the step in which it came back', () => {
  const debit = line('2026-04-05', -500, 'BESCOM');
  const sameDay = derived([debit, line('2026-04-05', 500, 'ECS RTN BESCOM')], INDIA);
  assert.deepEqual(sameDay['2026-04-05'], { failed_autodebits: 1 });
  const nextDay = [debit, line('2026-04-06', 500, 'ECS RTN BESCOM')];
  assert.deepEqual(derived(nextDay, INDIA), {
    '2026-04-05': { savings_amount: -500, daily_expenses: 500, utility_payment: 500 },
    '2026-04-06': { failed_autodebits: 1 },
  });
  assert.deepEqual(derived(nextDay, INDIA, { timeStep: 'month' }), { '2026-04-30': { failed_autodebits: 1 } });
});

test('a fee counts as a failed autodebit only where no returned item came before it', () => {
  const fee = (date: string) => line(date, -100, 'CHQ RTN CHGS');
  assert.equal(derived([fee('2026-04-05')], INDIA)['2026-04-05']!['failed_autodebits'], 1);
  const feeFirst = derived([fee('2026-04-05'), line('2026-04-05', 70, 'ECS RTN XYZ')], INDIA);
  assert.equal(feeFirst['2026-04-05']!['failed_autodebits'], 1);
  const late = derived([line('2026-04-05', 70, 'ECS RTN XYZ'), fee('2026-04-16')], INDIA);
  assert.equal(late['2026-04-16']!['failed_autodebits'], 1);
  const twoFees = derived([line('2026-04-05', 70, 'ECS RTN XYZ'), fee('2026-04-05'), fee('2026-04-07')], INDIA);
  assert.deepEqual([twoFees['2026-04-05']!['failed_autodebits'], twoFees['2026-04-07']!['failed_autodebits']], [1, 1]);
});

test('lending counts both ways, and only money out is spent', () => {
  const rows = derived(
    [line('2026-04-05', 3_000, 'UPI-KREDITBEE'), line('2026-04-05', -1_000, 'UPI-MONEYVIEW')],
    INDIA,
  );
  assert.deepEqual(rows['2026-04-05'], { savings_amount: 2_000, daily_expenses: 1_000, upi_lending_transactions: 2 });
});

test('savings: the end of the day’s chain of balances, whichever way a file lists it', () => {
  const day = [
    line('2026-04-05', -100, 'A', { balance: 900 }),
    line('2026-04-05', 300, 'B', { balance: 1_200 }),
    line('2026-04-05', -50, 'C', { balance: 1_150 }),
  ];
  const savings = (lines: typeof day) => derived(lines, INDIA)['2026-04-05']!['savings_amount'];
  assert.equal(savings(day), 1_150);
  assert.equal(savings([...day].reverse()), 1_150);
  assert.equal(savings([day[1]!, day[0]!, day[2]!]), 1_150);
  const broken = [line('2026-04-05', -100, 'A', { balance: 10 }), line('2026-04-05', -7, 'B', { balance: 99 })];
  assert.equal(savings(broken), 99);
});

test('savings: several accounts are summed, each from its first transaction on', () => {
  const rows = derived(
    [
      line('2026-04-01', 100, 'A', { account: '1', balance: 1_000 }),
      line('2026-04-02', 10, 'B', { account: '2', balance: 50 }),
      line('2026-04-04', -200, 'C', { account: '1', balance: 800 }),
    ],
    INDIA,
  );
  assert.deepEqual(
    Object.values(rows).map((row) => row['savings_amount']),
    [1_000, 1_050, 1_050, 850],
  );
});

test('savings: without balances the running sum from the starting balance', () => {
  const lines = [line('2026-04-01', 100, 'A'), line('2026-04-02', -30.25, 'B'), line('2026-04-04', 5, 'C')];
  const savings = (startE4: number) =>
    Object.values(derived(lines, INDIA, { knowledge: { ...NOTHING_KNOWN, startE4: () => startE4 } })).map(
      (row) => row['savings_amount'],
    );
  assert.deepEqual(savings(0), [100, 69.75, 69.75, 74.75]);
  assert.deepEqual(savings(10_000_000), [1_100, 1_069.75, 1_069.75, 1_074.75]);
  const later = [...lines, line('2026-04-04', 1, 'D', { balance: 500 }), line('2026-04-05', -1, 'E')];
  assert.equal(derived(later, INDIA)['2026-04-05']!['savings_amount'], 499);
});

test('dates more than a century apart are refused', () => {
  assert.throws(() => derived([line('1926-04-01', 1, 'A'), line('2026-04-05', 1, 'B')], INDIA), {
    code: 'data-refused',
  });
});

test('no value depends on what comes later', () => {
  const lines = manyLines();
  const all = derived(lines, INDIA);
  for (const cut of [1, 7, 40, 111, 200]) {
    const kept = lines.slice(0, cut);
    // A step is known once it is over.
    const whole = kept.filter(({ bookingDay }) => bookingDay < lines[cut]!.bookingDay);
    for (const [date, row] of Object.entries(whole.length === 0 ? {} : derived(whole, INDIA))) {
      assert.deepEqual(row, all[date], date);
    }
  }
});

test('amounts are exact, whatever their number', () => {
  const book = createRuleBook([rule('r', { behaviour: 'discretionary', patterns: ['x'] })], []);
  const lines = Array.from({ length: 1_000 }, () => line('2026-04-01', -0.1, 'x'));
  assert.equal(derived(lines, book)['2026-04-01']!['discretionary_spending'], 100);
});

/** Everything at once, by a fixed pattern. */
function manyLines() {
  const texts = [
    'BESCOM',
    'ATW-1',
    'UPI SWIGGY',
    'ACH D- BAJAJ',
    'ACH D RTN',
    'RTN CHG',
    'NEFT SALARY',
    'UPI RAMESH',
    'NEFT ACME',
  ];
  return Array.from({ length: 240 }, (_, i) => {
    const date = new Date(Date.UTC(2026, 0, 1 + Math.floor(i * 0.8))).toISOString().slice(0, 10);
    const text = texts[(i * 7) % texts.length]!;
    const isIn = ['ACH D RTN', 'NEFT SALARY', 'NEFT ACME'].includes(text);
    return line(date, (isIn ? 1 : -1) * (100 + ((i * 37) % 9) * 10), text);
  });
}
