import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import type { PortfolioShape } from '../../src-main/importing/target.ts';
import { EMPTY_PORTFOLIO, failure, importText } from './recording-target.ts';

const refused = (t: TestContext, content: string, settings: string[], code: string, ...words: string[]) =>
  assert.rejects(importText(t, content, settings), failure(code, ...words));

const rolesOf = async (t: TestContext, content: string, settings: string[] = [], portfolio?: PortfolioShape) => {
  const { document } = await importText(t, content, settings, portfolio);
  return Object.fromEntries(document.columns.map(({ name, role }) => [name, role]));
};

describe('what columns mean', () => {
  test('by names and values', async (t) => {
    const content =
      'Unnamed: 0,Account,Customer,Report Date,day_of_week,balance,city,sex,late_payments_count,is_default,default_date\n' +
      '1,77,A,2024-01-31,3,10,Graz,1,0,0,\n2,77,A,2024-02-29,4,11,Graz,1,2,0,\n3,78,B,2024-01-31,3,12,Linz,2,,1,2024-02-29\n';
    const { document, target } = await importText(t, content);
    assert.deepEqual(
      document.columns.map(({ role }) => role),
      [
        'ignored',
        'ignored',
        'customer',
        'date',
        'feature',
        'feature',
        'ignored',
        'ignored',
        'feature',
        'outcome',
        'outcomeDate',
      ],
    );
    assert.deepEqual(
      target.head!.features.map(({ name, fill }) => [name, fill]),
      [
        ['day_of_week', 'carry'],
        ['balance', 'carry'],
        ['late_payments_count', 'zero'],
      ],
    );
    assert.ok(document.columns.every(({ why }) => why.length > 5));
    assert.match(document.columns[7]!.why, /protects/);
    assert.equal(document.timeStep, 'month');
    assert.deepEqual(target.outcomes, [['B', 1, 649]]);
  });

  test('dates that some rows have may be those of events; others are no numbers', async (t) => {
    const content = (dates: readonly string[]) =>
      `Kunde;Stichtag;Saldo;Gefallen\n${dates.map((date, i) => `K${i};2024-01-31;${i};${date}`).join('\n')}\n`;
    const whyOf = async (dates: readonly string[]) =>
      (await importText(t, content(dates), [])).document.columns[3]!.why;
    for (const date of ['14.03.2024', '03.04.2024'])
      assert.match(await whyOf(['', '', date, '', '']), /those of events.*outcomeDate=/);
    assert.match(await whyOf(['14.03.2024', '15.03.2024', '16.03.2024', '', '']), /never changes/);
    assert.match(await whyOf(['', '', 'Linz', '', '']), /never changes/);
  });

  test('named ones lead, by name in any case, quoted name or number', async (t) => {
    const content = '"Kunde, Nr",wk,x,"y, z",seg,flag\nA,1,1,2,p,N\nA,2,3,4,p,N\nB,1,5,6,q,Y\n';
    const settings = [
      'customer="Kunde, Nr"',
      'step=1',
      'features=X,"y, z"',
      'static=seg',
      'outcome=5',
      'timeStep=week',
    ];
    const { document, target } = await importText(t, content, settings);
    assert.deepEqual(
      document.columns.map(({ role }) => role),
      ['customer', 'step', 'feature', 'feature', 'static', 'outcome'],
    );
    assert.deepEqual(target.rows, [
      ['A', 1, 1, 2],
      ['A', 2, 3, 4],
      ['B', 1, 5, 6],
    ]);
    assert.deepEqual(target.records[2]!.statics, ['q']);
    assert.deepEqual(target.outcomes, [
      ['A', 0, null],
      ['B', 1, null],
    ]);
    assert.equal(document.timeStep, 'week');
  });

  test('features= leaves other numbers out', async (t) => {
    const roles = await rolesOf(t, 'customer,day,x,y\nA,0,1,2\n', ['features=y']);
    assert.deepEqual(roles, { customer: 'customer', day: 'step', x: 'ignored', y: 'feature' });
  });

  test('no header: by number', async (t) => {
    const { document, target } = await importText(t, 'A,0,1.5\nA,1,2.5\n', ['customer=0', 'step=1']);
    assert.equal(document.dialect.headerLine, 0);
    assert.deepEqual(target.rows, [
      ['A', 0, 1.5],
      ['A', 1, 2.5],
    ]);
  });

  test('protected attributes are kept from the models', async (t) => {
    const { target, document } = await importText(t, 'customer,day,x,SEX,limit\nA,0,1,2,9\n', ['static=SEX,limit']);
    assert.deepEqual(target.head!.features.slice(1), [
      { name: 'SEX', kind: 'static', fill: 'carry', modelInput: false },
      { name: 'limit', kind: 'static', fill: 'carry', modelInput: true },
    ]);
    assert.match(document.columns[3]!.why, /protects/);
  });

  test('what the portfolio knows', async (t) => {
    const portfolio: PortfolioShape = {
      ...EMPTY_PORTFOLIO,
      features: [
        { name: 'Balance', kind: 'history', fill: 'zero', modelInput: true },
        { name: 'segment', kind: 'static', fill: 'carry', modelInput: false },
      ],
    };
    const { target } = await importText(t, 'customer,day,balance,SEGMENT\nA,0,,p\n', [], portfolio);
    assert.deepEqual(target.head!.features, portfolio.features);
    assert.deepEqual(target.records[0]!.statics, ['p']);
  });

  test('two columns of one name are two features', async (t) => {
    const { target } = await importText(t, 'customer,day,x,X\nA,0,1,2\n');
    assert.deepEqual(
      target.head!.features.map(({ name }) => name),
      ['x', 'X (2)'],
    );
  });

  test('another column that tells the outcome is no feature', async (t) => {
    const roles = await rolesOf(t, 'customer,day,x,label,will_default\nA,0,1,1,1\nB,0,1,0,0\n');
    assert.deepEqual([roles['label'], roles['will_default']], ['ignored', 'outcome']);
  });
});

