import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { epochDayOf, isoDate, lastDayOfStep, stepOfDate } from '../../src-main/sequences/calendar.ts';

const day = (iso: string) => {
  const [year, month, date] = iso.split('-').map(Number);
  const found = epochDayOf(year, month, date);
  assert.ok(found !== null, `${iso} is a date`);
  return found;
};

describe('days', () => {
  test('count from 1970-01-01, before it too', () => {
    const known = {
      '1970-01-01': 0,
      '1970-01-02': 1,
      '1969-12-31': -1,
      '2000-02-29': 11_016,
      '2026-11-23': 20_780,
      '1900-03-01': -25_508,
      '0001-01-01': -719_162,
      '0099-12-31': -683_004,
      '9999-12-31': 2_932_896,
    };
    for (const [iso, count] of Object.entries(known)) {
      assert.equal(day(iso), count, iso);
      assert.equal(isoDate(count), iso);
    }
  });

  test('no such date', () => {
    for (const [year, month, date] of [
      [2023, 2, 29],
      [2100, 2, 29],
      [1900, 2, 29],
      [2024, 2, 30],
      [2024, 4, 31],
      [2024, 13, 1],
      [2024, 0, 1],
      [2024, 1, 0],
      [2024, 1, 32],
      [0, 1, 1],
      [10_000, 1, 1],
      [NaN, 1, 1],
      [2024, NaN, 1],
      [2024, 1, NaN],
    ]) {
      assert.equal(epochDayOf(year, month, date), null, `${year}-${month}-${date}`);
    }
    assert.equal(isoDate(day('2000-02-29') + 1), '2000-03-01');
    assert.equal(isoDate(day('2024-02-29') + 1), '2024-03-01');
    assert.equal(isoDate(day('1900-02-28') + 1), '1900-03-01');
  });
});

describe('steps', () => {
  test('weeks count from Monday 1970-01-05 and end on Sunday', () => {
    for (const [iso, step, last] of [
      ['1970-01-05', 0, '1970-01-11'],
      ['1970-01-11', 0, '1970-01-11'],
      ['1970-01-12', 1, '1970-01-18'],
      ['1970-01-04', -1, '1970-01-04'],
      ['1970-01-01', -1, '1970-01-04'],
      ['1969-12-28', -2, '1969-12-28'],
      ['2024-02-29', 2825, '2024-03-03'],
    ] as const) {
      assert.equal(stepOfDate('week', day(iso)), step, iso);
      assert.equal(lastDayOfStep('week', step), last);
    }
  });

  test('months count from January 1970 and end on their last day', () => {
    for (const [iso, step, last] of [
      ['1970-01-01', 0, '1970-01-31'],
      ['1970-12-31', 11, '1970-12-31'],
      ['1969-12-01', -1, '1969-12-31'],
      ['1969-01-31', -12, '1969-01-31'],
      ['2024-02-01', 649, '2024-02-29'],
      ['2023-02-28', 637, '2023-02-28'],
      ['2005-09-30', 428, '2005-09-30'],
    ] as const) {
      assert.equal(stepOfDate('month', day(iso)), step, iso);
      assert.equal(lastDayOfStep('month', step), last);
    }
  });

  test('days are their own last day', () => {
    assert.equal(stepOfDate('day', -1), -1);
    assert.equal(lastDayOfStep('day', -1), '1969-12-31');
  });
});

/** Every date of the years, by the Gregorian rule alone. */
function* dates(from: number, to: number): Generator<[year: number, month: number, day: number]> {
  for (let year = from; year <= to; year++) {
    const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
    const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    for (let month = 1; month <= 12; month++) for (let d = 1; d <= lengths[month - 1]; d++) yield [year, month, d];
  }
}

test('every day of 1895 to 2105 makes the round trip, and lies in the step that ends on or after it', () => {
  let expected = day('1895-01-01');
  const mondays = new Set<number>();
  for (const [year, month, date] of dates(1895, 2105)) {
    const epochDay = epochDayOf(year, month, date);
    assert.equal(epochDay, expected);
    const iso = [year, month, date].map((part) => String(part).padStart(2, '0')).join('-');
    assert.equal(isoDate(epochDay), iso);
    assert.equal(stepOfDate('month', epochDay), (year - 1970) * 12 + month - 1);
    if (new Date(`${iso}T00:00:00Z`).getUTCDay() === 1) mondays.add(epochDay);
    const newWeek = stepOfDate('week', epochDay) !== stepOfDate('week', epochDay - 1);
    assert.equal(newWeek, mondays.has(epochDay), iso);
    for (const timeStep of ['day', 'week', 'month'] as const) {
      const step = stepOfDate(timeStep, epochDay);
      const last = day(lastDayOfStep(timeStep, step));
      assert.ok(last >= epochDay);
      assert.equal(stepOfDate(timeStep, last), step);
      assert.equal(stepOfDate(timeStep, last + 1), step + 1);
    }
    expected++;
  }
});
