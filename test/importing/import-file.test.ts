import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { importFile } from '../../src-main/importing/import-file.ts';
import { previewFile } from '../../src-main/importing/preview.ts';
import { epochDayOf } from '../../src-main/sequences/calendar.ts';
import { EMPTY_PORTFOLIO, failure, fileOf, importPath, importText, RecordingTarget } from './recording-target.ts';

const PRESET = [
  'customer_id',
  'day',
  'salary_amount',
  'salary_received',
  'savings_amount',
  'daily_expenses',
  'utility_payment',
  'utility_delay_days',
  'atm_withdrawals',
  'upi_lending_transactions',
  'failed_autodebits',
  'discretionary_spending',
  'will_default',
];

describe('the preset', () => {
  const cells: Record<string, string>[] = ['C1', 'C1', 'C2', 'C2'].map((customer, i) =>
    Object.fromEntries(
      PRESET.map((name, column) => [
        name,
        name === 'customer_id'
          ? customer
          : name === 'day'
            ? String(i % 2)
            : name === 'will_default'
              ? String(Number(i > 1))
              : `${column}.${i}`,
      ]),
    ),
  );
  const csv = (columns: string[]) =>
    [columns.join(','), ...cells.map((row) => columns.map((name) => row[name]).join(','))].join('\n');

  test('in its order and in any other', async (t) => {
    const inOrder = await importText(t, csv(PRESET));
    assert.deepEqual(inOrder.document.rows, { read: 4, accepted: 4, unchanged: 0, conflicting: 0, rejected: 0 });
    assert.equal(inOrder.document.timeStep, 'day');
    assert.equal(inOrder.target.head!.dated, false);
    assert.deepEqual(
      inOrder.target.head!.features.map(({ name, fill }) => [name, fill]),
      PRESET.slice(2, 12).map((name) => [name, name === 'savings_amount' ? 'carry' : 'zero']),
    );
    assert.deepEqual(inOrder.target.rows[3], ['C2', 1, 2.3, 3.3, 4.3, 5.3, 6.3, 7.3, 8.3, 9.3, 10.3, 11.3]);
    assert.equal(inOrder.target.result!.outcomeKind, 'constant');
    assert.deepEqual(inOrder.target.outcomes, [
      ['C1', 0, null],
      ['C2', 1, null],
    ]);

    const shuffled = await importText(t, csv([...PRESET].reverse()));
    assert.deepEqual(shuffled.target.outcomes, inOrder.target.outcomes);
    assert.deepEqual(
      shuffled.target.rows.map(([customer, step, ...values]) => [customer, step, ...values.reverse()]),
      inOrder.target.rows,
    );
  });

  test('with dates: the date leads, the day is not used', async (t) => {
    for (const [i, row] of cells.entries()) {
      row['date'] = `2024-02-${28 + (i % 2)}`;
      row['event_date'] = i > 1 ? '2024-03-02' : '';
    }
    const { target, document } = await importText(t, csv([...PRESET, 'date', 'event_date']));
    const leapDay = epochDayOf(2024, 2, 29)!;
    assert.equal(target.head!.dated, true);
    assert.equal(document.columns[1]!.role, 'ignored');
    assert.equal(document.dialect.dateFormat, 'yyyy-MM-dd');
    assert.deepEqual(
      target.rows.map(([customer, step]) => [customer, step]),
      [
        ['C1', leapDay - 1],
        ['C1', leapDay],
        ['C2', leapDay - 1],
        ['C2', leapDay],
      ],
    );
    assert.deepEqual(target.outcomes, [['C2', 1, leapDay + 2]]);
    assert.equal(target.result!.outcomeKind, 'dated');
  });
});

