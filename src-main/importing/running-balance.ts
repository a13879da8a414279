/** A transaction as the check of balances sees it; in ten-thousandths. NaN where the file has none. */
export interface BalancedRow {
  account: string;
  amountE4: number;
  balanceE4: number;
}

/** How often the balance moved by just the amount, of the times that it could have. */
export interface BalanceCheck {
  /** Pairs of neighbouring rows of one account with an amount that is not zero. */
  links: number;
  confirmed: number;
  /** The file's first rows are the newest. */
  newestFirst: boolean;
  /** −1: the balance says that amounts count the other way round. */
  factor: 1 | -1;
}

/**
 * Holds running balances against amounts: balance = balance before ± amount, whichever way the file runs and amounts
 * count. The reading that most links confirm is the answer.
 */
export function checkBalances(rows: readonly BalancedRow[]): BalanceCheck {
  const counts = { links: 0, oldPlus: 0, oldMinus: 0, newPlus: 0, newMinus: 0 };
  for (const { before, row } of linksOf(rows)) {
    // Oldest first, the later row's own amount moved the balance; newest first, that of the row above did.
    const moved = row.balanceE4 - before.balanceE4;
    const isOld = row.amountE4 !== 0 && !Number.isNaN(row.amountE4);
    const isNew = before.amountE4 !== 0 && !Number.isNaN(before.amountE4);
    if (!isOld && !isNew) continue;
    counts.links++;
    if (isOld && moved === row.amountE4) counts.oldPlus++;
    if (isOld && moved === -row.amountE4) counts.oldMinus++;
    if (isNew && -moved === before.amountE4) counts.newPlus++;
    if (isNew && -moved === -before.amountE4) counts.newMinus++;
  }
  // Where readings are alike, amounts as they stand lead.
  const readings = [
    { confirmed: counts.oldPlus, newestFirst: false, factor: 1 },
    { confirmed: counts.newPlus, newestFirst: true, factor: 1 },
    { confirmed: counts.oldMinus, newestFirst: false, factor: -1 },
    { confirmed: counts.newMinus, newestFirst: true, factor: -1 },
  ] as const;
  const best = readings.reduce((first, other) => (other.confirmed > first.confirmed ? other : first));
  return { links: counts.links, ...best };
}

/** Whether a check leaves hardly a doubt: pairs enough and most confirmed; nearly all where it turns amounts round. */
export const isConvincing = ({ links, confirmed, factor }: BalanceCheck): boolean =>
  factor === 1 ? confirmed >= 2 && confirmed >= 0.8 * links : confirmed >= 3 && confirmed >= 0.95 * links;

/**
 * The sign that each mark gives to an unsigned amount, by how balances moved: 1 in, −1 out. Marks on which the balances
 * do not agree are absent.
 */
export function signsOfMarks(
  rows: readonly (BalancedRow & { mark: string })[],
  newestFirst: boolean,
): Map<string, 1 | -1> {
  const votes = new Map<string, { in: number; out: number }>();
  for (const { before, row } of linksOf(rows)) {
    const mover = newestFirst ? before : row;
    const moved = (row.balanceE4 - before.balanceE4) * (newestFirst ? -1 : 1);
    if (moved === 0 || Math.abs(moved) !== Math.abs(mover.amountE4)) continue;
    const vote = votes.get(mover.mark) ?? { in: 0, out: 0 };
    // A correction has a minus of its own.
    if (moved === mover.amountE4) vote.in++;
    else vote.out++;
    votes.set(mover.mark, vote);
  }
  const signs = new Map<string, 1 | -1>();
  for (const [mark, vote] of votes) {
    if (vote.in > 4 * vote.out) signs.set(mark, 1);
    else if (vote.out > 4 * vote.in) signs.set(mark, -1);
  }
  return signs;
}

/** Which way the file runs, by sizes alone; null where neither way has more links that fit. */
export function runsNewestFirst(rows: readonly BalancedRow[]): boolean | null {
  let oldestFirst = 0;
  let newestFirst = 0;
  for (const { before, row } of linksOf(rows)) {
    const moved = Math.abs(row.balanceE4 - before.balanceE4);
    if (moved === 0) continue;
    if (moved === Math.abs(row.amountE4)) oldestFirst++;
    if (moved === Math.abs(before.amountE4)) newestFirst++;
  }
  return oldestFirst === newestFirst ? null : newestFirst > oldestFirst;
}

/** Pairs of rows of one account that follow each other and have a balance. */
function* linksOf<Row extends BalancedRow>(rows: readonly Row[]): Iterable<{ before: Row; row: Row }> {
  const last = new Map<string, Row>();
  for (const row of rows) {
    if (Number.isNaN(row.balanceE4)) continue;
    const before = last.get(row.account);
    last.set(row.account, row);
    if (before !== undefined) yield { before, row };
  }
}
