import type { ColumnPlan } from './column-plan.ts';
import type { ColumnCells } from './ledger-cells.ts';
import { decided } from './ledger-directions.ts';
import { balancedRows, shareOf, type AmountEvidence, type AmountReading } from './ledger-evidence.ts';
import type { AmountSource, Direction, Side } from './ledger-layout.ts';
import { markOf } from './ledger-marks.ts';
import type { SampledMoney } from './ledger-money.ts';
import { consistsOf, says, share } from './ledger-words.ts';
import { checkBalances, isConvincing, runsNewestFirst, signsOfMarks, type BalanceCheck } from './running-balance.ts';

interface Candidate {
  source: AmountSource;
  /** The column of directions, where there is one, be it needed or not. */
  mark?: number;
  amounts: Float64Array;
  /** Where no balance decides: the higher leads. */
  rank: number;
}

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

function leads(
  a: { candidate: Candidate; check: BalanceCheck | null },
  b: { candidate: Candidate; check: BalanceCheck | null },
): boolean {
  const convinced = (check: BalanceCheck | null) => (check !== null && isConvincing(check) ? shareOf(check) : 0);
  const difference = convinced(a.check) - convinced(b.check);
  return Math.abs(difference) > 0.005 ? difference > 0 : a.candidate.rank > b.candidate.rank;
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

/** Where only one side has a name that is known: the column that has an amount just where that one has none. */
function withPartner(
  { plan, looks, money }: AmountEvidence,
  { debit, credit }: { debit: number | null; credit: number | null },
  balances: readonly number[],
): { debit: number | null; credit: number | null } {
  const known = debit ?? credit;
  if (known === null || (debit !== null && credit !== null)) return { debit, credit };
  const free = new Set(plan.free());
  const others = looks.filter(
    ({ column, kind, name }) =>
      column === known ||
      (kind === 'money' && free.has(column) && !balances.includes(column) && !says(name, 'notAmount')),
  );
  for (const [first, second] of complementaryPairs(others, money)) {
    const partner = first === known ? second : second === known ? first : null;
    if (partner !== null) return debit === null ? { debit: partner, credit } : { debit, credit: partner };
  }
  return { debit, credit };
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
  const sides = isGiven ? given : withPartner(evidence, sideColumns(plan, looks), balances);
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
  const hasFees = looks.some(
    ({ kind, name, values }) => kind === 'money' && says(name, 'fee') && values.some((value) => /[1-9]/.test(value)),
  );
  const fuller = byName.sort((a, b) => rankOfName(b, hasFees) - rankOfName(a, hasFees)).slice(0, CANDIDATES_AT_MOST);
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

/** Of gross and net, net moves the balance where fees were taken. */
const rankOfName = ({ name, filled }: ColumnCells, hasFees: boolean) =>
  share(name, 'amount') + (/\bnet|netto/i.test(name) ? (hasFees ? 0.01 : -0.01) : 0) + filled;

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
    debit: debit === null ? null : sideOf(money, debit, -1, credit === null),
    credit: credit === null ? null : sideOf(money, credit, 1, debit === null),
  };
  const value = (side: Side | null, row: number) => {
    const found = side === null ? NaN : money.of(side.column)[row]!;
    return Number.isNaN(found) ? 0 : found * side!.factor;
  };
  const amounts = Float64Array.from(money.rows, (_, row) => value(source.debit, row) + value(source.credit, row));
  return { source, amounts, rank };
}

/** Some banks write what went out with a minus in its own column too; a few with another sign are corrections. */
function sideOf(money: SampledMoney, column: number, direction: 1 | -1, isAlone: boolean): Side {
  const values = money.of(column);
  const negative = values.filter((value) => value < 0).length;
  const positive = values.filter((value) => value > 0).length;
  // Alone, a column of money in that has both signs holds what went out with a minus.
  const isSigned = negative > positive && !(isAlone && direction === 1 && positive > 0);
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

function checkOf(
  { money, accounts, counts, settings }: AmountEvidence,
  candidate: Candidate,
  balance: number,
): BalanceCheck {
  const balances = money.of(balance);
  const rows = balancedRows(candidate.amounts, balances, accounts, counts);
  const { source } = candidate;
  // What the analyst says of a mark counts.
  if (source.kind !== 'marked' || settings.negative !== null) return checkBalances(rows);
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