describe('how text is written', () => {
  const text = 'Kunde;Datum;Größe;Betrag\nMüller€;31.01.2024;1;1.234,50\nMüller€;29.02.2024;2;-7,5\n';
  const read = async (t: Parameters<typeof importText>[0], bytes: Uint8Array, settings: string[] = []) => {
    const { document, target } = await importText(t, bytes, settings);
    assert.deepEqual(target.rows, [
      ['Müller€', 648, 1, 1234.5],
      ['Müller€', 649, 2, -7.5],
    ]);
    assert.equal(document.columns[2]!.name, 'Größe');
    assert.equal(document.sha256, createHash('sha256').update(bytes).digest('hex'));
    return document.dialect;
  };

  test('UTF-8, UTF-16 and windows-1252', async (t) => {
    const windows = Uint8Array.from([...text], (letter) => (letter === '€' ? 0x80 : letter.charCodeAt(0)));
    const expected = {
      delimiter: ';',
      quote: '"',
      decimal: ',',
      thousands: '.',
      dateFormat: 'dd.MM.yyyy',
      headerLine: 1,
    };
    assert.deepEqual(await read(t, Buffer.from(text)), { encoding: 'utf-8', ...expected });
    assert.deepEqual(await read(t, Buffer.from(`\ufeff${text}`)), { encoding: 'utf-8', ...expected });
    assert.deepEqual(await read(t, Buffer.from(`\ufeff${text}`, 'utf16le')), { encoding: 'utf-16le', ...expected });
    const bigEndian = Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
    assert.deepEqual(await read(t, bigEndian), { encoding: 'utf-16be', ...expected });
    assert.deepEqual(await read(t, windows), { encoding: 'windows-1252', ...expected });
    assert.deepEqual(await read(t, windows, ['encoding=latin1']), { encoding: 'windows-1252', ...expected });
  });

  test('CR alone, CRLF, tabs and pipes', async (t) => {
    await read(t, Buffer.from(text.replaceAll('\n', '\r')));
    await read(t, Buffer.from(text.replaceAll('\n', '\r\n')));
    assert.equal((await read(t, Buffer.from(text.replaceAll(';', '\t')))).delimiter, '\t');
    assert.equal((await read(t, Buffer.from(text.replaceAll(';', '|')))).delimiter, '|');
  });

  test('one letter far into a long file decides between UTF-8 and windows-1252', async (t) => {
    const rows = Array.from({ length: 120_000 }, (_, i) => `K${i % 1000},${Math.floor(i / 1000)},${i}`);
    rows.push('Größe,0,1');
    const { document, target } = await importText(t, Buffer.from(`customer,day,x\n${rows.join('\n')}`, 'latin1'));
    assert.equal(document.dialect.encoding, 'windows-1252');
    assert.equal(document.rows.accepted, rows.length);
    assert.equal(document.customers, 1001);
    assert.equal(target.records.at(-1)!.customer, 'Größe');
  });

  test('ids are text as written', async (t) => {
    const { target } = await importText(t, 'customer,day,x\n007,0,1\n7,0,1\n 7 ,1,1\n');
    assert.deepEqual(
      target.rows.map(([customer, step]) => [customer, step]),
      [
        ['007', 0],
        ['7', 0],
        ['7', 1],
      ],
    );
  });

  test('attributes keep their text, except numbers that only this file can explain', async (t) => {
    const content = 'customer;day;x;limit;code\nA;0;1,5;1.234,50;007\nB;0;2,5;n/a;1E3\n';
    const { target } = await importText(t, content, ['static=limit,code']);
    assert.deepEqual(
      target.records.map(({ statics }) => statics),
      [
        ['1234.5', '007'],
        ['n/a', '1E3'],
      ],
    );
  });
});

