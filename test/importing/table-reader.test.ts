import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { failure } from './recording-target.ts';
import { detect, readTable, readWith } from './table-texts.ts';

const rowsOf = (text: string) => readTable(text).rows;

describe('footer', () => {
  test('totals, remarks and drawn lines are no rows', () => {
    const rows = [
      [2, 'K1', '2024-01-01', '1.50'],
      [3, 'K2', '2024-01-02', '2.50'],
    ];
    const text = 'id,date,x\nK1,2024-01-01,1.50\nK2,2024-01-02,2.50\n';
    for (const [footer, lines] of [
      ['Total,,4.00\n', 1],
      [',Total,4.00\n', 1],
      ['2 records\n', 1],
      ['*** end ***\n', 1],
      ['-----,-----,-----\n', 0],
      [',,\n\n,,\n', 0],
      ['\nAll figures, as always, without engagement, and so on.\nBank Ltd\n', 2],
    ] as const) {
      const read = readTable(text + footer);
      assert.deepEqual(read.rows, rows, footer);
      assert.equal(read.reader.footerLines, lines, footer);
      assert.equal(read.table.footerLines, lines, footer);
      assert.equal(read.reader.warnings().length, lines === 0 ? 0 : 1);
    }
  });

  test('a row that is only bad stays a row at the end too', () => {
    const text = 'customer,date,x,y\nK1,2024-01-01,1.5,1\nK2,2024-01-02,2.5,2\nK3,2024-01-03,2.5,2\n';
    for (const row of [
      'K4,,2.5,3',
      'K4,not-a-date,2.5,3',
      ',2024-01-04,2.5,3',
      'K4,2024-01-04,,',
      'K4,2024-01-04',
      'K4,2024-01-04,1,2,3',
    ]) {
      const { rows, reader } = readTable(`${text}${row}\n`);
      assert.deepEqual(rows.at(-1), [5, ...row.split(',')]);
      assert.equal(reader.footerLines, 0);
    }
  });

  test('a line that does not fit is a row if others follow', () => {
    const { rows, reader } = readTable('id,date,x\nK1,2024-01-01,1.5\nPage 1\nTotal,,1.5\nK2,2024-01-02,2.5\n');
    assert.deepEqual(rows, [
      [2, 'K1', '2024-01-01', '1.5'],
      [3, 'Page 1'],
      [4, 'Total', '', '1.5'],
      [5, 'K2', '2024-01-02', '2.5'],
    ]);
    assert.equal(reader.footerLines, 0);
  });

  test('customers without a date of default are no footer', () => {
    const customers = ['Smith;2024-01-01;500', 'Doe;2024-02-01;500', 'Roe;;', 'Poe;;', 'Moe;;', 'Zoe;;', 'Joe;;'];
    assert.equal(rowsOf(`customer;default_date;loss\n${customers.join('\n')}\n`).length, 7);
    assert.equal(rowsOf('customer,default_date\nSmith,2024-01-01\nDoe,\n').length, 2);
  });

  test('of any length, and far beyond the sample', () => {
    const rows = Array.from({ length: 60_000 }, (_, i) => `K${i % 500},2024-01-${10 + (i % 20)},${i}.5,some text ${i}`);
    const footer = ['', 'Total,,123.5,', ...Array.from({ length: 300 }, (_, i) => `Remark ${i}, see the terms`)];
    const text = `Report,1\n\nid,date,x,text\n${rows.join('\n')}\n${footer.join('\n')}\n`;
    assert.ok(text.length > 2 << 20);
    const tail = text.slice(-(1 << 16));
    const table = detect(text.slice(0, 1 << 20), {}, [tail.slice(tail.indexOf('\n') + 1)]);
    assert.deepEqual([table.headerLine, table.preambleLines, table.footerLines], [3, 1, 301]);
    for (const piece of [1 << 10, 1 << 16, Infinity]) {
      const read = readWith(table, text, piece);
      assert.equal(read.rows.length, rows.length);
      assert.deepEqual(read.rows.at(-1), [60_003, ...rows.at(-1)!.split(',')]);
      assert.equal(read.reader.footerLines, 301);
      assert.deepEqual(read.reader.footer[0], { line: 60_005, text: 'Total,,123.5,' });
    }
  });
});

