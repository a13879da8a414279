import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DuecastError } from '../../src-main/ipc/errors.ts';
import { readAudit } from '../../src-main/store/audit.ts';
import { importInto } from '../../src-main/store/import-session.ts';
import { listImports, rejectedRows } from '../../src-main/store/imports.ts';
import { portfolioInfo } from '../../src-main/store/portfolio.ts';
import { dataOf, historyFeature, historyOf, importRows, newPortfolio } from './portfolio-file.ts';

test('a first import stores rows, features, shape and its batch', async (t) => {
  const { db, path } = newPortfolio(t);
  const { batchId, stepsWritten, fates } = await importRows(db, {
    file: 'march.csv',
    history: ['balance', 'spend'],
    statics: ['sex'],
    dated: true,
    records: [
      { customer: '007', steps: [10], values: [[0.1, null]], statics: ['F'] },
      { customer: '007', steps: [11], values: [[0.2, 5]], statics: ['F'] },
      { customer: '7', steps: [10], values: [[null, null]], statics: [null] },
    ],
    outcomes: [['007', 1, 12]],
    outcomeKind: 'dated',
    rejected: [{ line: 5, column: 'spend', reason: 'not a number', text: 'x;y' }],
  });
  assert.deepEqual(
    { batchId, stepsWritten, fates },
    { batchId: '1', stepsWritten: 3, fates: Array(3).fill('accepted') },
  );
  assert.deepEqual(historyOf(db, 'balance', 'spend'), [
    ['007', 10, 0.1, null],
    ['007', 11, 0.2, 5],
    ['7', 10, null, null],
  ]);
  const info = portfolioInfo(db, path);
  assert.deepEqual([info.timeStep, info.dated, info.outcomeKind], ['day', true, 'dated']);
  assert.deepEqual([info.customers, info.historyRows, info.firstStep, info.lastStep, info.events], [2, 3, 10, 11, 1]);
  assert.deepEqual(
    info.features.map(({ name, kind }) => [name, kind]),
    [
      ['balance', 'history'],
      ['spend', 'history'],
      ['sex', 'static'],
    ],
  );
  const [batch] = listImports(db).imports;
  assert.equal(batch!.file, 'march.csv');
  assert.deepEqual(batch!.rows, { read: 4, accepted: 3, unchanged: 0, conflicting: 0, rejected: 1 });
  assert.equal(batch!.undone, false);
  assert.equal(new Date(batch!.importedAt).toISOString(), batch!.importedAt);
  assert.deepEqual(rejectedRows(db, '1'), [{ line: 5, column: 'spend', reason: 'not a number', text: 'x;y' }]);
  assert.throws(() => rejectedRows(db, '2'), { code: 'not-found' });
  assert.deepEqual(
    readAudit(db).map(({ action }) => action),
    ['created', 'import'],
  );
});

test('the same file twice changes nothing and makes no batch', async (t) => {
  const { db } = newPortfolio(t);
  const file = {
    history: ['x', 'y'],
    statics: ['sex'],
    records: [
      { customer: 'a', steps: [1], values: [[1, null]], statics: ['F'] },
      { customer: 'a', steps: [2], values: [[2, 0.1 + 0.2]], statics: ['F'] },
    ],
    outcomes: [['a', 1, null] as [string, 0 | 1, number | null]],
    outcomeKind: 'constant' as const,
  };
  await importRows(db, file);
  const before = dataOf(db);
  const again = await importRows(db, { ...file, onConflict: 'replace' });
  assert.deepEqual(again, {
    batchId: null,
    stepsWritten: 0,
    fates: ['unchanged', 'unchanged'],
    outcomeFates: ['unchanged'],
  });
  assert.deepEqual(dataOf(db), before);
  assert.equal(listImports(db).imports.length, 1);
});

test('a file whose every row was set aside leaves nothing', async (t) => {
  const { db } = newPortfolio(t);
  const before = dataOf(db);
  const rejected = [{ line: 2, column: null, reason: 'no customer', text: ';;' }];
  assert.equal((await importRows(db, { history: ['x'], rejected })).batchId, null);
  assert.deepEqual(dataOf(db), before);
  assert.deepEqual(listImports(db).imports, []);
});

test('a dry run judges as the import does and keeps nothing', async (t) => {
  const { db } = newPortfolio(t);
  const before = dataOf(db);
  const file = { history: ['x'], records: [{ customer: 'a', steps: [1], values: [[1]] }] };
  const { batchId, fates, stepsWritten } = await importRows(db, { ...file, dryRun: true });
  assert.deepEqual({ batchId, fates, stepsWritten }, { batchId: null, fates: ['accepted'], stepsWritten: 1 });
  assert.deepEqual(dataOf(db), before);
  assert.deepEqual((await importRows(db, file)).fates, ['accepted']);
});

