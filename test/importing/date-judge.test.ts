import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  createDateJudge,
  dateReader,
  detectDateFormat,
  looksLikeDate,
  standsForNoDate,
} from '../../src-main/importing/dates.ts';
import { isoDate } from '../../src-main/sequences/calendar.ts';
import { epochDayOf } from '../../src-main/sequences/calendar.ts';
import { createRandom } from '../../src-main/sequences/random.ts';
import { failure } from './recording-target.ts';

const TODAY = epochDayOf(2026, 11, 25)!;

function judged(values: readonly string[], column = 'booked'): string | null {
  const judge = createDateJudge(column, TODAY);
  for (const value of values) judge.add(value);
  return judge.decide();
}

/** Texts of days in 2026, day first. */
const written = (days: readonly string[], sign = '/') =>
  days.map((day) => day.split('.').reverse().reverse().join(sign));

describe('day and month by the order of the rows', () => {
  const sorted = written([
    '03.04.2026',
    '05.04.2026',
    '09.04.2026',
    '02.05.2026',
    '11.05.2026',
    '04.06.2026',
    '10.06.2026',
  ]);

  test('sorted in one reading, jumping in the other', () => {
    assert.equal(judged(sorted), 'dd/MM/yyyy');
    assert.equal(judged([...sorted].reverse()), 'dd/MM/yyyy');
    // Repeated, and customer after customer.
    assert.equal(judged([...sorted, ...sorted.flatMap((text) => [text, text]), ...sorted]), 'dd/MM/yyyy');
    const monthFirst = sorted.map((text) => text.replace(/^(..).(..)/, '$2/$1'));
    assert.equal(judged(monthFirst), 'MM/dd/yyyy');
  });

  test('not when both go up, nor when neither does, nor when sorted as texts', () => {
    const firsts = Array.from({ length: 12 }, (_, i) => `${String(i + 1).padStart(2, '0')}/01/2025`);
    assert.throws(
      () => judged(firsts),
      failure('data-refused', 'booked', 'dateFormat=dd/MM/yyyy or dateFormat=MM/dd/yyyy'),
    );
    const shuffled = [4, 0, 6, 2, 5, 1, 3].map((i) => sorted[i]!);
    assert.throws(() => judged(shuffled), failure('data-refused', 'dateFormat='));
    const asTexts = ['01/05/2025', '01/06/2025', '02/05/2025', '02/06/2025', '08/05/2025', '08/06/2025', '09/05/2025'];
    assert.throws(() => judged(asTexts), failure('data-refused', 'dateFormat='));
  });

  test('not by a few rows', () => {
    assert.throws(() => judged(sorted.slice(0, 4)), failure('data-refused', 'dateFormat='));
  });

  test('nor against dates that are read one way only', () => {
    assert.equal(judged([...sorted, '12/31/2026']), 'MM/dd/yyyy');
  });
});

describe('day and month by dates that would be far ahead', () => {
  const values = ['05/03/2026', '07/02/2026', '04/01/2026', '09/03/2026', '10/04/2026'];
  const on = (today: number, texts: readonly string[]) => {
    const judge = createDateJudge('booked', today);
    for (const text of texts) judge.add(text);
    return judge.decide();
  };

  test('a history ends about today', () => {
    const today = epochDayOf(2026, 5, 10)!;
    assert.equal(on(today, values), 'dd/MM/yyyy');
    assert.equal(
      on(
        today,
        values.map((text) => text.replace(/^(..).(..)/, '$2/$1')),
      ),
      'MM/dd/yyyy',
    );
  });

  test('dates of long ago could be either', () => {
    assert.throws(() => on(TODAY + 3000, values), failure('data-refused', 'dateFormat='));
  });
});

describe('two-digit years', () => {
  test('by what they span', () => {
    const days = Array.from({ length: 28 }, (_, i) => String(i + 1).padStart(2, '0'));
    assert.equal(judged(days.map((day) => `${day}.04.26`)), 'dd.MM.yy');
    assert.equal(judged(days.map((day) => `26.04.${day}`)), 'yy.MM.dd');
    assert.equal(judged(days.map((day) => `11-04-${day}`)), 'yy-MM-dd');
    assert.equal(judged(days.map((day) => `${day}-04-11`)), 'dd-MM-yy');
    assert.equal(judged(days.map((day) => `${day}0426`)), 'ddMMyy');
    assert.equal(judged(days.map((day) => `2604${day}`)), 'yyMMdd');
  });

  test('one value of long ago leaves it open', () => {
    assert.throws(() => judged(['13-04-15']), failure('data-refused', 'yy-MM-dd'));
  });
});

