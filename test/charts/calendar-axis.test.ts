import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  calendarTicks,
  dateOfDay,
  dayOfIso,
  dayOfStep,
  isoOfDay,
  shortDateOfDay,
  timeAxisLabel,
} from '../../src-renderer/charts/calendar-axis.ts';

const ticks = (first: string, last: string, most: number, timeStep?: 'week' | 'month') =>
  calendarTicks(dayOfIso(first), dayOfIso(last), most, timeStep).map(({ label }) => label);

test('days and dates', () => {
  assert.equal(dayOfIso('1970-01-05'), 4);
  assert.equal(isoOfDay(dayOfIso('2026-11-23')), '2026-11-23');
  assert.equal(dateOfDay(dayOfIso('2026-11-23')), '23 Nov 2026');
  assert.equal(shortDateOfDay(dayOfIso('2026-04-21')), '21 Apr');
});

test('ticks stand on days, Mondays or firsts of a month, as room allows', () => {
  assert.deepEqual(ticks('2026-02-01', '2026-02-03', 5), ['1 Feb 2026', '2 Feb', '3 Feb']);
  assert.deepEqual(ticks('2026-02-01', '2026-02-22', 5), ['2 Feb 2026', '9 Feb', '16 Feb']);
  assert.deepEqual(ticks('2026-02-01', '2026-05-01', 5), ['Feb 2026', 'Mar', 'Apr', 'May']);
  assert.deepEqual(ticks('2025-10-15', '2026-05-01', 5), ['Nov 2025', 'Jan 2026', 'Mar', 'May']);
});

test('where steps are weeks or months, ticks stand on their last days and are no finer', () => {
  assert.deepEqual(ticks('2025-11-30', '2026-02-28', 5, 'month'), ['Nov 2025', 'Dec', 'Jan 2026', 'Feb']);
  assert.deepEqual(ticks('2025-11-30', '2025-12-31', 12, 'month'), ['Nov 2025', 'Dec']);
  assert.deepEqual(ticks('2025-01-31', '2025-12-31', 5, 'month'), ['Jan 2025', 'Apr', 'Jul', 'Oct']);
  assert.deepEqual(ticks('2026-02-01', '2026-02-15', 12, 'week'), ['1 Feb 2026', '8 Feb', '15 Feb']);
  for (const timeStep of ['week', 'month'] as const) {
    const ends = Array.from({ length: 60 }, (_, step) => dayOfStep(timeStep, step));
    const values = calendarTicks(ends[0], ends[11], 12, timeStep).map(({ value }) => value);
    assert.deepEqual(values, ends.slice(0, 12), timeStep);
  }
});

test('an axis of steps without dates is called by what a step is', () => {
  assert.equal(timeAxisLabel(true, 'month'), 'Date');
  assert.equal(timeAxisLabel(false, 'month'), 'Month');
});

test('there are never more ticks than there is room for, and over a century still some', () => {
  for (const last of ['2026-02-03', '2026-09-01', '2031-01-01', '2126-01-01']) {
    for (const most of [2, 5, 12]) {
      const count = ticks('2026-02-01', last, most).length;
      assert.ok(count <= most, `${count} ticks to ${last}, room for ${most}`);
    }
  }
  assert.ok(ticks('2026-02-01', '2126-01-01', 12).length > 3);
});
