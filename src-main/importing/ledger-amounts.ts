import { unclear, type ColumnPlan } from './column-plan.ts';
import type { ColumnCells } from './ledger-cells.ts';
import type { AmountSource, Direction, Side } from './ledger-layout.ts';
import type { SampledMoney } from './ledger-money.ts';
import { consistsOf, namesSignPair, says, saysPaidBack, share, signsOfValues } from './ledger-words.ts';
import { checkBalances, isConvincing, runsNewestFirst, signsOfMarks, type BalanceCheck } from './running-balance.ts';
import type { ImportSettings } from './settings.ts';

/** The amounts of a ledger, as one reading of its columns has them. */
export interface AmountReading {
  source: AmountSource;
  /** The column of directions, where there is one, be it needed or not. */
  mark: number | null;
  balance: number | null;
  check: BalanceCheck | null;
  /** Why amounts go the way they do, for the analyst. */
  why: string;
  warnings: string[];
}

/** What a reading of amounts rests on. */
export interface AmountEvidence {
  plan: ColumnPlan;
  settings: ImportSettings;
  looks: readonly ColumnCells[];
  money: SampledMoney;
  /** By sampled row: of which account it is, so that balances are followed within each. */
  accounts: readonly string[];
  /** Columns that say whose a row is. */
  owners: readonly (number | null)[];
  /** By sampled row: false where the row is not one of the account's own bookings. */
  counts: readonly boolean[];
}

interface Candidate {
  source: AmountSource;
  /** The column of directions, where there is one, be it needed or not. */
  mark?: number;
  amounts: Float64Array;
  /** Where no balance decides: the higher leads. */
  rank: number;
}

const MARKS_AT_MOST = 8;
const CANDIDATES_AT_MOST = 8;

/** Finds the amounts and the running balance of a ledger; null where no column holds amounts. */
export function readAmounts(evidence: AmountEvidence): AmountReading | null {
  const balances = balanceColumns(evidence);
  const candidates = candidatesOf(evidence, balances);
  if (candidates.length === 0) return null;
  let best: { candidate: Candidate; balance: number | null; check: BalanceCheck | null } | null = null;
  for (const candidate of candidates) {
    const checks = balances
      .filter((balance) => !columnsOf(candidate.source).includes(balance))
      .map((balance) => ({ balance, check: checkOf(evidence, candidate, balance) }));
    const found = checks
      .filter(({ check }) => isConvincing(check))
      .sort((a, b) => shareOf(b.check) - shareOf(a.check))[0];
    // Without names only the check says which column is the balance.
    const likeliest = isUnnamed(evidence.plan) ? undefined : checks[0];
    const other = { candidate, ...(found ?? likeliest ?? { balance: null, check: null }) };
    if (best === null || leads(other, best)) best = other;
  }
  const { candidate, balance, check } = best!;
  return { ...decided(evidence, candidate.source, balance, check), mark: candidate.mark ?? null };
}

const shareOf = ({ links, confirmed }: BalanceCheck) => confirmed / Math.max(1, links);

function leads(
  a: { candidate: Candidate; check: BalanceCheck | null },
  b: { candidate: Candidate; check: BalanceCheck | null },
): boolean {
  const convinced = (check: BalanceCheck | null) => (check !== null && isConvincing(check) ? shareOf(check) : 0);
  const difference = convinced(a.check) - convinced(b.check);
  return Math.abs(difference) > 0.05 ? difference > 0 : a.candidate.rank > b.candidate.rank;
}

export function columnsOf(source: AmountSource): number[] {
  if (source.kind !== 'sides') return [source.column];
  return [source.debit, source.credit].flatMap((side) => (side === null ? [] : [side.column]));
}

/** Columns that may be the running balance, the likeliest first. */
function balanceColumns({ plan, looks }: AmountEvidence): number[] {
  const named = plan.named('balance');
  if (named !== null) return [named];
  const free = new Set(plan.free());
  const found = looks.filter(({ kind, column, name }) => kind === 'money' && free.has(column) && says(name, 'balance'));
  const rank = ({ name }: ColumnCells) => share(name, 'balance') - (says(name, 'notBalance') ? 1 : 0);
  const byName = found.sort((a, b) => rank(b) - rank(a)).map(({ column }) => column);
  if (byName.length > 0 || !isUnnamed(plan)) return byName;
  // Without names, any column of money may be it; the check decides.
  return looks
    .filter(({ kind, column }) => kind === 'money' && free.has(column))
    .map(({ column }) => column)
    .reverse();
}

