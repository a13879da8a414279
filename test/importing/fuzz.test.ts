import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fuzz, type FuzzPlan } from './fuzz.ts';

const NOTHING: FuzzPlan = { seed: 1, truncate: [], truncateEvery: 1, broken: 0, random: 0, longest: 3_000 };

/** `npm run fuzz` tries many more, and longer ones. */
async function withoutFault(plan: Partial<FuzzPlan>, atLeast: number): Promise<void> {
  const { tried, faults } = await fuzz({ ...NOTHING, ...plan });
  const shown = faults.slice(0, 5).map(({ what, why }) => `${what}: ${why}`);
  assert.ok(faults.length === 0, `${faults.length} of ${tried} files, among them\n${shown.join('\n')}`);
  assert.ok(tried >= atLeast, `${tried} files tried`);
}

test('a file cut short at every other byte', () =>
  withoutFault({ truncate: ['dialects/single-quote'], truncateEvery: 2 }, 150));
test('other files cut short here and there', () =>
  withoutFault(
    { truncate: ['volksbank', 'credit-agricole', 'alipay', 'mufg', 'workbook.xlsx', 'archive.zip'], truncateEvery: 61 },
    150,
  ));
test('exports with a few bytes changed', () => withoutFault({ broken: 200 }, 200));
test('files of any kind', () => withoutFault({ random: 300 }, 300));
test('a row of forty thousand cells', () => withoutFault({ seed: 417, random: 1, longest: 200_000 }, 1));
