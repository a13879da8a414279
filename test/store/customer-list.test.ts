import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Standing } from '../../src-main/ipc/changes.ts';
import type { Reason } from '../../src-main/ipc/reasons.ts';
import type { CustomersFilter } from '../../src-main/ipc/views.ts';
import { CustomerLists } from '../../src-main/store/customer-list.ts';
import { readCustomer } from '../../src-main/store/customer.ts';
import { registerExperiment } from '../../src-main/store/experiments.ts';
import { setChampion } from '../../src-main/store/models.ts';
import { setLevelBounds } from '../../src-main/store/naming.ts';
import { addNote } from '../../src-main/store/notes.ts';
import { openForReading } from '../../src-main/store/open.ts';
import { saveScoring } from '../../src-main/store/scorings.ts';
import { importRows, newPortfolio } from './portfolio-file.ts';
import { experiment, model } from './trained.ts';

const everything: CustomersFilter = {
  list: 'all',
  search: '',
  levels: [],
  change: 'any',
  ranges: [],
  sort: { key: 'pd', direction: 'descending' },
};
const STEPS = Array.from({ length: 30 }, (_, step) => step);

/** C1, C2, C10 and =C3 fill the window of 30 steps; D1 has 3 of them, and D2's event has passed. */
async function portfolioWith(t: TestContext) {
  const { db, path } = newPortfolio(t);
  const whole = (customer: string, last: number | null) => ({
    customer,
    steps: STEPS,
    values: STEPS.map((step) => [step === 29 ? last : step]),
    statics: [customer === 'C2' ? '61' : 'unknown'],
  });
  await importRows(db, {
    history: ['x'],
    statics: ['age'],
    records: [
      whole('C10', 100),
      whole('C2', null),
      whole('C1', -5),
      whole('=C3', 7),
      { customer: 'D1', steps: [27, 28, 29], values: [[1], [2], [3]] },
      whole('D2', 0),
    ],
    outcomes: [['D2', 1, 20]],
    outcomeKind: 'dated',
  });
  registerExperiment(db, experiment(model('lstm', 0.7), model('logistic', 0.6)));
  const reader = openForReading(path);
  t.after(() => reader.close());
  const lists = new CustomerLists(reader);
  /** PDs by customer; who is not named is left out. */
  const score = (pds: Record<string, number>, reasons?: Record<string, Reason[]>) => {
    const numberOf = (id: string) =>
      db.prepare<[string], number>('SELECT id FROM customers WHERE external_id = ?').pluck().get(id)!;
    const numbers = Object.keys(pds).map(numberOf);
    saveScoring(db, {
      modelId: '1',
      asOfStep: 29,
      customers: Int32Array.from(numbers),
      scores: Float32Array.from(Object.values(pds)),
      steps: Int32Array.from(numbers, () => 29),
      skipped: [{ reason: 'whose event has passed', customers: 1 }],
      ...(reasons && {
        reasons: Object.entries(reasons).map(([id, found]) => ({ customer: numberOf(id), reasons: found })),
      }),
    });
  };
  const ids = (filter: Partial<CustomersFilter>) => lists.ids({ ...everything, ...filter });
  const page = (filter: Partial<CustomersFilter> = {}) =>
    lists.page({ ...everything, ...filter, offset: 0, limit: 100 });
  const row = (customer: string) => page().rows.find((one) => one.customer === customer)!;
  return { db, reader, lists, score, ids, page, row };
}

test('before the first scoring all customers are there, and nobody is watched', async (t) => {
  const { page, ids, row } = await portfolioWith(t);
  const { scoring, levels, levelsBefore, changes, matching } = page();
  assert.deepEqual([scoring, levelsBefore, changes, matching], [null, null, null, 6]);
  assert.deepEqual(levels, { Critical: 0, High: 0, Medium: 0, Low: 0 });
  assert.deepEqual(ids({ list: 'watchlist' }), []);
  assert.deepEqual([row('C1').pd, row('C1').reason, row('C1').recent], [null, 'Nothing has been scored yet', []]);
});