describe('steps', () => {
  test('weeks by dates', async (t) => {
    const { target, document } = await importText(
      t,
      'customer,week_end,x\nA,1970-01-11,1\nA,1970-01-18,2\nA,1970-01-25,3\n',
    );
    assert.equal(document.timeStep, 'week');
    assert.deepEqual(target.rows, [
      ['A', 0, 1],
      ['A', 1, 2],
      ['A', 2, 3],
    ]);
  });

  test('months without days', async (t) => {
    const { target, document } = await importText(t, 'customer,month,x\nA,2005-04,1\nA,2005-05,2\n');
    assert.deepEqual([document.timeStep, document.dialect.dateFormat], ['month', 'yyyy-MM']);
    assert.deepEqual(target.rows, [
      ['A', 423, 1],
      ['A', 424, 2],
    ]);
  });

  test('numbers: the time step by the name, or as given', async (t) => {
    assert.equal((await importText(t, 'customer,week,x\nA,1,1\nA,2,2\n')).document.timeStep, 'week');
    assert.equal((await importText(t, 'customer,month,x\nA,1,1\nA,2,2\n')).document.timeStep, 'month');
    assert.equal((await importText(t, 'customer,step,x\nA,1,1\nA,2,2\n')).document.timeStep, 'day');
    const given = await importText(t, 'customer,step,x\nA,1,1\nA,2,2\n', ['timeStep=month']);
    assert.equal(given.document.timeStep, 'month');
    const month = { ...EMPTY_PORTFOLIO, timeStep: 'month' as const, dated: false };
    assert.equal((await importText(t, 'customer,step,x\nA,1,1\n', [], month)).document.timeStep, 'month');
  });

  test('the format given', async (t) => {
    const { target } = await importText(t, 'customer,date,x\nA,03/04/2024,1\nA,05/04/2024,2\n', [
      'dateFormat=dd/MM/yyyy',
      'timeStep=day',
    ]);
    assert.deepEqual(
      target.rows.map(([, step]) => step),
      [epochDayOf(2024, 4, 3), epochDayOf(2024, 4, 5)],
    );
  });

  test('rows from all over a long file decide day and month', async (t) => {
    // Sorted by date, with no day above the twelfth in the first megabyte.
    const rows: string[] = [];
    for (const day of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]) {
      for (let customer = 0; customer < 5_000; customer++) {
        rows.push(`CUSTOMER-${customer},${String(day).padStart(2, '0')}/03/2024,${customer}`);
      }
    }
    const content = `customer,date,x\n${rows.join('\n')}\n`;
    assert.ok(content.indexOf('13/03/2024') > 1 << 20);
    const { document } = await importText(t, content);
    assert.deepEqual([document.dialect.dateFormat, document.timeStep], ['dd/MM/yyyy', 'day']);
    assert.deepEqual([document.rows.accepted, document.customers], [80_000, 5_000]);
  });

  test('one date says little: the portfolio leads', async (t) => {
    const content = 'customer,date,x\nA,2024-03-31,1\nB,2024-03-31,2\n';
    assert.equal((await importText(t, content)).document.timeStep, 'month');
    const daily = { ...EMPTY_PORTFOLIO, timeStep: 'day' as const, dated: true };
    assert.equal((await importText(t, content, [], daily)).document.timeStep, 'day');
  });
});