test('an import that throws leaves nothing, and the next one works', async (t) => {
  const { db } = newPortfolio(t);
  const before = dataOf(db);
  await assert.rejects(
    importInto(db, { dryRun: false, onConflict: 'keep' }, async (target) => {
      target.begin({
        file: 'f.csv',
        kind: 'history',
        profile: null,
        timeStep: 'day',
        dated: false,
        features: [historyFeature('x')],
      });
      target.record({ customer: 'a', steps: [1], values: Float64Array.of(1), statics: [] });
      await Promise.resolve();
      throw new DuecastError('cancelled', 'Cancelled');
    }),
    { code: 'cancelled' },
  );
  assert.equal(db.inTransaction, false);
  assert.deepEqual(dataOf(db), before);
  await importRows(db, { history: ['x'], records: [{ customer: 'a', steps: [1], values: [[1]] }] });
});

test('an empty value is filled, and an empty value erases nothing', async (t) => {
  const { db } = newPortfolio(t);
  const history = ['x', 'y'];
  await importRows(db, { history, records: [{ customer: 'a', steps: [1], values: [[1, null]] }] });
  const filled = await importRows(db, { history, records: [{ customer: 'a', steps: [1], values: [[null, 2]] }] });
  assert.deepEqual([filled.fates, filled.stepsWritten], [['accepted'], 1]);
  assert.deepEqual(historyOf(db, 'x', 'y'), [['a', 1, 1, 2]]);
  const empty = await importRows(db, {
    history,
    onConflict: 'replace',
    records: [{ customer: 'a', steps: [1], values: [[null, null]] }],
  });
  assert.deepEqual(empty.fates, ['unchanged']);
  assert.deepEqual(historyOf(db, 'x', 'y'), [['a', 1, 1, 2]]);
});

test('a later file may bring a new feature for rows that are there', async (t) => {
  const { db } = newPortfolio(t);
  await importRows(db, { history: ['x'], records: [{ customer: 'a', steps: [1], values: [[1]] }] });
  const { fates } = await importRows(db, {
    history: ['y', 'x'],
    records: [{ customer: 'a', steps: [1], values: [[2, 1]] }],
  });
  assert.deepEqual(fates, ['accepted']);
  assert.deepEqual(historyOf(db, 'x', 'y'), [['a', 1, 1, 2]]);
});

test('different values conflict: kept as they are, or replaced', async (t) => {
  const { db } = newPortfolio(t);
  const history = ['x', 'y'];
  await importRows(db, { history, records: [{ customer: 'a', steps: [1], values: [[1, null]] }] });
  const records = [{ customer: 'a', steps: [1], values: [[5, 2]] }];
  const kept = await importRows(db, { history, records });
  assert.deepEqual([kept.fates, kept.batchId, kept.stepsWritten], [['conflicting'], null, 0]);
  assert.deepEqual(historyOf(db, 'x', 'y'), [['a', 1, 1, null]], 'with keep not even the empty value is filled');
  const replaced = await importRows(db, { history, records, onConflict: 'replace' });
  assert.deepEqual([replaced.fates, replaced.stepsWritten], [['conflicting'], 1]);
  assert.deepEqual(historyOf(db, 'x', 'y'), [['a', 1, 5, 2]]);
  assert.equal(db.prepare('SELECT old FROM replaced_values').pluck().get(), '{"x":1,"y":null}');
});

test('twice in one file: equal is unchanged, different contradicts, and the first one stays', async (t) => {
  const { db } = newPortfolio(t);
  const row = (...values: (number | null)[]) => ({ customer: 'a', steps: [1], values: [values] });
  const { fates } = await importRows(db, {
    history: ['x', 'y'],
    records: [row(1, null), row(1, null), row(1, 2), row(2, null), row(null, null)],
  });
  assert.deepEqual(fates, ['accepted', 'unchanged', 'contradicts', 'contradicts', 'contradicts']);
  assert.deepEqual(historyOf(db, 'x', 'y'), [['a', 1, 1, null]]);
});

test('twice in one file counts too where the first one was unchanged, filling or conflicting', async (t) => {
  const row = (...values: (number | null)[]) => ({ customer: 'a', steps: [1], values: [values] });
  for (const onConflict of ['keep', 'replace'] as const) {
    for (const first of [row(1, null), row(null, 2), row(9, null)]) {
      const { db } = newPortfolio(t);
      await importRows(db, { history: ['x', 'y'], records: [row(1, null)] });
      const once = await importRows(db, { history: ['x', 'y'], records: [first], onConflict, dryRun: true });
      const { fates } = await importRows(db, {
        history: ['x', 'y'],
        records: [first, first, row(7, 7)],
        onConflict,
      });
      assert.deepEqual(fates, [once.fates[0], 'unchanged', 'contradicts']);
      assert.notDeepEqual(historyOf(db, 'x', 'y'), [['a', 1, 7, 7]]);
    }
  }
});