const isUnnamed = (plan: ColumnPlan) => plan.table.headerLine === 0;

/** Debit and credit columns by their names, null where there is none. */
export function sideColumns(
  plan: ColumnPlan,
  looks: readonly ColumnCells[],
): { debit: number | null; credit: number | null } {
  const free = new Set(plan.free());
  const sideOf = (side: 'debit' | 'credit', other: 'debit' | 'credit') => {
    const fitting = looks.filter(
      ({ kind, column, name, filled }) =>
        free.has(column) &&
        (kind === 'money' || filled === 0 || (kind === 'mark' && looksEmpty(plan, column))) &&
        consistsOf(name, side, ['amount', 'happened', 'fee']) &&
        !says(name, other) &&
        !says(name, 'bothWays') &&
        !says(name, 'notAmount', ['fee', 'charge', 'charges']),
    );
    // Of two the fuller one: a column for cheques beside one for all.
    return fitting.sort((a, b) => b.filled - a.filled)[0]?.column ?? null;
  };
  return { debit: sideOf('debit', 'credit'), credit: sideOf('credit', 'debit') };
}

const looksEmpty = (plan: ColumnPlan, column: number) =>
  plan.cells(column).every((cell) => /^[-\u2013\u2014/]+$/.test(cell));

function candidatesOf(evidence: AmountEvidence, balances: readonly number[]): Candidate[] {
  const { plan, looks, money } = evidence;
  const named = plan.named('amount');
  if (named !== null) return amountCandidates(evidence, named, 10);
  const candidates: Candidate[] = [];
  const given = { debit: plan.named('debit'), credit: plan.named('credit') };
  const isGiven = given.debit !== null || given.credit !== null;
  const sides = isGiven ? given : sideColumns(plan, looks);
  const hasBoth = sides.debit !== null && sides.credit !== null;
  const free = new Set(plan.free());
  const taken = new Set([sides.debit, sides.credit, ...(isUnnamed(plan) ? [] : balances)]);
  const amounts = looks.filter(
    ({ kind, column, name }) => kind === 'money' && free.has(column) && !taken.has(column) && !says(name, 'balance'),
  );
  const byName = amounts.filter(({ name }) => says(name, 'amount') && !says(name, 'notAmount'));
  if (isGiven || hasBoth || ((sides.debit ?? sides.credit) !== null && byName.length === 0)) {
    if (!isGiven || hasBoth || byName.length === 0)
      candidates.push(sidesCandidate(money, sides.debit, sides.credit, 6));
    else candidates.push(sidesCandidate(money, sides.debit, sides.credit, 10));
    if (isGiven) return candidates;
  }
  const fuller = byName.sort((a, b) => rankOfName(b) - rankOfName(a)).slice(0, CANDIDATES_AT_MOST);
  fuller.forEach((look, i) =>
    candidates.push(...amountCandidates(evidence, look.column, 5 - i / 10 + Number(look.negative) * 2)),
  );
  if (candidates.length > 0) return candidates;

  const others = amounts.filter(({ name, decimals, negative }) => {
    if (says(name, 'notAmount')) return false;
    return isUnnamed(plan) || decimals || negative || amounts.length === 1;
  });
  if (isUnnamed(plan)) {
    for (const [first, second] of complementaryPairs(others, money)) {
      candidates.push(sidesCandidate(money, first, second, 4), sidesCandidate(money, second, first, 3));
    }
  }
  for (const look of others.slice(0, CANDIDATES_AT_MOST)) {
    candidates.push(...amountCandidates(evidence, look.column, 1 + Number(look.negative) + Number(look.decimals)));
  }
  return candidates;
}

const rankOfName = ({ name, filled }: ColumnCells) =>
  share(name, 'amount') + (/\bnet|netto/i.test(name) ? -0.01 : 0) + filled;

/** Pairs of columns of which each row fills just one. */
function* complementaryPairs(looks: readonly ColumnCells[], money: SampledMoney): Iterable<[number, number]> {
  for (const a of looks) {
    for (const b of looks) {
      if (a.column >= b.column) continue;
      const first = money.of(a.column);
      const second = money.of(b.column);
      const isFilled = (value: number) => !Number.isNaN(value) && value !== 0;
      const single = first.filter((value, i) => isFilled(value) !== isFilled(second[i]!)).length;
      const both = [first, second].every((values) => values.some(isFilled));
      if (both && single >= 0.95 * first.length) yield [a.column, b.column];
    }
  }
}

