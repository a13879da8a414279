import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columnNameOf } from '../../src-main/store/feature-columns.ts';
import { historyOf, importRows, newPortfolio } from './portfolio-file.ts';

test('a plain name is the column name', () => {
  assert.equal(columnNameOf('salary_amount', new Set()), 'salary_amount');
  assert.equal(columnNameOf('Überziehung', new Set()), 'Überziehung');
});

test('reserved names get a number, without case', () => {
  for (const name of ['customer', 'Step', 'BATCH', 'rowid', 'oid', '_rowid_', 'select', 'Order']) {
    assert.match(columnNameOf(name, new Set()), /_2$/, name);
  }
});

test('names that differ only in case, or only in what is not a letter, stay apart', () => {
  const taken = new Set<string>();
  const names = ['Amount', 'amount', 'AMOUNT', 'amount!', 'amount?'].map((feature) => {
    const name = columnNameOf(feature, taken);
    taken.add(name.toLowerCase());
    return name;
  });
  assert.deepEqual(names, ['Amount', 'amount_2', 'AMOUNT_3', 'amount_4', 'amount_5']);
});

test('text that SQL would take for something else becomes a word', () => {
  assert.equal(columnNameOf('a"; DROP TABLE history; --', new Set()), 'a_DROP_TABLE_history');
  assert.equal(columnNameOf('2024 sales (%)', new Set()), 'f_2024_sales');
  assert.equal(columnNameOf('\u0000', new Set()), 'feature');
  assert.equal(columnNameOf('--', new Set()), 'feature');
  assert.equal(columnNameOf('x'.repeat(500), new Set()).length, 60);
});

test('hostile names survive an import as names, and their values as values', async (t) => {
  const { db } = newPortfolio(t);
  const history = ['Step', 'step', 'a"; DROP TABLE history; --', 'rowid', '__proto__'];
  await importRows(db, { history, records: [{ customer: 'c', steps: [1], values: [[1, 2, 3, 4, 5]] }] });
  const columns = db.prepare<[], string>('SELECT column_name FROM features ORDER BY position').pluck().all();
  assert.deepEqual(columns, ['Step_2', 'step_3', 'a_DROP_TABLE_history', 'rowid_2', 'proto']);
  assert.deepEqual(db.prepare<[], string>('SELECT name FROM features ORDER BY position').pluck().all(), history);
  assert.deepEqual(historyOf(db, ...columns), [['c', 1, 1, 2, 3, 4, 5]]);
});

test('500 features are taken and one more is refused, leaving nothing behind', async (t) => {
  const { db } = newPortfolio(t);
  const names = Array.from({ length: 500 }, (_, i) => `f${i}`);
  await importRows(db, { history: names, records: [{ customer: 'c', steps: [1], values: [names.map((_, i) => i)] }] });
  assert.equal(db.prepare('SELECT f499 FROM history').pluck().get(), 499);
  await assert.rejects(
    importRows(db, { history: ['one_more'], records: [{ customer: 'c', steps: [1], values: [[1]] }] }),
    { code: 'data-refused', message: /more than 500 features/ },
  );
  assert.equal(db.prepare('SELECT count(*) FROM features').pluck().get(), 500);
});

test('a name cannot be both a history feature and a static attribute', async (t) => {
  const { db } = newPortfolio(t);
  await importRows(db, { history: ['age'], records: [{ customer: 'c', steps: [1], values: [[1]] }] });
  await assert.rejects(importRows(db, { statics: ['age'], records: [{ customer: 'c', statics: ['30'] }] }), {
    code: 'data-refused',
  });
  await assert.rejects(importRows(db, { history: ['x', 'x'] }), { code: 'data-refused' });
});