describe('header', () => {
  test('that comes again is passed over', () => {
    const { rows, reader } = readTable('Date;Text;x\n2024-01-01;a;1,5\nDate;Text;x\n2024-01-02;b;2,5\n');
    assert.deepEqual(
      rows.map(([line]) => line),
      [2, 4],
    );
    assert.equal(reader.repeatedHeaders, 1);
  });

  test('of two lines: units below the names, groups above them', () => {
    const units = readTable(
      'Date;Amount;Balance\n(dd.mm.yyyy);EUR;EUR\n01.01.2024;1,50;100,00\n02.01.2024;2,50;102,50\n',
    );
    assert.deepEqual(units.names, ['Date', 'Amount', 'Balance']);
    assert.deepEqual(
      units.rows.map(([line]) => line),
      [3, 4],
    );
    const groups = readTable(
      ';Movement;;Total\nDate;Debit;Credit;EUR\n01.01.2024;1,50;;100,00\n02.01.2024;;2,50;102,50\n',
    );
    assert.deepEqual(groups.names, ['Date', 'Debit', 'Credit', 'EUR']);
  });

  test('with years, and rows that only look like them', () => {
    const years = readTable('Customer;2019;2020;2021\nSmith;10;20;30\nDoe;11;21;31\n');
    assert.deepEqual(years.names, ['Customer', '2019', '2020', '2021']);
    assert.equal(readTable('Smith;2019;5\nDoe;2020;6\nRoe;2021;7\n').table.headerLine, 0);
  });

  test('in every language and with every kind of date below it', () => {
    for (const [header, date] of [
      ['取引日,金額', '2024年1月5日'],
      ['Дата,Сумма', '05.01.2024'],
      ['ημερομηνία,ποσό', '5/1/2024'],
      ['日期,金额', '2024/01/05 10:00:00'],
      ['Data,Kwota', '5 sty 2024'],
      ['Fecha,Importe', '05-ene-2024'],
      ['Date,Amount', 'Jan 5, 2024'],
      ['tanggal,jumlah', '20240105'],
    ]) {
      const text = `${header}\n"${date}",1\n"${date}",2\n`;
      assert.deepEqual(readTable(text).names, header!.split(','), header);
      assert.equal(readTable(text.slice(text.indexOf('\n') + 1)).table.headerLine, 0, date);
    }
  });

  test('that does not go with the rows is refused', () => {
    const commas = 'date,amount,balance\n2024-01-01,1,50,100,00\n2024-01-02,2,50,102,50\n';
    assert.throws(() => detect(commas), failure('data-refused', 'Line 1', '3 columns', 'have 5', 'headerLine=0'));
    assert.equal(detect(commas, { headerLine: 0 }).names.length, 5);
  });

  test('names that come twice are kept apart, and one may be missing', () => {
    const { names } = readTable('Date;Amount;Amount;;Text\n2024-01-01;1,5;2,5;;x\n2024-01-02;1,5;2,5;;y\n');
    assert.deepEqual(names, ['Date', 'Amount', 'Amount (2)', 'column 3', 'Text']);
  });

  test('an opening balance between header and rows is passed over', () => {
    const { rows, table } = readTable(
      'Date;Text;Amount;Balance\n;Opening balance;;5,00\n2024-01-01;a;1,50;6,50\n2024-01-02;b;1,50;8,00\n',
    );
    assert.deepEqual(
      rows.map(([line]) => line),
      [3, 4],
    );
    assert.deepEqual([table.headerLine, table.lastLineBeforeData, table.preambleLines], [1, 2, 1]);
  });
});

