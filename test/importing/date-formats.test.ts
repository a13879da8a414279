import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { dateReader, dayMonthOrder, detectDateFormat, hasDay, looksLikeDate } from '../../src-main/importing/dates.ts';
import { epochDayOf, isoDate } from '../../src-main/sequences/calendar.ts';
import { failure } from './recording-target.ts';

const april = (day: number) => epochDayOf(2026, 4, day)!;

describe('one value, one format', () => {
  const CASES: readonly (readonly [text: string, format: string, day?: number])[] = [
    ['2026-04-15', 'yyyy-MM-dd'],
    ['2026/04/15', 'yyyy/MM/dd'],
    ['2026.04.15', 'yyyy.MM.dd'],
    ['2026. 4. 15.', 'yyyy. M. d.'],
    ['2026-4-5', 'yyyy-M-d', 5],
    ['15.04.2026', 'dd.MM.yyyy'],
    ['15.4.2026', 'd.M.yyyy'],
    ['5. 4. 2026', 'd. M. yyyy', 5],
    ['15.04.2026.', 'dd.MM.yyyy.'],
    ['15/04/2026', 'dd/MM/yyyy'],
    ['04/15/2026', 'MM/dd/yyyy'],
    ['4/15/2026', 'M/d/yyyy'],
    ['15-04-2026', 'dd-MM-yyyy'],
    ['15 04 2026', 'dd MM yyyy'],
    ['15.04.26', 'dd.MM.yy'],
    ['04/15/26', 'MM/dd/yy'],
    ['15042026', 'ddMMyyyy'],
    ['04152026', 'MMddyyyy'],
    ['20260415', 'yyyyMMdd'],
    ['20260415103000[0:GMT]', 'yyyyMMddHHmmssz'],
    ['20260415103000[-5:EST]', 'yyyyMMddHHmmssz'],
    ['20260415103000[+5.30]', 'yyyyMMddHHmmssz'],
    ['202604', 'yyyyMM', 1],
    ['042026', 'MMyyyy', 1],
    ['2026-04', 'yyyy-MM', 1],
    ['04/2026', 'MM/yyyy', 1],
    ['04.2026', 'MM.yyyy', 1],
    ['Apr 2026', 'MMM yyyy', 1],
    ['Apr-26', 'MMM-yy', 1],
    ['April 2026', 'MMMM yyyy', 1],
    ['2026 Apr', 'yyyy MMM', 1],
    ['15-Apr-2026', 'dd-MMM-yyyy'],
    ['15-APR-26', 'dd-MMM-yy'],
    ['15 Apr 2026', 'dd MMM yyyy'],
    ['5 Apr 2026', 'd MMM yyyy', 5],
    ['Apr 15, 2026', 'MMM dd, yyyy'],
    ['April 5 2026', 'MMMM d yyyy', 5],
    ['2026-Apr-15', 'yyyy-MMM-dd'],
    ['15APR2026', 'ddMMMyyyy'],
    ['15. April 2026', 'dd. MMMM yyyy'],
    ['15. Apr. 2026', 'dd. MMM yyyy'],
    ['15.Apr.2026', 'dd.MMM.yyyy'],
    ['15-apr.-2026', 'dd-MMM-yyyy'],
    ['1st April 2026', 'd MMMM yyyy', 1],
    ['April 2nd, 2026', 'MMMM d, yyyy', 2],
    ['1er avril 2026', 'd MMMM yyyy', 1],
    ['1º de abril de 2026', "d 'de' MMMM 'de' yyyy", 1],
    ['1° aprile 2026', 'd MMMM yyyy', 1],
    ["1 Apr '26", "d MMM ''yy", 1],
    ['Mon 13/04/2026', 'EEE dd/MM/yyyy', 13],
    ['mi. 15.4.2026', 'EEE d.M.yyyy'],
    ['Wed, 15 Apr 2026', 'EEE, dd MMM yyyy'],
    ['Wednesday, April 15, 2026', 'EEE, MMMM dd, yyyy'],
    ['mar. 14 avr. 2026', 'EEE dd MMM yyyy', 14],
    ['2026年4月15日', 'yyyy年M月d日'],
    ['2026年04月15日', 'yyyy年MM月dd日'],
    ['2026년 4월 15일', 'yyyy년 M월 d일'],
    ['2026. ápr. 15.', 'yyyy. MMM dd.'],
    ['2026:04:15', 'yyyy:MM:dd'],
    ['2026:04:15 10:00:00', 'yyyy:MM:dd HH:mm:ss'],
    ['2026-04-15T10:00:00Z', "yyyy-MM-dd'T'HH:mm:ssXXX"],
    ['2026-04-15T10:00:00.123Z', "yyyy-MM-dd'T'HH:mm:ss.SSSXXX"],
    ['2026-04-15T23:30:00+02:00', "yyyy-MM-dd'T'HH:mm:ssXXX"],
    ['2026-04-15T00:30:00-0800', "yyyy-MM-dd'T'HH:mm:ssZ"],
    ['2026-04-15 23:30:00 UTC', 'yyyy-MM-dd HH:mm:ss z'],
    ['2026-04-15 00:30 CET', 'yyyy-MM-dd HH:mm z'],
    ['2026-04-15 10:00:00.123456', 'yyyy-MM-dd HH:mm:ss.SSS'],
    ['2026-04-15-10.30.15.123456', 'yyyy-MM-dd-HH.mm.ss.SSS'],
    ['15.04.2026 10:00', 'dd.MM.yyyy HH:mm'],
    ['15.04.2026, 10:00', 'dd.MM.yyyy, HH:mm'],
    ['15.04.2026 10:30 Uhr', "dd.MM.yyyy HH:mm 'Uhr'"],
    ['15.4.2026 klo 9.30', "d.M.yyyy 'klo' H.mm"],
    ['15/04/2026 10:00 AM', 'dd/MM/yyyy hh:mm a'],
    ['04/15/2026 3:05:01 PM', 'MM/dd/yyyy h:mm:ss a'],
    ['04/15/2026 3:05 p.m.', 'MM/dd/yyyy h:mm a'],
    ['20260415103000', 'yyyyMMddHHmmss'],
    ['202604151030', 'yyyyMMddHHmm'],
    ['20260415 10:30', 'yyyyMMdd HH:mm'],
    ['20260415T103000Z', "yyyyMMdd'T'HHmmssXXX"],
  ];

  for (const [text, format, day = 15] of CASES) {
    test(text, () => {
      assert.equal(detectDateFormat('when', [text]), format);
      const found = dateReader(format)(text);
      assert.equal(found === null ? null : isoDate(found), isoDate(april(day)));
      assert.equal(looksLikeDate(text), !/^\d{6}$/.test(text));
    });
  }

  test('what is no date', () => {
    for (const text of [
      '',
      ' ',
      'hello',
      'Stand 15.04.2026',
      '12:30:45',
      '10 11 12',
      '1.234.567',
      '1.5',
      '-5',
      '31.02.2026',
      '2026-13-13',
      '15.04.1899',
      '15.04.2101',
      '1-Foo-2026',
      '15-Apr',
      '2026-04-15 25:00',
      '2026-04-15 10:61',
      '2026-04-15 and more',
      'Ref 2026-04-15',
      'April',
      '123456789',
      '4111111111111111',
      '０１．０４．２０２６',
    ]) {
      assert.ok(!looksLikeDate(text), text);
      assert.equal(detectDateFormat('when', [text]), null, text);
    }
  });

  test('cells of any length and kind end at once', () => {
    const long = 100_000;
    for (const cell of [
      '1'.repeat(long),
      '1.'.repeat(long),
      'a'.repeat(long),
      ' '.repeat(long),
      '2026-04-15'.repeat(long),
    ]) {
      assert.ok(!looksLikeDate(cell));
      assert.equal(detectDateFormat('date', [cell]), null);
      assert.equal(dateReader('yyyy-MM-dd')(cell), null);
    }
    const dense = ['0.'.repeat(40), `2026${'-'.repeat(70)}`, "'".repeat(70), `1${' '.repeat(60)}Apr 2026`];
    for (const cell of dense) assert.ok(!looksLikeDate(cell), cell);
  });
});

