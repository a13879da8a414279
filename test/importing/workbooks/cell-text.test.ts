import assert from 'node:assert/strict';
import { test } from 'node:test';
import { builtInFormat, formatOfCode, numberText, valueText } from '../../../src-main/importing/workbooks/cell-text.ts';

test('numbers are the shortest decimal text that says them', () => {
  const cases = [
    ['0.1', '0.1'],
    ['0.10000000000000001', '0.1'],
    ['0.30000000000000004', '0.3'],
    ['-1234567.8899999999', '-1234567.89'],
    ['12345.670000000002', '12345.67'],
    ['1E-3', '0.001'],
    ['1.5E-7', '0.00000015'],
    ['1234567890123456', '1234567890123456'],
    ['1.2345E+19', '12345000000000000000'],
    ['1E+22', '10000000000000000000000'],
    ['-0', '0'],
    ['007', '7'],
    ['n/a', 'n/a'],
  ];
  for (const [stored, text] of cases) assert.equal(numberText(stored!), text);
});

test('dates by their format, in both systems of counting', () => {
  const date = formatOfCode('dd/mm/yyyy');
  const moment = formatOfCode('yyyy-mm-dd hh:mm:ss');
  const time = formatOfCode('[h]:mm');
  const cases: [string, ReturnType<typeof formatOfCode>, boolean, string][] = [
    ['45292', date, false, '2024-01-01'],
    ['43830', date, true, '2024-01-01'],
    ['1', date, false, '1900-01-01'],
    ['59', date, false, '1900-02-28'],
    ['61', date, false, '1900-03-01'],
    ['0', date, true, '1904-01-01'],
    ['45292.5', date, false, '2024-01-01 12:00:00'],
    ['45292', moment, false, '2024-01-01 00:00:00'],
    ['45292.999999999', moment, false, '2024-01-02 00:00:00'],
    ['45292.43799768519', moment, false, '2024-01-01 10:30:43'],
    ['0.5', time, false, '12:00:00'],
    ['1.25', time, false, '30:00:00'],
    ['-5', date, false, '-5'],
    ['99999999', date, false, '99999999'],
  ];
  for (const [stored, format, is1904, text] of cases) assert.equal(valueText(stored, format, is1904), text);
});

test('which formats are dates', () => {
  const kinds = (codes: string[]) => codes.map((code) => formatOfCode(code).kind);
  const dates = [
    'd/m/yy',
    'mmm-yy',
    'yyyy"年"m"月"d"日"',
    '[$-409]d-mmm-yy;@',
    'dd\\.mm\\.yyyy',
    'mmmm',
    'h:mm AM/PM',
    'mm:ss.0',
  ];
  assert.deepEqual(new Set(kinds(dates)), new Set(['date']));
  const numbers = [
    'General',
    '0.00',
    '#,##0.00 "Kč"',
    '#,##0\\ [$€-407]',
    '0.00E+00',
    '0%',
    '[Red]-#,##0',
    '_-* #,##0.00_-',
    '@',
    '"day "0',
  ];
  assert.deepEqual(new Set(kinds(numbers)), new Set(['number']));
  assert.deepEqual(formatOfCode('000000'), { kind: 'padded', digits: 6 });
  assert.equal(valueText('7', formatOfCode('000'), false), '007');
  assert.equal(builtInFormat(14).kind, 'date');
  assert.equal(builtInFormat(4).kind, 'number');
  assert.deepEqual(builtInFormat(22), { kind: 'date', hasDate: true, hasTime: true });
});