describe('what is open is refused, with the setting to give', () => {
  const rows = '\nA,0,1\nB,1,2\n';
  test('customer', async (t) => {
    await refused(t, `who,day,x${rows}`, [], 'data-refused', 'customer=', 'who, day, x');
    await refused(t, `client_id,client_no,day,x\nA,A,0,1\n`, [], 'data-refused', 'client_id', 'client_no', 'customer=');
  });
  test('step', async (t) => {
    await refused(t, `customer,n,x${rows}`, [], 'data-refused', 'date=', 'step=');
    await refused(
      t,
      'customer,date,x\nA,1st May,1\nB,2nd May,2\n',
      [],
      'data-refused',
      '"date"',
      '1st May',
      'dateFormat=',
    );
    await refused(t, 'customer,report_date,value_date,x\nA,2024-01-01,2024-01-02,1\n', [], 'data-refused', 'date=');
    await refused(t, 'customer,date,x\nA,01/02/2024,1\nB,02/02/2024,2\n', [], 'data-refused', 'dateFormat=');
    await refused(t, 'customer,date,x\nA,2024-01-01,1\n', ['dateFormat=dd.MM.yyyy'], 'data-refused', 'dd.MM.yyyy');
  });
  test('features', async (t) => {
    await refused(t, 'customer,date,city\nA,2024-01-31,Graz\nA,2024-02-29,Graz\n', [], 'data-refused', 'features=');
  });
  test('outcome', async (t) => {
    await refused(
      t,
      'customer,day,x,bad,label\nA,0,1,0,0\nB,0,1,1,1\n',
      [],
      'data-refused',
      'bad',
      'label',
      'outcome=',
    );
  });
  test('numbers', async (t) => {
    await refused(t, 'customer;day;x\nA;0;1.234\nB;0;2.345\n', [], 'data-refused', '1.234', 'decimal=');
  });
});

describe('settings that do not fit are wrong usage', () => {
  const content = 'customer,day,x,grade,date\nA,0,1,p,2024-01-01\nB,1,2,q,2024-01-02\nC,2,3,r,2024-01-03\n';
  test('columns that are not there', async (t) => {
    await refused(t, content, ['features=x,nope'], 'usage', 'nope', 'customer, day, x, grade, date');
    await refused(t, content, ['customer=5'], 'usage', 'customer=5');
    await refused(t, 'A,0,1\nB,1,2\n', ['customer=id'], 'usage', 'numbered 0 to 2');
    await refused(t, 'Cc,CC,day,x\nA,A,0,1\n', ['customer=cc'], 'usage', '0, 1');
  });
  test('a column for two things', async (t) => {
    await refused(t, content, ['customer=x', 'features=x'], 'usage', 'customer=');
  });
  test('dates as step numbers', async (t) => {
    await refused(t, content, ['step=date'], 'usage', 'date=date');
    await refused(t, 'customer,ym,x\nA,202401,1\nA,202402,1\n', ['step=ym'], 'usage', 'date=ym');
  });
  test('an outcome without exactly two values', async (t) => {
    await refused(t, content, ['outcome=grade'], 'usage', 'grade', 'p, q, r');
    await refused(t, content, ['outcome=grade', 'outcomePositive=p'], 'usage', 'exactly two');
    const two = 'customer,day,x,grade\nA,0,1,1\nB,1,2,2\n';
    await refused(t, two, ['outcome=grade'], 'usage', 'outcomePositive=', '1, 2');
    await refused(t, two, ['outcome=grade', 'outcomePositive=3'], 'usage', 'exactly two');
    const { target } = await importText(t, two, ['outcome=grade', 'outcomePositive=2']);
    assert.deepEqual(target.outcomes, [
      ['A', 0, null],
      ['B', 1, null],
    ]);
  });
});
