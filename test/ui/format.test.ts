import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  clock,
  count,
  counted,
  date,
  dateTime,
  duration,
  estimate,
  fileSize,
  groupingOf,
  inUnit,
  interval,
  metric,
  money,
  percent,
  monthName,
  points,
  pValue,
  quantity,
  rate,
  signed,
  stepName,
  timeLeft,
} from '../../src-renderer/ui/format.ts';

describe('figures', () => {
  test('one of a unit is in the singular', () => {
    assert.deepEqual(
      [1, 2].map((value) => inUnit(value, 'weeks')),
      ['1 week', '2 weeks'],
    );
  });

  test('a metric has three decimals and its interval beside it', () => {
    assert.equal(metric(0.9119), '0.912');
    assert.equal(estimate({ value: 0.9119, low: 0.897, high: 0.9261 }), '0.912 [0.897, 0.926]');
    assert.equal(estimate({ value: 0.5, low: null, high: null }), '0.500');
    assert.equal(interval({ low: -0.0114, high: 0.02 }), '[−0.011, 0.020]');
  });

  test('what is not there is n/a', () => {
    assert.equal(metric(null), 'n/a');
    assert.equal(estimate({ value: null, low: 0.1, high: 0.2 }), 'n/a');
    for (const write of [signed, percent, points, pValue, count, quantity, duration]) {
      assert.equal(write(null), 'n/a');
      assert.equal(write(NaN), 'n/a');
    }
    assert.equal(money(null, { currency: 'INR' }), 'n/a');
    assert.equal(date(null), 'n/a');
    assert.equal(dateTime('soon'), 'n/a');
  });

  test('a difference carries its sign, a rounded zero none', () => {
    assert.equal(signed(0.0123), '+0.012');
    assert.equal(signed(-0.0123), '−0.012');
    assert.equal(signed(0.0004), '0.000');
    assert.equal(signed(-0.0004), '0.000');
    assert.equal(points(0.312), '+31.2 pts');
    assert.equal(monthName('2005-04-30'), 'Apr 2005');
    assert.equal(points(-0.05), '−5.0 pts');
  });

  test('a PD is a percentage with one decimal', () => {
    assert.equal(percent(0.8641), '86.4%');
    assert.equal(percent(0), '0.0%');
    assert.equal(percent(1), '100.0%');
  });

  test('p values', () => {
    assert.equal(pValue(0.0412), '.041');
    assert.equal(pValue(0.0002), '< .001');
    assert.equal(pValue(1), '1.000');
  });

  test('counts are grouped, in lakh where asked', () => {
    assert.equal(count(89970), '89,970');
    assert.equal(count(1234567), '1,234,567');
    assert.equal(count(1234567, 'lakh'), '12,34,567');
    assert.equal(count(-1200), '−1,200');
    assert.equal(counted(1, 'customer'), '1 customer');
    assert.equal(counted(2000, 'customer'), '2,000 customers');
    assert.equal(counted(0, 'history', 'histories'), '0 histories');
  });

  test('a quantity has the decimals its size asks for', () => {
    assert.equal(quantity(12340.4), '12,340');
    assert.equal(quantity(63.25), '63.3');
    assert.equal(quantity(2.125), '2.13');
    assert.equal(quantity(3), '3');
    assert.equal(quantity(0.0412), '0.041');
    assert.equal(quantity(-1234567.5, 'lakh'), '−12,34,568');
  });

  test('rates are rounded to two figures', () => {
    assert.equal(rate(8937, 'windows'), '8,900 windows/s');
    assert.equal(rate(57.4, 'windows'), '57 windows/s');
  });
});

describe('money', () => {
  test('in the grouping of its currency', () => {
    assert.equal(money(1234567, { currency: 'INR' }), '₹12,34,567');
    assert.equal(money(1234567, { currency: 'EUR' }), '€1,234,567');
    assert.equal(money(1234567, { currency: 'USD' }), '$1,234,567');
    assert.equal(money(12553, { currency: 'TWD' }), 'NT$12,553');
    assert.equal(money(-12553, { currency: 'CAD' }), '−CA$12,553');
    assert.equal(money(12553, { currency: 'usd' }), '$12,553');
    assert.equal(groupingOf('inr'), 'lakh');
    assert.equal(groupingOf('GBP'), 'thousands');
  });

  test('in a grouping of the analyst’s choice, with decimals', () => {
    assert.equal(money(1234567.891, { currency: 'INR', grouping: 'thousands', digits: 2 }), '₹1,234,567.89');
    assert.equal(money(-1200.5, { currency: 'EUR', digits: 2 }), '−€1,200.50');
  });

  test('nothing is not less than nothing', () => assert.equal(money(-0.2, { currency: 'INR' }), '₹0'));

  test('an unknown currency is written as it stands', () => {
    assert.equal(money(-1234567, { currency: 'points' }), '−points 1,234,567');
  });
});

describe('time', () => {
  test('a date is its own, in every time zone', () => {
    assert.equal(date('2026-11-23'), '23 Nov 2026');
    assert.equal(date('2026-01-01'), '1 Jan 2026');
  });

  test('a moment is told in the time zone of the machine', () => {
    const local = new Date(2026, 10, 23, 14, 5);
    assert.equal(dateTime(local.toISOString()), '23 Nov 2026, 14:05');
  });

  test('a step without a date is told by its number', () => {
    assert.equal(stepName(20780, '2026-11-23'), '23 Nov 2026');
    assert.equal(stepName(12, null), 'day 12');
    assert.equal(stepName(3, null, 'month'), 'month 3');
  });

  test('durations', () => {
    assert.equal(duration(4.23), '4.2 s');
    assert.equal(duration(9.97), '10 s');
    assert.equal(duration(48.4), '48 s');
    assert.equal(duration(185), '3:05 min');
    assert.equal(duration(3725), '1:02:05 h');
    assert.equal(clock(100), '1:40');
    assert.equal(clock(-3), '0:00');
    assert.equal(timeLeft(100), '1:40 left');
    assert.equal(timeLeft(null), '');
  });

  test('sizes of files', () => {
    assert.equal(fileSize(0), '0 bytes');
    assert.equal(fileSize(66_000_000), '66 MB');
    assert.equal(fileSize(1_240), '1.2 KB');
    assert.equal(fileSize(3_400_000_000), '3.4 GB');
  });
});