test('a record of several steps is decided as a whole', async (t) => {
  const { db } = newPortfolio(t);
  const history = ['x'];
  const wide = (customer: string, ...values: (number | null)[]) => ({
    customer,
    steps: values.map((_, i) => 3 - i),
    values: values.map((value) => [value]),
  });
  const first = await importRows(db, { history, records: [wide('a', 30, 20, null), wide('b', 3, 2, 1)] });
  assert.deepEqual([first.fates, first.stepsWritten], [['accepted', 'accepted'], 6]);
  const second = await importRows(db, {
    history,
    records: [
      wide('a', 30, 20, 10), // fills
      wide('b', 3, 99, 1), // conflicts
      { customer: 'c', steps: [1, 2, 1], values: [[1], [2], [5]] }, // contradicts itself
      { customer: 'd', steps: [1, 2, 1], values: [[1], [2], [1]] }, // repeats itself
      { customer: 'b', steps: [4, 3], values: [[4], [3]] }, // one new
    ],
  });
  assert.deepEqual(second.fates, ['accepted', 'conflicting', 'contradicts', 'accepted', 'accepted']);
  assert.equal(second.stepsWritten, 1 + 2 + 1);
  assert.deepEqual(historyOf(db, 'x'), [
    ['a', 1, 10],
    ['a', 2, 20],
    ['a', 3, 30],
    ['b', 1, 1],
    ['b', 2, 2],
    ['b', 3, 3],
    ['b', 4, 4],
    ['d', 1, 1],
    ['d', 2, 2],
  ]);
  assert.equal(db.prepare("SELECT count(*) FROM customers WHERE external_id = 'c'").pluck().get(), 0);
});

test('with keep, a conflicting record writes nothing of itself, with replace all', async (t) => {
  const { db } = newPortfolio(t);
  const history = ['x'];
  await importRows(db, { history, records: [{ customer: 'a', steps: [1, 2], values: [[1], [null]] }] });
  const records = [{ customer: 'a', steps: [1, 2, 3], values: [[9], [2], [3]] }];
  assert.equal((await importRows(db, { history, records })).batchId, null);
  assert.deepEqual(historyOf(db, 'x'), [
    ['a', 1, 1],
    ['a', 2, null],
  ]);
  const replaced = await importRows(db, { history, records, onConflict: 'replace' });
  assert.deepEqual([replaced.fates, replaced.stepsWritten], [['conflicting'], 3]);
  assert.deepEqual(historyOf(db, 'x'), [
    ['a', 1, 9],
    ['a', 2, 2],
    ['a', 3, 3],
  ]);
});

test('static attributes: unchanged, filled, conflicting, contradicting', async (t) => {
  const { db } = newPortfolio(t);
  const attributes = () =>
    db
      .prepare(
        `SELECT external_id, name, value FROM static_attributes s JOIN customers c ON c.id = s.customer
         JOIN features f ON f.position = s.feature ORDER BY 1, 2`,
      )
      .raw()
      .all();
  const statics = ['limit', 'sex'];
  const record = (limit: string | null, sex: string | null) => ({ customer: 'a', statics: [limit, sex] });
  const first = await importRows(db, { statics, records: [record('5.00E+05', null)] });
  assert.deepEqual(first.fates, ['accepted']);
  const fates = async (onConflict: 'keep' | 'replace', ...records: ReturnType<typeof record>[]) =>
    (await importRows(db, { statics, records, onConflict })).fates;
  assert.deepEqual(await fates('keep', record('500000', null), record(null, null)), ['unchanged', 'unchanged']);
  assert.deepEqual(await fates('keep', record('500000', 'F'), record('500000', 'M')), ['accepted', 'contradicts']);
  assert.deepEqual(attributes(), [
    ['a', 'limit', '5.00E+05'],
    ['a', 'sex', 'F'],
  ]);
  assert.deepEqual(await fates('keep', record('1', 'F'), record('1', 'F'), record('2', 'F')), [
    'conflicting',
    'conflicting',
    'contradicts',
  ]);
  assert.deepEqual(await fates('replace', record('1', 'F'), record('1', 'F'), record('2', 'F')), [
    'conflicting',
    'unchanged',
    'contradicts',
  ]);
  assert.deepEqual(attributes(), [
    ['a', 'limit', '1'],
    ['a', 'sex', 'F'],
  ]);
  assert.deepEqual(await fates('keep', record('01', 'F')), ['conflicting'], 'leading zeros are part of the text');
});