test('the latest scoring comes riskiest first, with the change since the one before and reasons at the end', async (t) => {
  const { db, page, score, row, ids } = await portfolioWith(t);
  score({ C1: 0.5, C2: 0.25, C10: 0.125 });
  score({ C1: 0.25, C2: 0.75, '=C3': 0.5 });
  const { scoring, levels, levelsBefore, changes, matching, rows } = page();
  assert.deepEqual(
    [scoring?.scoringId, scoring?.kind, scoring?.asOf, scoring?.stale, scoring?.otherChampion, scoring?.before?.kind],
    ['2', 'lstm', '29', false, false, 'lstm'],
  );
  assert.deepEqual(levels, { Critical: 1, High: 1, Medium: 1, Low: 0 });
  assert.deepEqual(levelsBefore, { Critical: 0, High: 1, Medium: 1, Low: 1 });
  assert.deepEqual(changes, { up: 1, down: 1, entered: 2, left: 1 });
  assert.equal(matching, 6);
  assert.deepEqual(
    rows.map(({ customer, pd, change, riskLevel }) => [customer, pd, change, riskLevel]),
    [
      ['C2', 0.75, 0.5, 'Critical'],
      ['=C3', 0.5, null, 'High'],
      ['C1', 0.25, -0.25, 'Medium'],
      ['C10', null, null, null],
      ['D1', null, null, null],
      ['D2', null, null, null],
    ],
  );
  assert.equal(row('C10').reason, 'Imported after this scoring');
  assert.equal(row('D1').reason, 'Fewer than 30 steps of history');
  assert.equal(row('D2').reason, 'The event has passed');
  assert.deepEqual(row('C10').recent, [0.125, null]);
  assert.deepEqual(ids({ list: 'watchlist' }), ['C2', '=C3']);
  setChampion(db, '2');
  db.exec("UPDATE import_batches SET imported_at = '2999-01-01T00:00:00.000Z'");
  assert.deepEqual([page().scoring?.otherChampion, page().scoring?.stale], [true, true]);
});

test('changes are counted within the list that is asked for, as its filters show them', async (t) => {
  const { page, score } = await portfolioWith(t);
  score({ C1: 0.9, C2: 0.1, C10: 0.6, '=C3': 0.1 });
  score({ C1: 0.8, C2: 0.2, C10: 0.3, '=C3': 0.7 });
  assert.deepEqual(page().changes, { up: 2, down: 2, entered: 1, left: 1 });
  const { changes } = page({ list: 'watchlist' });
  assert.deepEqual(changes, { up: 1, down: 1, entered: 1, left: 1 });
  for (const change of ['up', 'down', 'entered', 'left'] as const) {
    assert.equal(page({ list: 'watchlist', change }).matching, changes?.[change], change);
  }
});

test('search takes text as it is; levels, changes and ranges narrow down', async (t) => {
  const { ids, score, page } = await portfolioWith(t);
  score({ C1: 0.5, C2: 0.25, C10: 0.6 });
  score({ C1: 0.25, C2: 0.75, C10: 0.625, '=C3': 0.5 });
  assert.deepEqual(ids({ search: 'c1' }), ['C10', 'C1']);
  assert.deepEqual(ids({ search: '=' }), ['=C3']);
  assert.deepEqual(ids({ search: '%' }), []);
  assert.deepEqual(ids({ levels: ['Critical', 'Medium'] }), ['C2', 'C1']);
  assert.deepEqual(ids({ change: 'up' }), ['C2']);
  assert.deepEqual(ids({ change: 'down' }), ['C1']);
  assert.deepEqual(ids({ change: 'entered' }), ['C2', '=C3']);
  assert.deepEqual(ids({ change: 'left' }), ['C1']);
  assert.deepEqual(ids({ list: 'watchlist', change: 'left' }), ['C1'], 'who was there before');
  assert.deepEqual(
    ids({ ranges: [{ feature: 'x', least: 7, most: null }] }),
    ['C2', 'C10', '=C3'],
    'C2: the 28 before',
  );
  assert.deepEqual(ids({ ranges: [{ feature: 'x', least: null, most: -5 }] }), ['C1']);
  assert.deepEqual(ids({ ranges: [{ feature: 'age', least: 60, most: 70 }] }), ['C2']);
  assert.deepEqual(ids({ ranges: [{ feature: 'gone', least: null, most: null }] }), []);
  const { matching, rows } = page({ search: 'C' });
  assert.deepEqual([matching, rows.length], [4, 4]);
});

test('a page is a stretch of what matches', async (t) => {
  const { lists, score } = await portfolioWith(t);
  score({ C1: 0.1, C2: 0.2, C10: 0.3 });
  const { matching, rows } = lists.page({ ...everything, offset: 1, limit: 2 });
  assert.deepEqual([matching, ...rows.map(({ customer }) => customer)], [6, 'C2', 'C1']);
});