describe('outcomes', () => {
  test('a flag that follows the rows: the first 1 is the event', async (t) => {
    const content = 'customer,day,x,default\nA,0,1,0\nA,1,1,1\nA,2,1,1\nB,0,1,0\nB,1,1,0\nC,5,1,1\nC,4,2,0\n';
    const { target } = await importText(t, content);
    assert.equal(target.result!.outcomeKind, 'dated');
    assert.deepEqual(target.outcomes, [
      ['A', 1, 1],
      ['C', 1, 5],
    ]);
  });

  test('a customer who was cured keeps the first 1 as the event', async (t) => {
    const content =
      'customer,day,x,default\nA,0,1,0\nA,1,1,1\nA,2,1,0\nB,3,1,0\nB,2,1,1\nC,0,1,no\nC,1,1,maybe\nC,2,1,\n';
    const { target, document } = await importText(t, content);
    assert.deepEqual(
      document.rejected.map(({ line, column }) => [line, column]),
      [[8, 'default']],
    );
    assert.match(document.rejected[0]!.reason, /"maybe"/);
    assert.deepEqual(target.outcomes, [
      ['A', 1, 1],
      ['B', 1, 2],
    ]);
    assert.deepEqual(document.rows, { read: 8, accepted: 7, unchanged: 0, conflicting: 0, rejected: 1 });
    assert.deepEqual(document.warnings, ['2 customers go back to no default later on; their first 1 is the event.']);
  });

  test('one cell that makes dated outcomes of constant flags is named', async (t) => {
    const rowsOf = (stray: number) =>
      ['A', 'B', 'C', 'D', 'E', 'F'].flatMap((customer) =>
        [0, 1, 2].map((day) => `${customer},${day},1,${customer < 'E' ? 1 : customer + day === 'F1' ? stray : 0}`),
      );
    const content = (stray: number) => `customer,day,x,default\n${rowsOf(stray).join('\n')}\n`;
    const { document } = await importText(t, content(1));
    const [mixed, cured] = document.warnings;
    assert.match(mixed!, /for 1 customer \(F\), so it is read as when/);
    assert.match(mixed!, /4 customers are flagged on every row \(A, B, C and 1 more\).*a cell of F is wrong/);
    assert.equal(cured, '1 customer goes back to no default later on; the first 1 is the event.');
    const request = { file: fileOf(t, content(1)), profile: null, settings: [] };
    assert.deepEqual((await previewFile(request, EMPTY_PORTFOLIO, [])).reading?.warnings, [mixed]);
    assert.deepEqual((await importText(t, content(0))).document.warnings, []);
  });

  test('event dates, with a flag beside them', async (t) => {
    const content =
      'customer,date,x,will_default,event_date\n' +
      'A,2024-01-31,1,1,2024-04-15\nA,2024-02-29,1,1,\nB,2024-01-31,1,1,\nB,2024-02-29,1,1,\nC,2024-01-31,1,0,\n' +
      'A,2024-03-31,1,1,2024-05-15\nC,2024-02-29,1,0,2024-02-30\n';
    const { target, document } = await importText(t, content);
    assert.deepEqual(target.outcomes, [
      ['A', 1, 651],
      ['B', 1, null],
    ]);
    assert.equal(document.warnings.length, 1);
    assert.match(document.warnings[0]!, /^1 customer is/);
    assert.deepEqual(
      document.rejected.map(({ line, column }) => [line, column]),
      [
        [7, 'event_date'],
        [8, 'event_date'],
      ],
    );
  });

  test('event dates among step numbers are not used, and that is said', async (t) => {
    const { target, document } = await importText(t, 'customer,day,x,event_date\nA,0,1,2024-01-01\nA,1,1,2024-01-01\n');
    assert.equal(target.result!.outcomeKind, 'none');
    assert.equal(document.columns[3]!.role, 'ignored');
    assert.match(document.warnings[0]!, /event_date/);
    const packed = await importText(t, 'customer,day,x,event_date\nA,0,1,20240101\nA,1,1,20240101\n');
    assert.equal(packed.document.columns[3]!.role, 'ignored');
    const steps = await importText(t, 'customer,day,x,event_day\nA,0,1,7\nA,1,1,7\n');
    assert.deepEqual(steps.target.outcomes, [['A', 1, 7]]);
  });

  test('event dates in a format of their own', async (t) => {
    const content = 'customer,date,x,event_date\nA,31.01.2024,1,2024-04-15\nB,29.02.2024,1,\n';
    for (const settings of [[], ['dateFormat=dd.MM.yyyy']]) {
      const { target } = await importText(t, content, settings);
      assert.deepEqual(target.outcomes, [['A', 1, 651]]);
    }
    const unknown = 'customer,date,x,event_date\nA,2024-01-31,1,15 floreal 2024\n';
    await assert.rejects(importText(t, unknown), failure('data-refused', '15 floreal', 'dateFormat='));
    const number = await importText(t, 'customer,date,x,default_month\nA,2024-01-31,1,3\n');
    assert.equal(number.document.columns[3]!.role, 'ignored');
    assert.match(number.document.warnings[0]!, /default_month/);
  });

  test('one step a customer shows no change: the portfolio leads', async (t) => {
    const content = 'customer,day,x,default\nA,0,1,0\nB,0,1,1\n';
    const dated = { ...EMPTY_PORTFOLIO, outcomeKind: 'dated' as const };
    const { target, document } = await importText(t, content, [], dated);
    assert.deepEqual(target.outcomes, [['B', 1, 0]]);
    assert.equal(document.warnings.length, 1);
    assert.equal((await importText(t, content)).target.result!.outcomeKind, 'constant');
  });

  test('no outcome at all', async (t) => {
    const { target } = await importText(t, 'customer,day,x\nA,0,1\n');
    assert.equal(target.result!.outcomeKind, 'none');
    const empty = await importText(t, 'customer,day,x,will_default\nA,0,1,\n');
    assert.deepEqual([empty.target.result!.outcomeKind, empty.target.outcomes], ['none', []]);
  });
});