describe('formats that are given', () => {
  const reads = (format: string, text: string, day = 15) => {
    const found = dateReader(format)(text);
    assert.equal(found === null ? null : isoDate(found), isoDate(april(day)), `${format} ${text}`);
  };

  test('every token', () => {
    reads('EEEE, d. MMMM y', 'Mittwoch, 15. April 2026');
    reads('d.M.y', '15.4.26');
    reads('yyyy-MM-dd H:m:s.S', '2026-04-15 9:5:7.1');
    reads('yyyy-MM-dd hh:mm a', '2026-04-15 09:30 am');
    reads("yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX", '2026-04-15T09:30:00.123456+02:00');
    reads("yyyy-MM-dd'T'HH:mm:ssX", '2026-04-15T09:30:00+02');
    reads('yyyy-MM-dd HH:mm:ss Z', '2026-04-15 09:30:00 +0200');
    reads('yyyy-MM-dd HH:mm:ss z', '2026-04-15 09:30:00 Europe/Berlin');
    reads("'on' dd/MM/yyyy", 'on 15/04/2026');
    reads("d 'o''clock' MM yyyy".replace("''", ''), '15 oclock 04 2026');
    reads('dd MMM yyyy', '15  Apr\u00a02026');
    reads('dMMyyyy', '15042026');
    reads('dMMyyyy', '5042026', 5);
  });

  test('the date as written counts, whatever the zone', () => {
    reads("yyyy-MM-dd'T'HH:mm:ssXXX", '2026-04-15T23:59:59-11:00');
    reads("yyyy-MM-dd'T'HH:mm:ssXXX", '2026-04-15T00:00:01+14:00');
  });

  test('several formats, tried in the order given', () => {
    const format = 'dd/MM/yyyy|MM/dd/yyyy|yyyy-MM-dd';
    reads(format, '15/04/2026');
    reads(format, '04/15/2026');
    reads(format, '2026-04-15');
    reads(format, '05/04/2026', 5);
    reads("yyyy'|'MM'|'dd", '2026|04|15');
    assert.equal(dateReader(format)('2026.04.15'), null);
  });

  test('numbers that count', () => {
    assert.equal(isoDate(dateReader('excel')('46127')!), '2026-04-15');
    assert.equal(isoDate(dateReader('excel')('46127.99')!), '2026-04-15');
    assert.equal(isoDate(dateReader('excel')('46127,25')!), '2026-04-15');
    assert.equal(isoDate(dateReader('unix')('1776211200')!), '2026-04-15');
    assert.equal(isoDate(dateReader('unixMs')('1776297599999')!), '2026-04-15');
    for (const text of ['19999', '60000', '461270', '-46127', '']) assert.equal(dateReader('excel')(text), null, text);
    assert.equal(dateReader('unix')('9999999999'), null);
  });

  test('those that are none', () => {
    for (const format of [
      'dd/MM',
      'yyyy-MM-dd|foo',
      '|',
      'yyyy-MM-dd@xx',
      'yyyy-MM-ddd',
      'QQQ yyyy',
      'yyyy-MM-dd yyyy',
    ]) {
      assert.throws(() => dateReader(format), failure('usage', 'dateFormat='), format);
    }
  });

  test('what a format says', () => {
    for (const format of ['excel', 'unix', 'unixMs', 'yyyy-MM|yyyy-MM-dd', "'x' d/M/yy"])
      assert.ok(hasDay(format), format);
    for (const format of ['yyyy-MM', 'MMM yyyy@hr', "MM'd'yyyy"]) assert.ok(!hasDay(format), format);
    assert.equal(dayMonthOrder('EEE dd/MM/yyyy'), 'day');
    assert.equal(dayMonthOrder('M/d/yy'), 'month');
    for (const format of ['MM/yyyy', 'yyyy-MM-dd', 'dd MMM yyyy', 'excel'])
      assert.equal(dayMonthOrder(format), null, format);
  });
});
