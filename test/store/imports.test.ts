import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom, type Random } from '../../src-main/sequences/random.ts';
import { listImports, undoImport } from '../../src-main/store/imports.ts';
import { assignParts } from '../../src-main/store/parts.ts';
import { integrityProblems, portfolioInfo, portfolioShape } from '../../src-main/store/portfolio.ts';
import { dataOf, historyOf, importRows, newPortfolio, type ImportFile } from './portfolio-file.ts';

const row = (customer: string, step: number, ...values: (number | null)[]) => ({
  customer,
  steps: [step],
  values: [values],
});

test('undo removes what an import added, with its customers and features', async (t) => {
  const { db } = newPortfolio(t);
  const empty = dataOf(db);
  await importRows(db, {
    history: ['x'],
    statics: ['sex'],
    records: [{ ...row('a', 1, 1), statics: ['F'] }],
    outcomes: [['a', 1, null]],
    outcomeKind: 'constant',
  });
  assert.deepEqual(undoImport(db, '1'), { batchId: '1', removed: 3, restored: 0 });
  assert.deepEqual(dataOf(db), empty);
  assert.equal(listImports(db).imports[0]!.undone, true);
  assert.deepEqual(portfolioShape(db), { timeStep: null, dated: null, outcomeKind: 'none', features: [] });
});

test('after an undo the portfolio takes another time step, and the same file again', async (t) => {
  const { db } = newPortfolio(t);
  await importRows(db, { history: ['x'], records: [row('a', 1, 1)] });
  undoImport(db, '1');
  const again = await importRows(db, { history: ['x'], records: [row('a', 1, 1)], timeStep: 'month', dated: true });
  assert.deepEqual([again.batchId, again.fates], ['2', ['accepted']]);
  assert.equal(portfolioShape(db).timeStep, 'month');
});

test('undo restores what an import replaced and filled', async (t) => {
  const { db } = newPortfolio(t);
  const layout = { history: ['x', 'y', 'z'], statics: ['sex'] };
  await importRows(db, {
    ...layout,
    records: [{ ...row('a', 1, 0.1, null, 3), statics: ['F'] }, row('a', 2, 1, 1, 1)],
    outcomes: [['a', 0, null]],
    outcomeKind: 'constant',
  });
  const before = dataOf(db);
  await importRows(db, {
    ...layout,
    onConflict: 'replace',
    records: [{ ...row('a', 1, 0.7, 5, 3), statics: ['M'] }, row('a', 3, 1, 1, 1)],
    outcomes: [['a', 1, null]],
    outcomeKind: 'constant',
  });
  assert.deepEqual(historyOf(db, 'x', 'y', 'z')[0], ['a', 1, 0.7, 5, 3]);
  assert.deepEqual(undoImport(db, '2'), { batchId: '2', removed: 1, restored: 3 });
  assert.deepEqual(dataOf(db), before);
});