describe('widths', () => {
  test('empty cells cut off at the end are added where columns are often empty', () => {
    const text =
      'id;date;x;note\nA;2024-01-01;1;hello\nB;2024-01-02;2\nC;2024-01-03;3\nD;2024-01-04;4;x\nE;2024-01-05;5\nF;2024-01\n';
    assert.deepEqual(rowsOf(text), [
      [2, 'A', '2024-01-01', '1', 'hello'],
      [3, 'B', '2024-01-02', '2', ''],
      [4, 'C', '2024-01-03', '3', ''],
      [5, 'D', '2024-01-04', '4', 'x'],
      [6, 'E', '2024-01-05', '5', ''],
      [7, 'F', '2024-01'],
    ]);
    const one = 'id;date;x;note\nA;2024-01-01;1;a\nB;2024-01-02;2\nC;2024-01-03;3;c\nD;2024-01-04;4;d\n';
    assert.deepEqual(rowsOf(one)[1], [3, 'B', '2024-01-02', '2']);
  });

  test('an unquoted delimiter in a text moves no cells', () => {
    const text = 'id,date,x,text,\n1,2024-01-01,1.5,coffee, milk,\n2,2024-01-02,2.5,tea,\n3,2024-01-03,3.5,none,\n';
    const { names, rows } = readTable(text);
    assert.deepEqual(names, ['id', 'date', 'x', 'text']);
    assert.deepEqual(rows[0], [2, '1', '2024-01-01', '1.5', 'coffee', 'milk', '']);
    assert.deepEqual(rows[1], [3, '2', '2024-01-02', '2.5', 'tea']);
  });

  test('one column is no table', () => {
    for (const text of [
      'customer\nA\nB\n',
      'customer\nSmith\nDoe, Jane\nRoe\n',
      'Dear customer, hello.\nNo table, here, is.\nBye\n',
    ]) {
      assert.throws(() => detect(text), failure('data-refused', 'one column only', 'delimiter='));
    }
    assert.throws(() => detect('a;b\n1;2\n', { delimiter: ',' }), failure('data-refused', '"," as the delimiter'));
  });
});

describe('how cells are written', () => {
  test('lines that are one quoted cell each', () => {
    const { table, rows } = readTable('"Date,Text,x"\n"2024-01-01,""Smith, John"",12.50"\n"2024-01-02,Doe,13.50"\n');
    assert.equal(table.wrapped, true);
    assert.deepEqual(rows, [
      [2, '2024-01-01', 'Smith, John', '12.50'],
      [3, '2024-01-02', 'Doe', '13.50'],
    ]);
  });

  test('drawn tables', () => {
    const expected = [
      ['C1', '0', '1.50'],
      ['C2', '1', '2.50'],
    ];
    for (const text of [
      '| id | day | x |\n|----|----:|--:|\n| C1 | 0 | 1.50 |\n| C2 | 1 | 2.50 |\n',
      ' id | day |  x   \n----+-----+------\n C1 |   0 | 1.50\n C2 |   1 | 2.50\n(2 rows)\n',
      '+----+-----+------+\n| id | day | x    |\n+----+-----+------+\n| C1 |   0 | 1.50 |\n| C2 |   1 | 2.50 |\n+----+-----+------+\n',
    ]) {
      const { names, rows } = readTable(text);
      assert.deepEqual(names, ['id', 'day', 'x']);
      assert.deepEqual(
        rows.map((row) => row.slice(1)),
        expected,
      );
    }
  });

  test('marks that make text of numbers', () => {
    for (const [first, second] of [
      ['="0012"', '="0013"'],
      ['"=""0012"""', '"=""0013"""'],
      ["'0012", "'0013"],
      ["'0012'", "'0013'"],
      ['`0012', '`0013'],
    ]) {
      const rows = rowsOf(`Account;Date;x\n${first};2024-01-01;1,5\n${second};2024-01-02;2,5\n`);
      assert.deepEqual(
        rows.map(([, account]) => account),
        ['0012', '0013'],
        first,
      );
    }
    const names = rowsOf("id;name;date\n1;'t Hart;2024-01-01\n2;O'Brien;2024-01-02\n");
    assert.deepEqual(
      names.map((row) => row[2]),
      ["'t Hart", "O'Brien"],
    );
  });

  test('single quotes around cells, apostrophes within', () => {
    const { table, rows } = readTable(
      "'id','name','date','x'\n'1','O''Brien','2024-01-01','1,5'\n'2','Smith, J','2024-01-02','2,5'\n",
    );
    assert.equal(table.quote, "'");
    assert.deepEqual(rows[0], [2, '1', "O'Brien", '2024-01-01', '1,5']);
    assert.equal(detect("id,name,x\n1,'t Hart,1\n2,O'Brien,2\n3,D'Arcy's,3\n").quote, '"');
  });

  test('backslashes before quotes, and at the end of paths', () => {
    assert.deepEqual(rowsOf('id,name,date,x\n1,"A \\"B\\" C, Ltd",2024-01-01,1\n2,"D",2024-01-02,2\n')[0], [
      2,
      '1',
      'A "B" C, Ltd',
      '2024-01-01',
      '1',
    ]);
    assert.deepEqual(rowsOf('id,name,date,x\n1,"C:\\dir\\",2024-01-01,1\n2,"D:\\",2024-01-02,2\n')[0], [
      2,
      '1',
      'C:\\dir\\',
      '2024-01-01',
      '1',
    ]);
  });

  test('delimiters that are rare', () => {
    for (const delimiter of ['^', '~', '¦']) {
      const text = 'id,date,x\nA,2024-01-01,1.5\nB,2024-01-02,2.5\n'.replaceAll(',', delimiter);
      assert.deepEqual(readTable(text).names, ['id', 'date', 'x']);
    }
  });
});

