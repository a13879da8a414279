import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { detectTable, fitsWidth } from '../../src-main/importing/dialect.ts';
import { noSettings, type ImportSettings } from '../../src-main/importing/settings.ts';
import { failure } from './recording-target.ts';

const detect = (head: string, settings: Partial<ImportSettings> = {}, spots: string[] = []) =>
  detectTable({ head, whole: spots.length === 0, spots }, { ...noSettings(), ...settings });

describe('delimiter', () => {
  test('by the columns that it makes', () => {
    for (const delimiter of [',', ';', '\t', '|']) {
      const text = ['id,day,x', 'A,1,2.5', 'B,2,3.5'].join('\n').replaceAll(',', delimiter);
      assert.equal(detect(text).delimiter, delimiter);
    }
  });

  test('decimal commas and commas in text are not delimiters', () => {
    assert.equal(detect('id;date;x\n1;2024-01-01;1,5\n2;2024-01-02;2,5\n').delimiter, ';');
    assert.equal(detect('1,5;2,5\n3,5;4,5\n').delimiter, ';');
    assert.equal(detect('a,b;c,d\n1,5;2,5\n3,5;4,5\n').delimiter, ';');
    assert.equal(detect('id;name\n1;Smith, John, Jr\n2;Doe, Jane\n').delimiter, ';');
    assert.equal(detect('id,note,x\n1,"a;b;c",2\n2,"d;e;f",3\n').delimiter, ',');
  });

  test('announced as spreadsheets do it, or given', () => {
    const table = detect('sep=|\nid|x\n1|2\n');
    assert.deepEqual([table.delimiter, table.headerLine, table.names], ['|', 2, ['id', 'x']]);
    assert.deepEqual(detect('id x\n1 2\n', { delimiter: ' ' }).names, ['id', 'x']);
  });

  test('none', () => {
    assert.throws(() => detect('hello\nworld\n'), failure('data-refused', 'delimiter='));
    assert.throws(() => detect('\n \n'), failure('data-refused', 'no lines'));
  });
});

describe('header', () => {
  test('names and the rows below', () => {
    const table = detect(' id ,day,,x\nA,1,,2\nB,2,,3\n');
    assert.deepEqual(table.names, ['id', 'day', 'column 2', 'x']);
    assert.deepEqual([table.headerLine, table.lastLineBeforeData, table.rows.length], [1, 1, 2]);
  });

  test('lines above it are passed over', () => {
    const table = detect('Export of 2024-05-01\n\nBranch 7;\nid;day;x\nA;1;2\nB;2;3\n');
    assert.deepEqual([table.headerLine, table.names], [4, ['id', 'day', 'x']]);
    const sheet = detect('Branch 7;;\nas of May;;\nid;day;x\nA;1;2\nB;2;3\n');
    assert.deepEqual([sheet.headerLine, sheet.names], [3, ['id', 'day', 'x']]);
  });

  test('periods as names', () => {
    assert.deepEqual(detect('id,2024-01,2024-02\nA,1,2\nB,2,3\n').names, ['id', '2024-01', '2024-02']);
  });

  test('none: numbered columns', () => {
    const table = detect('A,1,2.5\nB,2,3.5\n');
    assert.deepEqual([table.headerLine, table.names, table.rows.length], [0, ['column 0', 'column 1', 'column 2'], 2]);
    assert.equal(detect('id,x\nA,1\n', { headerLine: 0 }).rows.length, 2);
  });

  test('given', () => {
    const table = detect('a,b\n\nid,x\nA,1\n', { headerLine: 3 });
    assert.deepEqual([table.names, table.rows], [['id', 'x'], [['A', '1']]]);
    assert.throws(() => detect('a,b\n\nid,x\n', { headerLine: 2 }), failure('usage', 'headerLine=2'));
    const short = 'id,x\nA,1,2\nB,2,3\n';
    assert.throws(
      () => detect(short, { headerLine: 1 }),
      failure('data-refused', 'line 1 has 2 columns', 'the first has 3'),
    );
  });

  test('a delimiter at the end of lines is no column', () => {
    assert.deepEqual(detect('id;x;\nA;1;\nB;2;\n').names, ['id', 'x']);
    assert.equal(detect('id;x;\nA;1;\nB;2;\n').rows.length, 2);
    assert.deepEqual(detect('id;x\nA;1;\nB;2;\n').names, ['id', 'x']);
    assert.ok(fitsWidth(['a', 'b', ' '], 2));
    assert.ok(!fitsWidth(['a', 'b', 'c'], 2));
    assert.ok(!fitsWidth(['a'], 2));
  });
});

test('rows from further on count as samples', () => {
  const table = detect('id,x\nA,1\nB,', {}, ['Y,8\nZ,9\n', 'broken\nQ,7\n']);
  assert.deepEqual(table.rows, [
    ['A', '1'],
    ['Y', '8'],
    ['Z', '9'],
    ['Q', '7'],
  ]);
});