test('undo is refused where a later import wrote over its rows, naming that one', async (t) => {
  for (const [what, later] of [
    ['replaced', row('a', 1, 9, null)],
    ['filled', row('a', 1, null, 9)],
  ] as const) {
    await t.test(what, async (t) => {
      const { db } = newPortfolio(t);
      const history = ['x', 'y'];
      await importRows(db, { file: 'one.csv', history, records: [row('a', 1, 1, null)] });
      const first = dataOf(db);
      await importRows(db, { file: 'two.csv', history, records: [later], onConflict: 'replace' });
      const second = dataOf(db);
      assert.throws(() => undoImport(db, '1'), { code: 'not-allowed', message: /import 2 \(two\.csv/ });
      assert.deepEqual(dataOf(db), second);
      undoImport(db, '2');
      assert.deepEqual(dataOf(db), first);
      assert.equal(undoImport(db, '1').removed, 1);
    });
  }
});

test('an import in the middle can be undone where nothing wrote over it', async (t) => {
  const { db } = newPortfolio(t);
  await importRows(db, { history: ['x'], records: [row('a', 1, 1)] });
  await importRows(db, { history: ['x', 'y'], records: [row('b', 1, 2, 2)] });
  await importRows(db, { history: ['x', 'z'], records: [row('b', 2, 3, 3), row('c', 1, 4, 4)] });
  undoImport(db, '2');
  assert.deepEqual(historyOf(db, 'x', 'z'), [
    ['a', 1, 1, null],
    ['b', 2, 3, 3],
    ['c', 1, 4, 4],
  ]);
  assert.deepEqual(
    portfolioShape(db).features.map(({ name }) => name),
    ['x', 'z'],
  );
  assert.deepEqual(integrityProblems(db), []);
});

test('unknown and undone imports', async (t) => {
  const { db } = newPortfolio(t);
  await importRows(db, { history: ['x'], records: [row('a', 1, 1)] });
  for (const id of ['2', 'x', '', '-1', '1e0', '99999999999999999999']) {
    assert.throws(() => undoImport(db, id), { code: 'not-found' }, id);
  }
  undoImport(db, '1');
  assert.throws(() => undoImport(db, '1'), { code: 'not-allowed', message: /undone already/ });
});

test('a customer comes back into the part it was drawn into', async (t) => {
  const { db, path } = newPortfolio(t);
  const file = {
    history: ['x'],
    records: Array.from({ length: 20 }, (_, c) => row(`c${c}`, 1, c)),
  };
  const parts = () => db.prepare('SELECT id, external_id, part FROM customers ORDER BY id').all();
  await importRows(db, file);
  assignParts(db, 3);
  const before = parts();
  undoImport(db, '1');
  assert.equal(portfolioInfo(db, path).customers, 0, 'without data they are not counted');
  await importRows(db, { ...file, records: file.records.toReversed() });
  assignParts(db, null);
  assert.deepEqual(parts(), before);
});

const pick = <T>(random: Random, items: readonly T[]): T => items[Math.floor(random.next() * items.length)]!;

/** A file over few customers, steps and values, so that rows meet in every way. */
function randomFile(random: Random, n: number): ImportFile {
  const chance = (p: number) => random.next() < p;
  const history = ['u', 'v', 'w', `only_${n}`].filter(() => chance(0.6));
  const statics = ['s', 't', `static_${n}`].filter(() => chance(0.5));
  const value = () => (chance(0.3) ? null : pick(random, [0, 1, -2.5, 0.1]));
  const customers = ['a', 'b', 'c', `new_${n}`];
  const records = Array.from({ length: Math.floor(random.next() * 12) }, () => {
    const steps = [1, 2, 3, 4, 5].filter(() => chance(0.3));
    return {
      customer: pick(random, customers),
      steps,
      values: steps.map(() => history.map(value)),
      statics: statics.map(() => (chance(0.4) ? null : pick(random, ['x', 'y', '1']))),
    };
  });
  const outcomes = customers
    .filter(() => chance(0.3))
    .map((customer): [string, 0 | 1, number | null] =>
      chance(0.5) ? [customer, 1, pick(random, [6, 7])] : [customer, chance(0.5) ? 1 : 0, null],
    );
  return {
    file: `${n}.csv`,
    history,
    statics,
    records,
    outcomes,
    outcomeKind: pick(random, ['none', 'constant', 'dated'] as const),
    onConflict: pick(random, ['keep', 'replace'] as const),
  };
}

test('whatever was imported, undoing it step by step restores every earlier state exactly', async (t) => {
  let restored = 0;
  let removed = 0;
  for (let seed = 1; seed <= 40; seed++) {
    const { db, close } = newPortfolio(t);
    const random = createRandom(seed);
    const states: { batchId: string; before: object }[] = [];
    for (let n = 0; n < 5; n++) {
      const before = dataOf(db);
      const { batchId } = await importRows(db, randomFile(random, n));
      if (batchId === null) assert.deepEqual(dataOf(db), before, `seed ${seed}: no batch, no change`);
      else states.push({ batchId, before });
    }
    assert.deepEqual(integrityProblems(db), []);
    for (const { batchId, before } of states.toReversed()) {
      const undone = undoImport(db, batchId);
      restored += undone.restored;
      removed += undone.removed;
      assert.deepEqual(dataOf(db), before, `seed ${seed}, import ${batchId}`);
    }
    assert.deepEqual(integrityProblems(db), []);
    close();
  }
  assert.ok(restored > 100 && removed > 500, `the files met: ${restored} restored, ${removed} removed`);
});