describe('a file of outcomes', () => {
  const monthly = { ...EMPTY_PORTFOLIO, timeStep: 'month' as const, dated: true };

  test('customers and dates, recognised by having nothing else', async (t) => {
    const content = 'customer,default_date\nA,2005-09-17\nB,\nA,2005-09-17\nC,2005-09-31\n';
    const { target, document } = await importText(t, content, [], monthly);
    assert.deepEqual([document.kind, document.timeStep], ['outcomes', 'month']);
    assert.deepEqual(target.outcomes, [
      ['A', 1, 428],
      ['B', 0, null],
    ]);
    assert.deepEqual(document.rows, { read: 4, accepted: 2, unchanged: 1, conflicting: 0, rejected: 1 });
    assert.deepEqual([document.customers, document.steps], [2, 0]);
    assert.equal(target.result!.outcomeKind, 'dated');
    assert.deepEqual(document.rejected[0], {
      line: 5,
      column: 'default_date',
      reason: '"2005-09-31" is no date of the file\'s format',
      text: 'C,2005-09-31',
    });
  });

  test('as given: other columns are left out', async (t) => {
    const content = 'client,when,branch\nA,2005-09-17,1\n';
    const { target, document } = await importText(t, content, ['kind=outcomes', 'date=when'], monthly);
    assert.deepEqual(
      document.columns.map(({ role }) => role),
      ['customer', 'outcomeDate', 'ignored'],
    );
    assert.deepEqual(target.outcomes, [['A', 1, 428]]);
  });

  test('steps without dates', async (t) => {
    const { target } = await importText(t, 'customer,day\nA,40\nB,x\n', [], {
      ...EMPTY_PORTFOLIO,
      timeStep: 'day',
      dated: false,
    });
    assert.deepEqual(target.outcomes, [['A', 1, 40]]);
    assert.equal(target.rejected.length, 1);
    const given = await importText(t, 'customer,n,x\nA,40,2\n', ['kind=outcomes', 'step=n']);
    assert.deepEqual(given.target.outcomes, [['A', 1, 40]]);
  });

  test('flags without dates; both outcomes of a customer contradict each other', async (t) => {
    const { target, document } = await importText(t, 'customer,will_default\nA,1\nB,0\nB,1\nC,\nA,1\n');
    assert.equal(document.kind, 'outcomes');
    assert.equal(target.result!.outcomeKind, 'constant');
    assert.deepEqual(target.outcomes, [
      ['A', 1, null],
      ['B', 0, null],
    ]);
    assert.deepEqual(
      document.rejected.map(({ line }) => line),
      [4, 5],
    );
    assert.equal(document.rows.unchanged, 1);
  });

  test('a flag beside the date', async (t) => {
    const { target } = await importText(
      t,
      'customer,event_date,default\nA,2005-09-17,1\nB,2005-09-17,0\nC,,1\n',
      [],
      monthly,
    );
    assert.deepEqual(target.outcomes, [
      ['A', 1, 428],
      ['B', 0, null],
      ['C', 1, null],
    ]);
  });

  test('before any history, the step that it takes is said', async (t) => {
    const { document } = await importText(t, 'customer,event_date\nA,2005-09-17\n');
    assert.equal(document.timeStep, 'day');
    assert.match(document.warnings[0]!, /timeStep=/);
  });
});

