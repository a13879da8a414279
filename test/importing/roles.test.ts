import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ColumnRole } from '../../src-main/ipc/documents.ts';
import type { PreviewColumn } from '../../src-main/ipc/views.ts';
import { chipsOf } from '../../src-renderer/importing/reading-chips.ts';
import { rejectedCsv } from '../../src-renderer/importing/rejected-csv.ts';
import { inRoles, periodColumns, settingPairs, withRole } from '../../src-renderer/importing/roles.ts';
import { currencyCode, currencyIn } from '../../src-renderer/start/currencies.ts';
import { readSettings } from '../../src-main/importing/settings.ts';

const columnsOf = (...columns: [string, ColumnRole | null, string?][]): PreviewColumn[] =>
  columns.map(([name, role, feature]) => ({
    name,
    role,
    feature: feature ?? null,
    why: '',
    samples: [],
    unsure: false,
  }));

const COLUMNS = columnsOf(
  ['Konto', 'customer'],
  ['Tag', 'date'],
  ['Saldo, netto', 'feature', 'Saldo, netto'],
  ['Rate', 'feature', 'Rate'],
  ['x', 'ignored'],
  ['X', 'ignored'],
);

test('chosen roles as settings, with the lists whole and names as the reader takes them', () => {
  assert.deepEqual(settingPairs({ decimal: ',' }, {}, COLUMNS), [{ key: 'decimal', value: ',' }]);
  const roles = withRole(withRole(withRole({}, 3, 'static'), 4, 'feature'), 5, 'ignored');
  const pairs = settingPairs({}, roles, COLUMNS);
  assert.deepEqual(pairs, [
    { key: 'features', value: '"Saldo, netto",4' },
    { key: 'static', value: 'Rate' },
    { key: 'ignore', value: '5' },
  ]);
  assert.deepEqual(readSettings(pairs).features, ['Saldo, netto', '4']);
});

test('what only one column can be goes from one to the other', () => {
  assert.deepEqual(withRole({ 1: 'date', 2: 'customer' }, 3, 'customer'), { 1: 'date', 3: 'customer' });
  assert.deepEqual(withRole({ 1: 'date', 2: 'feature' }, 3, 'step'), { 2: 'feature', 3: 'step' });
  assert.deepEqual(settingPairs({}, { 4: 'outcome' }, COLUMNS), [{ key: 'outcome', value: '4' }]);
});

test('columns that are periods of one feature', () => {
  const columns = columnsOf(
    ['id', 'customer'],
    ['PAY_1', 'feature', 'PAY'],
    ['PAY_2', 'feature', 'PAY'],
    ['y', 'feature', 'y'],
  );
  assert.deepEqual([...periodColumns(columns)], [1, 2]);
});

test('reasons in the words of the screen', () => {
  assert.equal(inRoles('named with static=; never changes'), 'set by you; never changes');
  assert.equal(inRoles('another id; name it in features= or static= to use it'), 'another id; choose a role to use it');
  assert.equal(
    inRoles('as those of events do; if they are, name it in outcomeDate='),
    'as those of events do; if they are, choose “Date of the event”',
  );
  assert.equal(inRoles('by its name'), 'by its name');
});

test('chips: what is known, what is open, and what was set', () => {
  const chips = chipsOf(
    {
      file: 'a.csv',
      bytes: 1,
      sheets: [],
      sheet: null,
      provisional: false,
      rawLines: [],
      dialect: { encoding: 'utf-8', delimiter: '\t', quote: '', headerLine: 0 },
      why: { delimiter: 'It cuts 9 of 9 lines into 3 columns.' },
      columns: [],
      rows: [],
      reading: null,
      problem: { code: 'data-refused', message: '' },
      toSet: ['dateFormat'],
    },
    { delimiter: '\t' },
  );
  assert.deepEqual(
    chips.map(({ id, value, isSet, toSet }) => [id, value, isSet, toSet]),
    [
      ['encoding', 'UTF-8', false, false],
      ['delimiter', 'tab', true, false],
      ['quote', 'no quotes', false, false],
      ['headerLine', 'no header', false, false],
      ['numbers', null, false, false],
      ['dateFormat', null, false, true],
      ['timeStep', null, false, false],
      ['kind', null, false, false],
    ],
  );
  // Whatever can be chosen is what the reader of settings takes.
  for (const { choices } of chips) {
    for (const { settings } of choices) {
      readSettings(Object.entries(settings).map(([key, value]) => ({ key, value })));
    }
  }
});

test('set-aside rows as CSV', () => {
  const rows = [{ line: 3, column: null, reason: 'a "quote"', text: 'x,y' }];
  assert.equal(rejectedCsv(rows), '\ufeffline,column,reason,text\r\n3,,"a ""quote""","x,y"\r\n');
});

test('currencies by code, by name, and as a file shows them', () => {
  assert.deepEqual(['', ' eur ', 'Indian rupee', 'zloty', 'rupee', 'dollars'].map(currencyCode), [
    '',
    'EUR',
    'INR',
    'PLN',
    null,
    null,
  ]);
  assert.equal(currencyIn(['Kontoauszug', 'Beträge in EUR;;']), 'EUR');
  assert.equal(currencyIn(['amount (₹)', '1,00,000']), 'INR');
  assert.equal(currencyIn(['EUR and USD']), '');
  assert.equal(currencyIn(['EUROPE', 'ZARA']), '');
});