test('a record of a step and attributes shares one fate', async (t) => {
  const { db } = newPortfolio(t);
  const layout = { history: ['x'], statics: ['sex'] };
  const row = (step: number, x: number, sex: string) => ({
    customer: 'a',
    steps: [step],
    values: [[x]],
    statics: [sex],
  });
  await importRows(db, { ...layout, records: [row(1, 1, 'F')] });
  const kept = await importRows(db, { ...layout, records: [row(2, 2, 'M'), row(3, 3, 'F'), row(2, 5, 'M')] });
  assert.deepEqual(kept.fates, ['conflicting', 'contradicts', 'contradicts']);
  assert.deepEqual(historyOf(db, 'x'), [['a', 1, 1]]);
  const replaced = await importRows(db, {
    ...layout,
    records: [row(2, 2, 'M'), row(3, 3, 'M')],
    onConflict: 'replace',
  });
  assert.deepEqual(replaced.fates, ['conflicting', 'accepted']);
  assert.equal(db.prepare('SELECT value FROM static_attributes').pluck().get(), 'M');
  assert.equal(historyOf(db).length, 3);
});

test('outcomes are told apart by customer and event step', async (t) => {
  const { db, path } = newPortfolio(t);
  await importRows(db, { history: ['x'], records: [{ customer: 'a', steps: [1], values: [[1]] }] });
  const take = async (onConflict: 'keep' | 'replace', ...outcomes: [string, 0 | 1, number | null][]) =>
    (await importRows(db, { kind: 'outcomes', outcomes, outcomeKind: 'constant', onConflict })).outcomeFates;
  assert.deepEqual(await take('keep', ['a', 0, null], ['b', 1, null], ['a', 0, null], ['b', 0, null]), [
    'accepted',
    'accepted',
    'unchanged',
    'contradicts',
  ]);
  assert.deepEqual(await take('keep', ['a', 1, null], ['b', 1, null]), ['conflicting', 'unchanged']);
  assert.equal(portfolioInfo(db, path).events, 1);
  assert.deepEqual(await take('replace', ['a', 1, null]), ['conflicting']);
  assert.equal(portfolioInfo(db, path).events, 2);
  assert.deepEqual(await take('keep', ['a', 1, 40], ['a', 1, 40], ['a', 1, 41]), ['accepted', 'unchanged', 'accepted']);
  assert.equal(portfolioInfo(db, path).customers, 2);
});

test('dated and undated files, and two time steps, do not mix', async (t) => {
  const { db } = newPortfolio(t);
  const records = [{ customer: 'a', steps: [1], values: [[1]] }];
  await importRows(db, { history: ['x'], records, dated: true, timeStep: 'week' });
  const before = dataOf(db);
  const other = (file: object) => importRows(db, { history: ['x'], records, dated: true, timeStep: 'week', ...file });
  await assert.rejects(other({ dated: false }), { code: 'data-refused', message: /calendar dates/ });
  await assert.rejects(other({ timeStep: 'day' }), { code: 'data-refused', message: /by week/ });
  await assert.rejects(
    importRows(db, { kind: 'outcomes', dated: true, timeStep: 'day', outcomes: [['a', 1, 9]], outcomeKind: 'dated' }),
    { code: 'data-refused' },
  );
  assert.deepEqual(dataOf(db), before);
  const flags = await importRows(db, { kind: 'outcomes', outcomes: [['a', 1, null]], outcomeKind: 'constant' });
  assert.deepEqual(flags.outcomeFates, ['accepted'], 'flags without dates have no steps that could disagree');
});

test('a reader sees nothing of an import until it is committed', async (t) => {
  const { db, path } = newPortfolio(t);
  const { openForReading } = await import('../../src-main/store/open.ts');
  const reader = openForReading(path);
  t.after(() => reader.close());
  const count = reader.prepare('SELECT count(*) FROM customers').pluck();
  await importInto(db, { dryRun: false, onConflict: 'keep' }, async (target) => {
    target.begin({ file: 'f', kind: 'history', profile: null, timeStep: 'day', dated: false, features: [] });
    target.record({ customer: 'a', steps: [1], values: new Float64Array(0), statics: [] });
    await Promise.resolve();
    assert.equal(count.get(), 0);
    target.finish({
      sha256: '',
      rows: { read: 1, accepted: 1, unchanged: 0, conflicting: 0, rejected: 0 },
      dialect: { encoding: '', delimiter: '', quote: '', decimal: '', thousands: '', dateFormat: '', headerLine: 0 },
      columns: [],
      outcomeKind: 'none',
    });
  });
  assert.equal(count.get(), 1);
});

test('numbers that no file can mean are stored as empty', async (t) => {
  const { db } = newPortfolio(t);
  await importRows(db, { history: ['x', 'y'], records: [{ customer: 'a', steps: [1], values: [[NaN, Infinity]] }] });
  assert.deepEqual(historyOf(db, 'x', 'y'), [['a', 1, null, null]]);
});