test('broken quotes cost their own line at most, and never merge rows', () => {
  const lines = [
    'id,name,date,x',
    '1,"Smith "Bob" & Co",2024-01-01,1.5', // 2: only one reading is a row
    '2,"open,2024-01-02,2.5', // 3
    '3,ok,2024-01-03,3.5',
    '4,"swallow",x",2024-01-03,3.5', // 5
    '5,"a "b", c",2024-01-03,3.5', // 6
    '6,"fine, yes",2024-01-04,4.5',
    '7,"two',
    'lines",2024-01-05,5.5', // 9
    '8, "spaced, quote" ,2024-01-06,6.5',
    '9,5" pipe,2024-01-07,7.5',
    '10,"b,2024-01-08,8.5', // 12: both quotes together would swallow a row
    '11,c",2024-01-09,9.5',
    '12,"end', // 14
  ];
  for (const end of ['\n', '\r\n']) {
    const text = lines.join(end);
    const read = readTable(text);
    const expected = [
      [2, '1', 'Smith "Bob" & Co', '2024-01-01', '1.5'],
      [3, 'text after a closing quote'],
      [4, '3', 'ok', '2024-01-03', '3.5'],
      [5, '4', 'swallow', 'x"', '2024-01-03', '3.5'],
      [6, 'text after a closing quote'],
      [7, '6', 'fine, yes', '2024-01-04', '4.5'],
      [8, '7', `two${end}lines`, '2024-01-05', '5.5'],
      [10, '8', 'spaced, quote', '2024-01-06', '6.5'],
      [11, '9', '5" pipe', '2024-01-07', '7.5'],
      [12, 'a quote that is opened and never closed'],
      [13, '11', 'c"', '2024-01-09', '9.5'],
      [14, 'a quote that is opened and never closed'],
    ];
    assert.deepEqual(read.rows, expected);
    for (const piece of [1, 5, 40]) assert.deepEqual(readWith(read.table, text, piece).rows, expected);
  }
});

test('zero bytes are no text, and a preamble of hundreds of lines is passed over', () => {
  assert.deepEqual(rowsOf('id,date,x\nA\0\0,2024-01-01,1\nB,2024-01-02,2\0\n')[0], [2, 'A', '2024-01-01', '1']);
  const preamble = Array.from({ length: 900 }, (_, i) => `Line ${i} of the terms and conditions`);
  const { table, rows } = readTable(`${preamble.join('\n')}\nid;date;x\nA;2024-01-01;1\nB;2024-01-02;2\n`);
  assert.deepEqual([table.headerLine, table.preambleLines, rows.length], [901, 900, 2]);
});

test('lines that continue a text are joined only where the file shows that they are meant', () => {
  const { rows, reader } = readTable('Date;Text;x;y\n2024-01-01;a;1;1\n;more;;\n2024-01-02;b;2;2\n;even;;\n;more;;\n');
  assert.deepEqual(rows, [
    [2, '2024-01-01', 'a more', '1', '1'],
    [4, '2024-01-02', 'b even more', '2', '2'],
  ]);
  assert.equal(reader.joinedLines, 3);
  const last = readTable('Date;Text;x;y\n2024-01-01;a;1;1\n2024-01-02;b;2;2\n;printed by me;;\n');
  assert.deepEqual(last.rows.at(-1), [3, '2024-01-02', 'b', '2', '2']);
  assert.equal(last.reader.footerLines, 1);
});