describe('strays, nothing and no date', () => {
  test('are no evidence', () => {
    assert.equal(judged(['n/a', '-', '00.00.0000', '0', '9999-12-31', '', 'NULL', '31.01.2026']), 'dd.MM.yyyy');
    assert.equal(judged(['9999-12-31', '00000000', '-']), null);
  });

  test('a few of another way are left aside, many refuse with their values', () => {
    const days = Array.from({ length: 28 }, (_, i) => `2026-04-${String(i + 1).padStart(2, '0')}`);
    assert.equal(judged([...days, '29.04.2026']), 'yyyy-MM-dd');
    assert.throws(
      () => judged([...days.slice(0, 10), '29.04.2026', '30.04.2026']),
      failure('data-refused', '2026-04-01 (yyyy-MM-dd', '29.04.2026 (dd.MM.yyyy', 'dateFormat=yyyy-MM-dd|dd.MM.yyyy'),
    );
    assert.throws(
      () => judged(['2026-04-01', '01/04/2026', 'Apr 1, 2026', '1.4.2026']),
      failure('data-refused', 'several'),
    );
  });

  test('with and without a time of day', () => {
    const format = judged(['2026-04-01 10:00:00', '2026-04-02', '2026-04-03 00:00:00.5', '2026-04-04 10:00:00'])!;
    assert.equal(format, 'yyyy-MM-dd HH:mm:ss|yyyy-MM-dd|yyyy-MM-dd HH:mm:ss.SSS');
    assert.equal(dateReader(format)('2026-04-02'), epochDayOf(2026, 4, 2));
    assert.equal(judged(['1/4/2026 9:05', '13/4/2026 10:05']), 'd/M/yyyy H:mm');
  });

  test('both ways round are refused with a value of each', () => {
    assert.throws(
      () => judged(['13/04/2026', '04/13/2026', '05/06/2026']),
      failure('data-refused', '(13/04/2026)', '(04/13/2026)', 'only'),
    );
  });

  test('what stands for no date', () => {
    for (const text of [
      '0',
      '00.00.0000',
      '0000-00-00',
      '0000-00-00 00:00:00',
      '00000000',
      '9999-12-31',
      '31.12.9999',
    ]) {
      assert.ok(standsForNoDate(text), text);
    }
    for (const text of ['99991231', '31129999', '12/31/9999', '9999-12-31T23:59:59', '0001-01-01', '01.01.0001']) {
      assert.ok(standsForNoDate(text), text);
    }
    for (const text of ['', '10.10.2010', '2000-01-01', '19991231', '1900-01-01', '01.01.1970', '199912']) {
      assert.ok(!standsForNoDate(text), text);
    }
  });
});

describe('numbers that count are dates where the name says so', () => {
  test('Excel and Unix', () => {
    assert.equal(judged(['46127', '46128.5', '46129'], 'Booking date'), 'excel');
    assert.equal(judged(['46127', '46128', '46129'], 'Buchungsdatum'), 'excel');
    assert.equal(judged(['1776211200', '1776297600'], 'timestamp'), 'unix');
    assert.equal(judged(['1776211200000', '1776297600000'], 'fecha'), 'unixMs');
    assert.equal(judged(['46127', '46128', '46129'], 'amount'), null);
    assert.equal(judged(['46127', '46128', '46129'], 'day'), null);
    assert.equal(judged(['1', '2', '46129'], 'date'), null);
    assert.equal(judged(['461270', '70000'], 'date'), null);
  });

  test('days of a number that lost its zero', () => {
    assert.equal(judged(['1042026', '15042026']), 'dMMyyyy');
  });
});

describe('months by name', () => {
  test('Croatian months are told from Polish and Czech ones', () => {
    assert.equal(judged(['1 lis 2025', '3 gru 2025', '5 lip 2025']), 'd MMM yyyy');
    const croatian = judged(['1. lis 2025', '3. stu 2025', '5. lip 2025', '6. srp 2025'])!;
    assert.equal(croatian, 'd. MMM yyyy@hr');
    assert.equal(isoDate(dateReader(croatian)('1. lis 2025')!), '2025-10-01');
    assert.equal(isoDate(dateReader(croatian)('6. srp 2025')!), '2025-07-06');
    assert.throws(() => judged(['1 listopada 2025']), failure('data-refused', 'Croatian', '@hr'));
  });
});

