import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { dateReader, detectDateFormat, hasDay } from '../../src-main/importing/dates.ts';
import { epochDayOf } from '../../src-main/sequences/calendar.ts';
import { failure } from './recording-target.ts';

describe('reading dates', () => {
  test('patterns', () => {
    const cases: [string, string, [number, number, number]][] = [
      ['yyyy-MM-dd', '2024-02-29', [2024, 2, 29]],
      ['yyyy-MM', '2024-02', [2024, 2, 1]],
      ['dd.MM.yyyy', '31.12.1999', [1999, 12, 31]],
      ['d.M.yyyy', '1.2.2024', [2024, 2, 1]],
      ['MM/dd/yy', '01/31/69', [2069, 1, 31]],
      ['MM/dd/yy', '01/31/70', [1970, 1, 31]],
      ['yyyyMMdd', '20050930', [2005, 9, 30]],
      ['dd-MMM-yyyy', '05-sep-2024', [2024, 9, 5]],
      ["yyyy-MM-dd'T'HH:mm:ss", '2024-03-01T23:59:59', [2024, 3, 1]],
      ['yyyy. MM. dd.', ' 2024. 03. 01. ', [2024, 3, 1]],
    ];
    for (const [pattern, text, [year, month, day]] of cases) {
      assert.equal(dateReader(pattern)(text), epochDayOf(year, month, day), `${pattern} ${text}`);
    }
  });

  test('no such date, another shape, another century', () => {
    const read = dateReader('yyyy-MM-dd');
    for (const text of [
      '2023-02-29',
      '2024-13-01',
      '2024-00-10',
      '2024-1-1',
      '24-01-01',
      '2024-01-01 x',
      '',
      '0204-01-01',
      '2204-01-01',
    ]) {
      assert.equal(read(text), null, text);
    }
    assert.equal(dateReader('dd-MMM-yyyy')('05-foo-2024'), null);
    // A second time, from memory.
    assert.equal(read('2023-02-29'), null);
  });

  test('patterns that are none', () => {
    for (const pattern of ['', 'dd.MM', 'YYYY-MM-DD', 'yyyy-mm-dd', 'yyyy-MM-dd-MM', 'foo', 'yyyy']) {
      assert.throws(() => dateReader(pattern), failure('usage', `dateFormat=${pattern}`), pattern);
    }
  });

  test('months only', () => {
    assert.ok(!hasDay('yyyy-MM'));
    assert.ok(!hasDay("yyyy'd'MM"));
    assert.ok(hasDay('d.M.yyyy'));
  });
});

describe('detecting the format', () => {
  const detect = (...values: string[]) => detectDateFormat('when', values);

  test('one format for all values', () => {
    assert.equal(detect('2024-01-31', '', '2024-02-29'), 'yyyy-MM-dd');
    assert.equal(detect('2024-01', '2024-02'), 'yyyy-MM');
    assert.equal(detect('31.01.2024'), 'dd.MM.yyyy');
    assert.equal(detect('20240131'), 'yyyyMMdd');
    assert.equal(detect('202401', '202402'), 'yyyyMM');
    assert.equal(detect('1.2.2024', '12.2.2024'), 'd.M.yyyy');
    assert.equal(detect('2024-01-31 00:00:00'), 'yyyy-MM-dd HH:mm:ss');
    assert.equal(detect('05-Sep-2024'), 'dd-MMM-yyyy');
    assert.equal(detect('1', '2', '30'), null);
    assert.equal(detect(), null);
  });

  test('the day as of which a booking counts stands behind its own', () => {
    assert.equal(detect('09/16/2020 as of 09/15/2020', '09/17/2020'), 'MM/dd/yyyy');
    const read = dateReader('MM/dd/yyyy');
    assert.equal(read('09/16/2020 as of 09/15/2020'), epochDayOf(2020, 9, 16));
    assert.equal(read('as of 09/15/2020'), null);
    assert.equal(read('09/16/2020 as of late'), null);
  });

  test('a value that is no date does not change the format', () => {
    assert.equal(detect('2024-01-31', '2024-02-31', 'n/a', '2024-03-31', '2024-04-30'), 'yyyy-MM-dd');
    assert.equal(detect('y', 'x', '2024-01-01'), null);
  });

  test('day and month: one value decides, none refuses', () => {
    assert.equal(detect('01/02/2024', '13/02/2024', '05/06/2024'), 'dd/MM/yyyy');
    assert.equal(detect('01/02/2024', '02/13/2024', '05/06/2024'), 'MM/dd/yyyy');
    assert.throws(() => detect('01/02/2024', '05/06/2024'), failure('data-refused', 'when', 'dateFormat'));
    assert.throws(() => detect('13/02/2024', '02/14/2024', '05/06/2024'), failure('data-refused', 'only'));
    assert.throws(() => detect('01-02-2024'), failure('data-refused', 'dd-MM-yyyy'));
  });
});