describe('rejected rows', () => {
  test('a stray quote near the top of a long file costs one row', async (t) => {
    const rows = Array.from({ length: 150_000 }, (_, i) => `C${i % 500},${Math.floor(i / 500)},${i}`);
    rows[3] = 'C3,0,"3';
    const { document } = await importText(t, `customer,day,x\n${rows.join('\n')}\n`);
    assert.deepEqual(document.rows, { read: 150_000, accepted: 149_999, unchanged: 0, conflicting: 0, rejected: 1 });
    assert.equal(document.rejected[0]!.line, 5);
  });

  test('line, column, reason and text', async (t) => {
    const content =
      'customer,date,x,"y, z",note\n' +
      'A,2024-01-31,1,2,"two\nlines"\n' + // 2
      ',2024-01-31,1,2,\n' + // 4
      'A,2024-02-30,1,2,\n' + // 5
      'A,,1,2,\n' + // 6
      'A,2024-03-31,1,2x,\n' + // 7
      'A,2024-03-31,1\n' + // 8
      'A,2024-03-31,1,2,,\n' + // 9: accepted
      'A,2024-03-31,1,2,,,\n' + // 10
      'A,2024-03-31,1,3,\n' + // 11
      'A,2024-03-31,1,2,\n' + // 12: unchanged
      '\n' +
      'A,2024-04-30,"1",,"open\n' + // 14
      'A,2024-05-31,,,\n'; // 15: accepted
    const { document, target } = await importText(t, content);
    assert.deepEqual(document.rejected, [
      { line: 4, column: 'customer', reason: 'the customer is empty', text: ',2024-01-31,1,2,' },
      { line: 5, column: 'date', reason: '"2024-02-30" is no date of the file\'s format', text: 'A,2024-02-30,1,2,' },
      { line: 6, column: 'date', reason: 'the date is empty', text: 'A,,1,2,' },
      { line: 7, column: 'y, z', reason: '"2x" is not a number', text: 'A,2024-03-31,1,2x,' },
      { line: 8, column: null, reason: '3 fields where the file has 5 columns', text: 'A,2024-03-31,1' },
      { line: 10, column: null, reason: '7 fields where the file has 5 columns', text: 'A,2024-03-31,1,2,,,' },
      {
        line: 11,
        column: null,
        reason: 'differs from an earlier row of this file for the same customer and step',
        text: 'A,2024-03-31,1,3,',
      },
      { line: 14, column: null, reason: 'a quote that is opened and never closed', text: 'A,2024-04-30,"1",,"open' },
    ]);
    assert.deepEqual(document.rows, { read: 12, accepted: 3, unchanged: 1, conflicting: 0, rejected: 8 });
    assert.deepEqual(target.rejected, document.rejected);
    assert.deepEqual(target.rows.at(-1), ['A', 652, NaN, NaN]);
  });

  test('steps that are no whole numbers, attributes that change', async (t) => {
    const content = 'customer,day,x,seg\nA,0,1,p\nA,1.5,1,p\nA,2.0,1,\nA,3,1,q\nA,9999999999,1,p\nA,,1,p\n';
    const { document } = await importText(t, content, ['static=seg']);
    assert.deepEqual(
      document.rejected.map(({ line, column }) => [line, column]),
      [
        [3, 'day'],
        [5, 'seg'],
        [6, 'day'],
        [7, 'day'],
      ],
    );
    assert.match(document.rejected[1]!.reason, /"p"/);
    assert.equal(document.rows.accepted, 2);
  });

  test('the document lists a thousand, the target hears of all; long texts are cut', async (t) => {
    const rows = Array.from({ length: 1_500 }, (_, i) => `A,${i},"${'z'.repeat(3_000)}"`);
    const good = Array.from({ length: 2_000 }, (_, i) => `B,${i},1`);
    const { document, target } = await importText(t, ['customer,day,x', ...good, ...rows].join('\n'));
    assert.deepEqual([document.rejected.length, target.rejected.length, document.rows.rejected], [1_000, 1_500, 1_500]);
    assert.equal(document.rejected[0]!.text.length, 2_000);
    assert.ok(document.rejected[0]!.reason.length < 100);
  });

  test('nothing to take: refused, with the commonest reason and its first line', async (t) => {
    const content = 'customer,day,x\n,0,1\nA,0,z\nB,1,z\n';
    await assert.rejects(
      importText(t, content, ['features=x']),
      failure('data-refused', 'export.csv', '2 times', 'line 3, column "x"', '"z" is not a number'),
    );
    await assert.rejects(importText(t, 'customer,day,x\n'), failure('data-refused', 'no rows'));
  });
});