test('sorts by each key, with what is missing last in both directions', async (t) => {
  const { ids, score } = await portfolioWith(t);
  score({ C1: 0.9, C2: 0.2, C10: 0.3 });
  score({ C1: 0.8, C2: 0.6, C10: 0.3 });
  const by = (key: CustomersFilter['sort']['key'], direction: CustomersFilter['sort']['direction']) =>
    ids({ sort: { key, direction } }).join(' ');
  assert.equal(by('pd', 'ascending'), 'C10 C2 C1 =C3 D1 D2');
  assert.equal(by('change', 'descending'), 'C2 C10 C1 =C3 D1 D2');
  assert.equal(by('change', 'ascending'), 'C1 C10 C2 =C3 D1 D2');
  assert.equal(by('customer', 'ascending'), '=C3 C1 C2 C10 D1 D2', 'numbers by their size');
  assert.equal(by('customer', 'descending'), 'D2 D1 C10 C2 C1 =C3');
  assert.equal(by('onListSince', 'ascending'), 'C1 C2 =C3 C10 D1 D2');
});

test('the time on the watchlist is the unbroken run that ends with the latest scoring, by the bounds of now', async (t) => {
  const { db, row, score } = await portfolioWith(t);
  score({ C1: 0.6, C2: 0.9, C10: 0.3 });
  score({ C1: 0.6, C10: 0.3 });
  score({ C1: 0.4, C2: 0.9, C10: 0.45 });
  score({ C1: 0.6, C2: 0.9, C10: 0.45 });
  const times = db.prepare<[], string>('SELECT created_at FROM scorings ORDER BY id').pluck();
  db.exec("UPDATE scorings SET created_at = '2026-0' || id || '-01T00:00:00.000Z'");
  const since = (customer: string) => times.all().indexOf(row(customer).onListSince ?? '') + 1;
  // What is kept in memory follows a scoring, not its date.
  score({ C1: 0.6, C2: 0.9, C10: 0.45 });
  assert.deepEqual([since('C1'), since('C2'), since('C10')], [4, 3, 0], 'a gap ends a run');
  setLevelBounds(db, { critical: 0.8, high: 0.4, medium: 0.2 });
  assert.deepEqual([since('C1'), since('C2'), since('C10')], [1, 3, 3]);
  assert.equal(row('C10').riskLevel, 'High');
});

test('a cell of the transition matrix shows who moved so, on the watchlist or not', async (t) => {
  const { ids, score } = await portfolioWith(t);
  score({ C1: 0.9, C2: 0.1, C10: 0.6 });
  score({ C1: 0.1, C2: 0.8, '=C3': 0.6 });
  const moved = (from: Standing, to: Standing, list: 'watchlist' | 'all' = 'watchlist') =>
    ids({ list, moved: { from, to } });
  assert.deepEqual(moved('Critical', 'Low'), ['C1']);
  assert.deepEqual(moved('Low', 'Critical'), ['C2']);
  assert.deepEqual(moved('none', 'High'), ['=C3']);
  assert.deepEqual(moved('High', 'none', 'all'), ['C10']);
  assert.deepEqual(moved('none', 'none', 'all'), []);
});

test('changes may be measured against an older scoring', async (t) => {
  const { ids, page, score } = await portfolioWith(t);
  score({ C1: 0.9, C2: 0.1 });
  score({ C1: 0.5, C2: 0.8 });
  score({ C1: 0.6, C2: 0.9 });
  const changes = (since: string | null) => page({ since }).rows.map((row) => [row.change, row.previousLevel]);
  const before = page({ since: '1' }).scoring!.before!;
  assert.equal(before.scoringId, '1');
  assert.equal(page({ since: '2' }).scoring!.before!.scoringId, '2');
  assert.deepEqual(
    changes('1')
      .slice(0, 2)
      .map(([change, level]) => [Number(change).toFixed(2), level]),
    [
      ['0.80', 'Low'],
      ['-0.30', 'Critical'],
    ],
  );
  assert.deepEqual(ids({ change: 'entered', since: '1' }), ['C2']);
  assert.deepEqual(ids({ change: 'entered' }), []);
  assert.deepEqual([page({ since: '1' }).changes?.entered, page().changes?.entered], [1, 0]);
  assert.throws(() => page({ since: '3' }), { code: 'not-found' }, 'the latest itself');
  assert.throws(() => page({ since: '9' }), { code: 'not-found' });
});

test('the days on the watchlist are those between the dates of the data', async (t) => {
  const { db, row, score } = await portfolioWith(t);
  score({ C1: 0.6, C2: 0.1 });
  score({ C1: 0.6, C2: 0.6 });
  db.exec('UPDATE scorings SET as_of_step = 20 WHERE id = 1');
  score({ C1: 0.6, C2: 0.6 });
  assert.deepEqual(row('C1').listed, { asOf: '20', days: 9, scorings: 3 });
  assert.deepEqual(row('C2').listed, { asOf: '29', days: 0, scorings: 2 });
  assert.equal(row('C10').listed, null);
  db.exec("UPDATE portfolio SET dated = 1, time_step = 'month'");
  score({ C1: 0.6, C2: 0.1 });
  // The months 20 and 29 since January 1970 end on 30 September 1971 and 30 June 1972.
  assert.deepEqual(row('C1').listed, { asOf: '1971-09-30', days: 274, scorings: 4 });
});

