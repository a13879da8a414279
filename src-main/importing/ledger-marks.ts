import { unclear, type ColumnPlan } from './column-plan.ts';
import type { AmountEvidence } from './ledger-evidence.ts';
import type { Direction } from './ledger-layout.ts';
import { namesSignPair, says, signsOfValues } from './ledger-words.ts';
import type { ImportSettings } from './settings.ts';

const MARKS_AT_MOST = 8;

export interface Mark {
  column: number;
  cells: string[];
  directions: Map<string, Direction>;
  /** The amounts have signs of their own, and they are the same. */
  agrees: boolean;
  /** Its name says so too; else its words may just as well tell what happened. */
  named: boolean;
}

/** The column that says of an amount which way it goes. */
export function markOf({ plan, looks, money, settings, counts, owners }: AmountEvidence, amount: number): Mark | null {
  const amounts = money.of(amount);
  const cellsOf = (column: number) => money.rows.map((row) => row[column]!.trim());
  const named = plan.named('indicator');
  if (named !== null) {
    const cells = cellsOf(named);
    const values = [...new Set(cells)].filter((cell) => cell !== '');
    const mark = { column: named, cells, directions: namedDirections(values, settings, plan.name(named)) };
    return { ...mark, agrees: agreement(amounts, mark) === 'agrees', named: true };
  }
  const free = new Set(plan.free());
  const marks = looks
    .filter(
      ({ column, kind, distinct, filled }) =>
        column !== amount &&
        !owners.includes(column) &&
        free.has(column) &&
        ['mark', 'text', 'code'].includes(kind) &&
        distinct <= MARKS_AT_MOST &&
        filled >= 0.9,
    )
    .map(({ column, name, values }) => {
      const cells = cellsOf(column);
      const isNamed = says(name, 'indicator') || namesSignPair(name);
      const directions = signsOfValues(values, isNamed);
      const known = cells.filter((cell, row) => cell === '' || directions.has(cell) || !counts[row]).length;
      const bothWays = new Set(directions.values()).size > 1;
      const fits = known >= 0.9 * cells.length && directions.size > 0 && (bothWays || isNamed);
      const distance = column > amount ? column - amount - 0.5 : amount - column;
      return {
        column,
        cells,
        directions,
        fits,
        named: isNamed,
        rank: Number(bothWays) + Number(isNamed) - distance / 1_000,
      };
    })
    .filter(({ fits }) => fits)
    .sort((a, b) => b.rank - a.rank);
  for (const { column, cells, directions, named: isNamed } of marks) {
    const found = agreement(amounts, { cells, directions });
    if (found !== 'neither') return { column, cells, directions, agrees: found === 'agrees', named: isNamed };
  }
  return null;
}

/**
 * A column of two or three values beside amounts without any sign, that by its name says which way they go, and whose
 * values are not known.
 */
export function unknownMark({ plan, looks, owners }: AmountEvidence): number | null {
  const free = new Set(plan.free());
  const rows = plan.table.rows.length;
  const found = looks.find(
    ({ column, name, kind, distinct, filled, values }) =>
      free.has(column) &&
      !owners.includes(column) &&
      ['mark', 'code', 'text'].includes(kind) &&
      (says(name, 'indicator', ['type']) || namesSignPair(name)) &&
      (distinct === 2 || distinct === 3) &&
      rows > distinct &&
      filled >= 0.9 &&
      values.every((value) => value.length <= 12) &&
      signsOfValues(values).size < distinct,
  );
  return found?.column ?? null;
}

/** Asks for the values of an indicator that stand for money out. */
export function askForSides(plan: ColumnPlan, column: number): never {
  const values = [...new Set(plan.cells(column))].slice(0, 6).join(', ');
  const name = plan.name(column);
  throw unclear(
    `No amount has a sign, and the values of column "${name}" (${values}) do not say which of them is money out`,
    `Name the column and those values with indicator=${name} and negative=VALUE, several as negative=A,B.`,
  );
}

/** Whether amounts have the signs that a mark says, or are without a minus and need it. */
function agreement(amounts: Float64Array, { cells, directions }: Pick<Mark, 'cells' | 'directions'>) {
  let judged = 0;
  let agreeing = 0;
  let positive = 0;
  for (let row = 0; row < amounts.length; row++) {
    const direction = directions.get(cells[row]!) ?? 0;
    const value = amounts[row]!;
    if (direction === 0 || Number.isNaN(value) || value === 0) continue;
    judged++;
    if (Math.sign(value) === direction) agreeing++;
    if (value > 0) positive++;
  }
  if (judged === 0) return 'neither';
  if (agreeing >= 0.9 * judged && positive < judged) return 'agrees';
  return positive >= 0.8 * judged ? 'needed' : 'neither';
}

function namedDirections(
  values: readonly string[],
  { negative }: ImportSettings,
  name: string,
): Map<string, Direction> {
  if (negative !== null) {
    const out = new Set(negative.map((value) => value.toLowerCase()));
    return new Map(values.map((value) => [value, out.has(value.toLowerCase()) ? -1 : 1]));
  }
  const known = signsOfValues(values);
  if (known.size === 0) {
    throw unclear(
      `The values of column "${name}" (${values.slice(0, 6).join(', ')}) do not say which of them is money out`,
      'Name those with negative=VALUE, several as negative=A,B.',
    );
  }
  return known;
}
