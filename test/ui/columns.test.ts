import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSortable, nextSort, sorted, type Column } from '../../src-renderer/ui/columns.ts';

interface Row {
  customer: string;
  pd: number | null;
}

const rows: Row[] = [
  { customer: 'C10', pd: 0.4 },
  { customer: 'C9', pd: null },
  { customer: 'C2', pd: 0.9 },
  { customer: 'C1', pd: 0.4 },
];
const customer: Column<Row> = { key: 'customer', title: 'Customer', text: (row) => row.customer };
const pd: Column<Row> = {
  key: 'pd',
  title: 'PD',
  text: (row) => String(row.pd),
  sortValue: (row) => row.pd,
  firstDirection: 'descending',
};
const columns = [{ ...customer, sortValue: (row: Row) => row.customer }, pd];
const order = (key: string, direction: 'ascending' | 'descending') =>
  sorted(rows, columns, { key, direction }).map((row) => row.customer);

test('numbers within names count as numbers', () => {
  assert.deepEqual(order('customer', 'ascending'), ['C1', 'C2', 'C9', 'C10']);
  assert.deepEqual(order('customer', 'descending'), ['C10', 'C9', 'C2', 'C1']);
});

test('what is missing comes last in both directions, equal rows keep their order', () => {
  assert.deepEqual(order('pd', 'ascending'), ['C10', 'C1', 'C2', 'C9']);
  assert.deepEqual(order('pd', 'descending'), ['C2', 'C10', 'C1', 'C9']);
});

test('rows stay as they are where the owner sorts', () => {
  const owned: Column<Row> = { ...customer, sortable: true };
  assert.equal(sorted(rows, [owned], { key: 'customer', direction: 'ascending' }), rows);
  assert.equal(sorted(rows, columns, null), rows);
  assert.ok(isSortable(owned) && isSortable(pd) && !isSortable(customer));
});

test('a click sorts in the column’s first direction, the next one turns it', () => {
  const first = nextSort(pd, { key: 'customer', direction: 'ascending' });
  assert.deepEqual(first, { key: 'pd', direction: 'descending' });
  const second = nextSort(pd, first);
  assert.deepEqual(second, { key: 'pd', direction: 'ascending' });
  assert.deepEqual(nextSort(pd, second), first);
});