function sidesCandidate(money: SampledMoney, debit: number | null, credit: number | null, rank: number): Candidate {
  const source: AmountSource = {
    kind: 'sides',
    debit: debit === null ? null : sideOf(money, debit, -1),
    credit: credit === null ? null : sideOf(money, credit, 1),
  };
  const value = (side: Side | null, row: number) => {
    const found = side === null ? NaN : money.of(side.column)[row]!;
    return Number.isNaN(found) ? 0 : found * side!.factor;
  };
  const amounts = Float64Array.from(money.rows, (_, row) => value(source.debit, row) + value(source.credit, row));
  return { source, amounts, rank };
}

/** Some banks write what went out with a minus in its own column too; a few with another sign are corrections. */
function sideOf(money: SampledMoney, column: number, direction: 1 | -1): Side {
  const values = money.of(column);
  const negative = values.filter((value) => value < 0).length;
  const positive = values.filter((value) => value > 0).length;
  const isSigned = negative > positive;
  return { column, factor: isSigned ? (direction === -1 ? 1 : -1) : direction };
}

function amountCandidates(evidence: AmountEvidence, column: number, rank: number): Candidate[] {
  const { money } = evidence;
  const amounts = money.of(column);
  const mark = markOf(evidence, column);
  if (mark === null) return [{ source: { kind: 'signed', column, factor: 1 }, amounts, rank }];
  const { directions, cells, agrees } = mark;
  // An amount with a minus wherever the mark says out has no need of it.
  if (agrees) {
    const isMark = mark.named ? { mark: mark.column } : {};
    return [{ source: { kind: 'signed', column, factor: 1 }, ...isMark, amounts, rank }];
  }
  const marked = amounts.map((value, row) => value * (directions.get(cells[row]!) ?? 1));
  const source: AmountSource = { kind: 'marked', column, mark: mark.column, directions };
  return [{ source, mark: mark.column, amounts: marked, rank: rank + 1 }];
}

interface Mark {
  column: number;
  cells: string[];
  directions: Map<string, Direction>;
  /** The amounts have signs of their own, and they are the same. */
  agrees: boolean;
  /** Its name says so too; else its words may just as well tell what happened. */
  named: boolean;
}