describe('dates written in any format read back equal', () => {
  const random = createRandom(23);
  const pick = <T>(list: readonly T[]): T => list[random.integer(0, list.length - 1)]!;
  const two = (n: number) => String(n).padStart(2, '0');

  interface Parts {
    y: number;
    m: number;
    d: number;
    name(style: 'long' | 'short', language: string): string;
    weekday(language: string): string;
  }

  const LANGUAGES = 'en de fr es it pt nl da nb sv fi pl cs sk hu ro et lv sl tr el'.split(' ');

  function partsOf(day: number): Parts {
    const date = new Date(day * 86_400_000);
    const part = (language: string, type: 'month' | 'weekday', options: Intl.DateTimeFormatOptions) =>
      new Intl.DateTimeFormat(language, { timeZone: 'UTC', ...options })
        .formatToParts(date)
        .find((found) => found.type === type)!.value;
    return {
      y: date.getUTCFullYear(),
      m: date.getUTCMonth() + 1,
      d: date.getUTCDate(),
      name: (style, language) => part(language, 'month', { day: 'numeric', month: style, year: 'numeric' }),
      weekday: (language) => part(language, 'weekday', { weekday: 'short' }),
    };
  }

  type Writer = (parts: Parts, language: string) => string;
  const WRITERS: readonly Writer[] = [
    ...['-', '/', '.'].flatMap((sign): Writer[] => [
      ({ y, m, d }) => [y, two(m), two(d)].join(sign),
      ({ y, m, d }) => [y, m, d].join(sign),
      ({ y, m, d }) => [two(d), two(m), y].join(sign),
      ({ y, m, d }) => [d, m, y].join(sign),
      ({ y, m, d }) => [two(d), two(m), two(y % 100)].join(sign),
    ]),
    ({ y, m, d }) => `${two(m)}/${two(d)}/${y}`,
    ({ y, m, d }) => `${m}/${d}/${y}`,
    ({ y, m, d }) => `${two(m)}-${two(d)}-${y}`,
    ({ y, m, d }) => `${y}${two(m)}${two(d)}`,
    ({ y, m, d }) => `${two(d)}${two(m)}${y}`,
    ({ y, m, d }) => `${y}年${m}月${d}日`,
    ({ y, m, d }) => `${y}. ${m}. ${d}.`,
    (p, language) => `${p.d} ${p.name('short', language)} ${p.y}`,
    (p, language) => `${two(p.d)}-${p.name('short', language)}-${p.y}`,
    (p, language) => `${two(p.d)} ${p.name('long', language).toUpperCase()} ${two(p.y % 100)}`,
    (p, language) => `${p.name('long', language)} ${p.d}, ${p.y}`,
    (p, language) => `${p.d}. ${p.name('long', language)} ${p.y}`,
    (p) => `${p.weekday('en')}, ${two(p.d)}/${two(p.m)}/${p.y}`,
    (p) => `${p.weekday('de')}. ${p.d}.${p.m}.${p.y}`,
    (p) => `${p.weekday('en')} ${p.name('short', 'en')} ${p.d} ${p.y}`,
  ];
  const TIMES: readonly (() => string)[] = [
    () => '',
    () => ` ${two(random.integer(0, 23))}:${two(random.integer(0, 59))}`,
    () => `T${two(random.integer(0, 23))}:${two(random.integer(0, 59))}:${two(random.integer(0, 59))}`,
    () => `T10:20:${two(random.integer(0, 59))}.${random.integer(100, 999)}+0${random.integer(0, 9)}:00`,
    () => ` ${random.integer(1, 12)}:${two(random.integer(0, 59))} ${pick(['AM', 'PM'])}`,
    () => ` ${two(random.integer(0, 23))}:00:00 CET`,
  ];

  test('one column at a time, sorted or not', () => {
    const first = epochDayOf(2019, 1, 1)!;
    for (let column = 0; column < 250; column++) {
      const write = pick(WRITERS);
      const time = pick(TIMES);
      const language = pick(LANGUAGES);
      const start = random.integer(first, TODAY - 400);
      const days = Array.from({ length: 60 }, () => random.integer(start, start + 380));
      if (random.integer(0, 1) === 0) days.sort((a, b) => a - b);
      const cells = days.map((day) => write(partsOf(day), language) + time());
      const format = judged(cells);
      assert.notEqual(format, null, cells.slice(0, 3).join(' | '));
      const read = dateReader(format!);
      cells.forEach((cell, i) => {
        const found = read(cell);
        assert.equal(found === null ? null : isoDate(found), isoDate(days[i]!), `${cell} as ${format}`);
        assert.ok(looksLikeDate(cell), cell);
      });
    }
  });

  test('no day of February is made up', () => {
    const read = dateReader('dd.MM.yyyy');
    for (const text of [
      '29.02.2025',
      '30.02.2024',
      '31.04.2025',
      '00.01.2025',
      '01.00.2025',
      '01.13.2025',
      '32.01.2025',
    ]) {
      assert.equal(read(text), null, text);
    }
    assert.equal(detectDateFormat('when', ['31.02.2025', '30.02.2025']), null);
  });
});
