import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test, type TestContext } from 'node:test';
import { openTable } from '../../../src-main/importing/containers/open-table.ts';
import { failure, fileOf, importText } from '../recording-target.ts';
import { inline, number, shared, workbookOf, type WrittenSheet } from './workbook.ts';

async function textOf(t: TestContext, content: Uint8Array, sheet: string | null = null, name = 'book.xlsx') {
  const file = await openTable(fileOf(t, content, name), { sheet, signal: new AbortController().signal });
  t.after(() => file.close());
  return { text: Buffer.from(await file.readAt(0, file.size)).toString(), file };
}

const TABLE: WrittenSheet = {
  name: 'Data',
  rows: {
    1: [inline('customer'), inline('day'), inline('x')],
    2: [inline('A'), number(0), number('1.5')],
    3: [inline('B'), number(0), number('2')],
  },
};

describe('workbooks', () => {
  test('every sort of cell becomes text', async (t) => {
    const rows = {
      1: [shared(0), shared(1), inline('c'), inline('d'), inline('e'), inline('f')],
      3: [
        number(45292, 1),
        number('0.10000000000000001'),
        ' t="b"><v>1</v>',
        ' t="str"><f>A1&amp;"x"</f><v>formula &lt;text&gt;</v>',
        ' t="e"><v>#N/A</v>',
        number(7, 2),
      ],
      4: [
        number(45292.5, 3),
        ' t="d"><v>2024-01-02T00:00:00</v>',
        ' t="b"><v>0</v>',
        inline('a, "b"\nc'),
        null,
        inline(' x '),
      ],
    };
    const strings = [
      '<si><t>plain</t></si>',
      '<si><r><t>two </t></r><r><rPr/><t>fonts</t></r><rPh sb="0" eb="1"><t>reading</t></rPh></si>',
    ];
    const { text, file } = await textOf(
      t,
      workbookOf([{ name: 'S', rows }], { strings, formats: ['dd.mm.yyyy', '000', 22] }),
    );
    assert.deepEqual(text.split('\n'), [
      'plain,two fonts,c,d,e,f',
      '',
      '2024-01-01,0.1,TRUE,formula <text>,#N/A,007',
      '2024-01-01 12:00:00,2024-01-02,FALSE,"a, ""b"" c",," x "',
      '',
    ]);
    assert.deepEqual([file.name, file.delimiter, file.notes], ['book.xlsx', ',', []]);
  });

  test('rows are as wide as the widest, whatever comes later', async (t) => {
    const rows = {
      1: [inline('title')],
      2: [inline('a'), inline('b')],
      3: [inline('1'), null],
      5: [null, inline('2'), null, inline('4')],
      6: [inline('9')],
    };
    const { text } = await textOf(t, workbookOf([{ name: 'S', rows }]));
    assert.equal(text, 'title,,,\na,b,,\n1,,,\n\n,2,,4\n9,,,\n');
  });

  test('merged cells say their value in every row', async (t) => {
    const rows = {
      1: [inline('statement')],
      2: [inline('customer'), inline('amount'), null],
      3: [null, inline('debit'), inline('credit')],
      4: [inline('A'), number(1), number(2)],
      5: [null, number(3), number(4)],
      6: [inline('B'), number(5), number(6)],
    };
    const { text } = await textOf(t, workbookOf([{ name: 'S', rows, merged: ['A1:C1', 'A2:A3', 'B2:C2', 'A4:A5'] }]));
    assert.equal(text, 'statement,,\n,amount,\ncustomer,debit,credit\nA,1,2\nA,3,4\nB,5,6\n');
  });

  test('the first sheet that holds a table, or the one that is asked for', async (t) => {
    const cover: WrittenSheet = { name: 'Cover', rows: { 1: [inline('Bank')], 2: [inline('Report')] } };
    const hidden: WrittenSheet = { ...TABLE, name: 'Old', hidden: true };
    const other: WrittenSheet = { name: '2024', rows: { 1: [inline('p'), inline('q')], 2: [number(1), number(2)] } };
    const book = workbookOf([hidden, cover, TABLE, other]);
    const first = await textOf(t, book);
    assert.match(first.text, /^customer,day,x\n/);
    assert.match(first.file.notes!.join(), /“Data” was read; not “Old” \(hidden\), “Cover”, “2024”/);
    assert.match((await textOf(t, book, '2024')).text, /^p,q/);
    assert.match((await textOf(t, book, '4')).text, /^p,q/);
    assert.match((await textOf(t, book, 'old')).text, /^customer/);
    await assert.rejects(textOf(t, book, 'March'), failure('usage', 'March', '“Cover”'));
    await assert.rejects(textOf(t, workbookOf([cover])), failure('data-refused', 'holds a table', '“Cover”'));
  });

  test('prefixes of names, and dates counted from 1904', async (t) => {
    const rows = { 1: [inline('a'), inline('b')], 2: [number(43830, 1), number(1)] };
    const { text } = await textOf(t, workbookOf([{ name: 'S', rows }], { formats: [14], is1904: true, prefix: 'x' }));
    assert.equal(text, 'a,b\n2024-01-01,1\n');
  });

  test('is imported with its rows for lines and its own hash', async (t) => {
    const rows = { ...TABLE.rows, 5: [inline('C'), number(0), inline('unknown')] };
    const book = workbookOf([{ ...TABLE, rows }]);
    const { document, target } = await importText(t, book);
    assert.deepEqual(target.rows, [
      ['A', 0, 1.5],
      ['B', 0, 2],
    ]);
    assert.equal(document.sha256, createHash('sha256').update(book).digest('hex'));
    assert.deepEqual(
      document.rejected.map(({ line, column }) => [line, column]),
      [[5, 'x']],
    );
    assert.deepEqual(
      [document.dialect.delimiter, document.dialect.encoding, document.dialect.headerLine],
      [',', 'utf-8', 1],
    );
  });

  test('damaged ones are refused', async (t) => {
    const book = workbookOf([TABLE]);
    for (let length = 5; length < book.length; length += 61) {
      await assert.rejects(textOf(t, book.subarray(0, length)), failure('data-refused', 'book.xlsx'));
    }
    const bad = { name: 'S', rows: { 1: [inline('a'), inline('<b>')] } };
    await assert.rejects(textOf(t, workbookOf([bad])), failure('data-refused', '“S”', 'damaged'));
    const lost = { name: 'S', rows: { 1: [shared(4), inline('b')] } };
    await assert.rejects(textOf(t, workbookOf([lost])), failure('data-refused', 'damaged'));
  });
});