/** The column that says of an amount which way it goes. */
function markOf({ plan, looks, money, settings, counts, owners }: AmountEvidence, amount: number): Mark | null {
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

function checkOf({ money, accounts, counts }: AmountEvidence, candidate: Candidate, balance: number): BalanceCheck {
  const balances = money.of(balance);
  const rows = balancedRows(candidate.amounts, balances, accounts, counts);
  const { source } = candidate;
  if (source.kind !== 'marked') return checkBalances(rows);
  // What balances say of a mark leads over its words.
  const newestFirst = runsNewestFirst(rows) ?? false;
  const cells = money.rows.map((row) => row[source.mark]!.trim());
  const unsigned = balancedRows(money.of(source.column), balances, accounts, counts);
  const found = signsOfMarks(
    unsigned.map((row) => ({ ...row, mark: cells[row.row]! })),
    newestFirst,
  );
  const directions = new Map<string, Direction>([...source.directions, ...found]);
  const amounts = money.of(source.column).map((value, row) => value * (directions.get(cells[row]!) ?? 1));
  const check = checkBalances(balancedRows(amounts, balances, accounts, counts));
  if (isConvincing(check)) candidate.source = { ...source, directions };
  return check;
}

const balancedRows = (
  amounts: Float64Array,
  balances: Float64Array,
  accounts: readonly string[],
  counts: readonly boolean[],
) => {
  const rows: { row: number; account: string; amountE4: number; balanceE4: number }[] = [];
  for (let row = 0; row < amounts.length; row++) {
    if (counts[row]) rows.push({ row, account: accounts[row]!, amountE4: amounts[row]!, balanceE4: balances[row]! });
  }
  return rows;
};

/** Gives the chosen source its directions, by the balances, by signs, or by names. */
function decided(
  evidence: AmountEvidence,
  source: AmountSource,
  balance: number | null,
  check: BalanceCheck | null,
): Omit<AmountReading, 'mark'> {
  const { plan, money, accounts, counts, looks } = evidence;
  const warnings: string[] = [];
  const read = (found: AmountSource, why: string) => ({ source: found, balance, check, why, warnings });
  if (check !== null && isConvincing(check)) {
    const why = `the running balance confirms ${check.confirmed} of ${check.links} rows looked at`;
    if (check.factor === 1) return read(source, why);
    return read(turned(source), `${why}, read the other way round`);
  }
  const contradicted = check !== null && check.links >= 3 && shareOf(check) < 0.5;
  if (source.kind === 'sides') return read(source, 'money out and money in have a column each');
  if (source.kind === 'marked') return read(source, `“${plan.name(source.mark)}” says which way it went`);
  if (looks[source.column]!.negative) {
    if (contradicted) {
      warnings.push(
        `The balances in “${plan.name(balance!)}” do not move by the amounts in “${plan.name(source.column)}”: ` +
          'check that these are the right columns.',
      );
    }
    if (source.kind === 'signed' && countsWhatIsOwed(evidence, source.column)) {
      warnings.push(
        `“${plan.name(source.column)}” reads like the account of a card: what was spent has no minus, what was paid back ` +
          'has one. It is counted the other way round. If that is wrong, give credit= with this column.',
      );
      return read(turned(source), 'what was paid back has a minus');
    }
    return read(source, 'a minus means money out');
  }
  if (balance !== null && source.kind === 'signed') {
    const unsigned = balancedRows(money.of(source.column), money.of(balance), accounts, counts);
    const newestFirst = runsNewestFirst(unsigned);
    const bySize = sizesConfirmed(unsigned, newestFirst ?? false);
    if (isConvincing(bySize)) {
      return {
        source: { kind: 'by-balance', column: source.column },
        balance,
        check: bySize,
        why: `it has no sign; whether the balance rose or fell says which way it went, in ${bySize.confirmed} of ${bySize.links} rows looked at`,
        warnings,
      };
    }
  }
  const name = plan.name(source.column);
  const isOut = says(name, 'debit') && !says(name, 'credit');
  if (isOut) return read(turned(source), 'its name says money out');
  if (!says(name, 'credit')) {
    warnings.push(
      `All amounts in “${name}” are without a minus, and nothing says which of them is money out: all are taken as ` +
        'money in. If another column says it, give indicator=NAME and negative=VALUE; if all are money out, give debit=NAME.',
    );
  }
  return read(source, 'no amount has a minus');
}

/** Whether most amounts have no minus, and those that have one are payments to a card account or refunds. */
function countsWhatIsOwed({ money, looks }: AmountEvidence, column: number): boolean {
  const texts = looks.filter(({ kind }) => kind === 'text').map((look) => look.column);
  const amounts = money.of(column);
  let spent = 0;
  let paid = 0;
  let paidWords = 0;
  money.rows.forEach((row, i) => {
    const says = texts.some((text) => saysPaidBack(row[text]!));
    if (amounts[i]! > 0) spent++;
    if (amounts[i]! < 0) {
      paid++;
      if (says) paidWords++;
    }
  });
  return paid > 0 && spent >= 1.5 * paid && paidWords * 2 >= paid;
}

function sizesConfirmed(rows: ReturnType<typeof balancedRows>, newestFirst: boolean): BalanceCheck {
  const sizes = rows.map((row, i) => {
    const before = rows[i - 1];
    const after = rows[i + 1];
    const moved = newestFirst
      ? after === undefined
        ? 0
        : row.balanceE4 - after.balanceE4
      : before === undefined
        ? 0
        : row.balanceE4 - before.balanceE4;
    return { ...row, amountE4: Math.sign(moved) * row.amountE4 };
  });
  return { ...checkBalances(sizes), newestFirst };
}

const opposite = (factor: 1 | -1): 1 | -1 => (factor === 1 ? -1 : 1);

function turned(source: AmountSource): AmountSource {
  const side = (found: Side | null) => (found === null ? null : { ...found, factor: opposite(found.factor) });
  switch (source.kind) {
    case 'signed':
      return { ...source, factor: opposite(source.factor) };
    case 'sides':
      return { ...source, debit: side(source.debit), credit: side(source.credit) };
    case 'marked':
      return {
        ...source,
        directions: new Map([...source.directions].map(([value, direction]) => [value, -direction as Direction])),
      };
    case 'by-balance':
      return source;
  }
}
