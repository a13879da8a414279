import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_STEP, UNKNOWN_OUTCOME } from '../../src-main/sequences/panel.ts';
import { openForReading } from '../../src-main/store/open.ts';
import { customerNumber, readPanel } from '../../src-main/store/read-panel.ts';
import { historyFeature, importRows, newPortfolio, staticFeature, type ImportFile } from './portfolio-file.ts';

const row = (customer: string, step: number, ...values: (number | null)[]) => ({
  customer,
  steps: [step],
  values: [values],
});

test('histories become calendar rows, with empty rows where steps are missing', async (t) => {
  const { db, path } = newPortfolio(t);
  await importRows(db, {
    history: ['x', 'y'],
    dated: true,
    timeStep: 'week',
    // In no order, and the second customer first.
    records: [
      row('b', 7, 70, 71),
      row('a', -1, -10, null),
      row('a', 3, 0.1, 31),
      row('b', 6, null, null),
      row('a', 0, 1, 2),
    ],
    outcomes: [['nobody', 1, 3]],
    outcomeKind: 'dated',
  });
  const reader = openForReading(path);
  t.after(() => reader.close());
  const panel = readPanel(reader);
  assert.deepEqual(panel, {
    timeStep: 'week',
    dated: true,
    outcomeKind: 'dated',
    features: [historyFeature('x'), historyFeature('y')],
    staticFeatures: [],
    textAttributes: [],
    customers: ['b', 'a'],
    customerIds: Int32Array.of(1, 2),
    firstRow: Int32Array.of(0, 2, 7),
    firstStep: Int32Array.of(6, -1),
    // prettier-ignore
    values: Float32Array.of(
      NaN, NaN, 70, 71,
      -10, NaN, 1, 2, NaN, NaN, NaN, NaN, 0.1, 31,
    ),
    statics: new Float32Array(0),
    outcome: Int8Array.of(0, 0),
    eventStep: Int32Array.of(NO_STEP, NO_STEP),
  });
});

test('one customer alone reads as among the others', async (t) => {
  const { db } = newPortfolio(t);
  await importRows(db, {
    history: ['x'],
    statics: ['limit'],
    records: [
      { ...row('a', 1, 10), statics: ['5'] },
      { ...row('b', 2, 20), statics: ['6'] },
      { ...row('b', 4, 40), statics: ['6'] },
    ],
    outcomes: [['b', 1, null]],
  });
  const number = customerNumber(db, 'b');
  assert.equal(number, 2);
  assert.equal(customerNumber(db, 'c'), null);
  const { customers, firstRow, firstStep, values, statics, outcome } = readPanel(db, number);
  assert.deepEqual(customers, ['b']);
  assert.deepEqual([firstRow, firstStep], [Int32Array.of(0, 3), Int32Array.of(2)]);
  assert.deepEqual(values, Float32Array.of(20, NaN, 40));
  assert.deepEqual([statics, outcome], [Float32Array.of(6), Int8Array.of(1)]);
});

test('a stray text takes no number away, and an attribute of text is named', async (t) => {
  const { db } = newPortfolio(t);
  const records = [
    ['5', 'north'],
    ['6', 'south'],
    ['k.A.', '7'],
  ].map((statics, i) => ({ ...row(`c${i}`, 1, 1), statics }));
  await importRows(db, { history: ['x'], statics: ['limit', 'region'], records });
  const { staticFeatures, statics, textAttributes } = readPanel(db);
  assert.deepEqual(
    staticFeatures.map(({ name }) => name),
    ['limit'],
  );
  assert.deepEqual(statics, Float32Array.of(5, 6, NaN));
  assert.deepEqual(textAttributes, ['region']);
});

test('constant flags: who has none is unknown', async (t) => {
  const { db } = newPortfolio(t);
  const records = ['a', 'b', 'c'].map((customer) => row(customer, 1, 1));
  await importRows(db, { history: ['x'], records });
  assert.deepEqual(readPanel(db).outcome, new Int8Array(3).fill(UNKNOWN_OUTCOME));
  await importRows(db, {
    kind: 'outcomes',
    outcomes: [
      ['a', 1, null],
      ['b', 0, null],
    ],
    outcomeKind: 'constant',
  });
  const { outcome, eventStep, outcomeKind } = readPanel(db);
  assert.equal(outcomeKind, 'constant');
  assert.deepEqual(outcome, Int8Array.of(1, 0, UNKNOWN_OUTCOME));
  assert.deepEqual(eventStep, new Int32Array(3).fill(NO_STEP));
});

test('dated outcomes: the first event counts, who is absent had none, a flag alone has no step', async (t) => {
  const { db } = newPortfolio(t);
  await importRows(db, {
    history: ['x'],
    records: ['a', 'b', 'c', 'd'].map((customer) => row(customer, 1, 1)),
    outcomes: [
      ['a', 1, 9],
      ['a', 1, 5],
      ['a', 0, null],
      ['b', 0, null],
      ['c', 1, null],
    ],
    outcomeKind: 'dated',
  });
  const { outcome, eventStep } = readPanel(db);
  assert.deepEqual(outcome, Int8Array.of(1, 0, 1, 0));
  assert.deepEqual(eventStep, Int32Array.of(5, NO_STEP, NO_STEP, NO_STEP));
});

test('static attributes come along where they are model inputs and numbers throughout', async (t) => {
  const { db } = newPortfolio(t);
  const statics = ['limit', 'sex', 'empty', 'age'];
  const file: ImportFile = {
    history: ['x'],
    statics,
    records: [
      { ...row('a', 1, 1), statics: ['5.00E+05', '1', null, '30'] },
      { ...row('b', 1, 1), statics: [null, 'F', null, '0.5'] },
    ],
  };
  await importRows(db, file);
  db.prepare("UPDATE features SET model_input = 0 WHERE name = 'age'").run();
  const panel = readPanel(db);
  assert.deepEqual(panel.staticFeatures, [staticFeature('limit')]);
  assert.deepEqual(panel.statics, Float32Array.of(500_000, NaN));
  db.prepare("UPDATE features SET model_input = 1 WHERE name = 'age'").run();
  assert.deepEqual(readPanel(db).statics, Float32Array.of(500_000, 30, NaN, 0.5));
});

test('a portfolio without histories is refused', async (t) => {
  const { db } = newPortfolio(t);
  assert.throws(() => readPanel(db), { code: 'data-refused' });
  await importRows(db, { kind: 'outcomes', outcomes: [['a', 1, null]], outcomeKind: 'constant' });
  assert.throws(() => readPanel(db), { code: 'data-refused' });
});

test('an absurd gap is refused, naming the customer; a long true history is not', async (t) => {
  const { db } = newPortfolio(t);
  await importRows(db, { history: ['x'], records: [row('a', 1, 1), row('a', 100_000, 2)] });
  assert.equal(readPanel(db).values.length, 100_000);
  await importRows(db, { history: ['x'], records: [row('typo', 1, 1), row('typo', 20_000_000, 2)] });
  assert.throws(() => readPanel(db), { code: 'data-refused', message: /“typo” has 2 rows/ });
});