test('lists follow imports and notes', async (t) => {
  const { db, lists, row, ids, score } = await portfolioWith(t);
  score({ C1: 0.6 });
  addNote(db, 'C1', 'called');
  assert.equal(row('C1').notes, 1);
  await importRows(db, { history: ['x'], records: [{ customer: 'E', steps: STEPS, values: STEPS.map(() => [500]) }] });
  assert.deepEqual(ids({ ranges: [{ feature: 'x', least: 500, most: null }] }), ['E']);
  assert.equal(row('E').reason, 'Imported after this scoring');
  assert.equal(lists.one(999).row, null);
});

test('a customer is read with its history, attributes, event and place in the latest scoring', async (t) => {
  const { db, reader, lists, score } = await portfolioWith(t);
  score({ C1: 0.6 });
  addNote(db, 'C1', 'called');
  const view = readCustomer(reader, lists, 'C1');
  assert.deepEqual(
    [view.customer, view.part, view.event, view.features, view.firstStep, view.firstDate, view.steps],
    ['C1', null, null, ['x'], 0, null, 30],
  );
  assert.deepEqual([view.values[28], view.values[29]], [28, -5]);
  assert.deepEqual(view.statics, [{ name: 'age', value: 'unknown' }]);
  assert.deepEqual([view.score?.riskLevel, view.scoring?.kind], ['High', 'lstm']);
  assert.deepEqual(
    view.notes.map(({ text }) => text),
    ['called'],
  );
  assert.ok(Number.isNaN(readCustomer(reader, lists, 'C2').values[29]), 'an empty value');
  db.exec(
    "UPDATE history SET x = 2732.26 WHERE step = 28 AND customer = (SELECT id FROM customers WHERE external_id = 'C1')",
  );
  assert.equal(readCustomer(reader, lists, 'C1').values[28], 2732.26, 'as stored');
  assert.deepEqual(readCustomer(reader, lists, 'D2').event, { step: 20, date: null });
  assert.throws(() => readCustomer(reader, lists, 'X'), { code: 'not-found' });
});

const reasons = (...words: string[]): Reason[] =>
  words.map((said) => ({ feature: 'x', contribution: 0.2, words: said }));

test('rows have the reasons that the latest scoring kept; an earlier version kept none', async (t) => {
  const { db, score, page, row } = await portfolioWith(t);
  score({ C1: 0.6 });
  assert.deepEqual([page().scoring!.reasoned, row('C1').topReasons], [null, null]);
  assert.equal(page().scoring!.unreasoned, 0);
  score({ C1: 0.6, C2: 0.5, C10: 0.1 }, { C1: reasons('x up', 'age 61'), C2: [] });
  assert.deepEqual([page().scoring!.reasoned, page().scoring!.unreasoned], [2, 0]);
  assert.deepEqual(row('C1').topReasons, reasons('x up', 'age 61'));
  assert.deepEqual([row('C2').topReasons, row('C10').topReasons], [[], null]);
  setLevelBounds(db, { critical: 0.4, high: 0.2, medium: 0.05 });
  assert.deepEqual([page().scoring!.reasoned, page().scoring!.unreasoned], [2, 1], 'C10 is above Low now');
});

test('an export holds the score’s fields, reasons and notes, and no formula of the file’s', async (t) => {
  const { db, lists, score } = await portfolioWith(t);
  score({ C1: 0.5, '=C3': 0.75 }, { '=C3': reasons('=cmd up from 1 to 3', 'b down') });
  addNote(db, '=C3', '=1+1, "later"');
  const { text, customers } = lists.csv(everything, ['C1', '=C3', 'D1']);
  const today = new Date().toISOString().slice(0, 10);
  assert.equal(customers, 3);
  assert.deepEqual(text.split('\r\n'), [
    'customer_id,as_of,risk_score,risk_level,will_default,confidence,model_type,change,previous_level,on_list_since,days_on_list,seen_in_training,not_scored,notes,top_reasons',
    `'=C3,step 29,0.75,Critical,true,0.75,lstm,,,step 29,0,false,,"${today}: =1+1, ""later""",'=cmd up from 1 to 3; b down`,
    `C1,step 29,0.5,High,true,0.5,lstm,,,step 29,0,false,,,`,
    'D1,,,,,,,,,,,false,Fewer than 30 steps of history,,',
    '',
  ]);
  assert.equal(lists.csv({ ...everything, list: 'watchlist' }, null).customers, 2);
});