describe('around an import', () => {
  const settled = { signal: new AbortController().signal, progress: () => {} };

  test('files that cannot be read', async (t) => {
    const path = fileOf(t, 'customer,day,x\nA,0,1\n');
    await assert.rejects(importPath(`${path}.none`, new RecordingTarget()), failure('file-missing'));
    await assert.rejects(importText(t, ''), failure('data-refused', 'empty'));
    await assert.rejects(importText(t, '\n\n'), failure('data-refused'));
    await assert.rejects(importText(t, 'PK\u0003\u0004…'), failure('data-refused', 'damaged'));
  });

  test('profiles by name', async (t) => {
    const path = fileOf(t, 'customer,day,x\nA,0,1\n');
    await assert.rejects(
      importPath(path, new RecordingTarget(), [], 'nope'),
      failure('usage', 'nope', 'uci-credit-card'),
    );
    await assert.rejects(
      importPath(path, new RecordingTarget(), [], 'uci-credit-card'),
      failure('data-refused', 'LIMIT_BAL', 'PAY_AMT6'),
    );
  });

  test('cancelled: finish is never called', async (t) => {
    const rows = Array.from({ length: 60_000 }, (_, i) => `C${i},0,1`);
    const file = fileOf(t, `customer,day,x\n${rows.join('\n')}`);
    const request = { file, profile: null, settings: [], dryRun: false, onConflict: 'keep' as const };
    for (const phase of ['encoding', 'rows', 'outcomes']) {
      const controller = new AbortController();
      const target = new RecordingTarget();
      const running = importFile({ ...request }, target, {
        signal: controller.signal,
        progress: (report) => {
          if (report.phase === phase) controller.abort();
        },
      });
      await assert.rejects(running, failure('cancelled'), phase);
      assert.equal(target.result, null);
    }
  });

  test('progress ends at the size of the file', async (t) => {
    const file = fileOf(t, 'customer,day,x\nA,0,1\n');
    const heard: string[] = [];
    const request = { file, profile: null, settings: [], dryRun: false, onConflict: 'keep' as const };
    await importFile(request, new RecordingTarget(), {
      ...settled,
      progress: ({ phase, done, total }) => heard.push(`${phase} ${done}/${total}`),
    });
    assert.deepEqual(heard, ['encoding 21/21', 'rows 21/21', 'outcomes 1/1']);
  });

  test('settings are checked before the file is touched', async () => {
    await assert.rejects(
      importPath('none.csv', new RecordingTarget(), ['kind=cards']),
      failure('usage', 'cards', 'history', 'ledger', 'outcomes'),
    );
  });
});
