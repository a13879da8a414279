import { isDirected, isNoAmount } from './ledger-cells.ts';
import { balancedRows, shareOf, type AmountEvidence, type AmountReading } from './ledger-evidence.ts';
import type { AmountSource, Direction, Side } from './ledger-layout.ts';
import { unknownMark } from './ledger-marks.ts';
import { says, saysPaidBack } from './ledger-words.ts';
import { checkBalances, isConvincing, runsNewestFirst, type BalanceCheck } from './running-balance.ts';

/** Gives the chosen source its directions, by the balances, by signs, or by names. */
export function decided(
  evidence: AmountEvidence,
  source: AmountSource,
  balance: number | null,
  check: BalanceCheck | null,
): Omit<AmountReading, 'mark'> {
  const { plan, settings, money, accounts, counts, looks } = evidence;
  const warnings: string[] = [];
  const read = (found: AmountSource, why: string) => ({ source: found, balance, check, why, warnings });
  if (check !== null && isConvincing(check)) {
    const why = `the running balance confirms ${check.confirmed} of ${check.links} rows looked at`;
    if (check.factor === 1) return read(source, why);
    if (settings.negative !== null) {
      warnings.push(
        `The balances in “${plan.name(balance!)}” move the other way than negative= says. What it says counts; if that ` +
          'is wrong, leave it out.',
      );
      return read(source, 'negative= says which way it went');
    }
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
  if (source.kind === 'signed' && !says(name, 'credit') && onlyMoneyInIsMarked(evidence, source.column))
    return read({ ...source, bareIsOut: true }, 'money in is marked, money out is not');
  const isOut = says(name, 'debit') && !says(name, 'credit');
  if (isOut) return read(turned(source), 'its name says money out');
  if (!says(name, 'credit')) {
    warnings.push(
      `All amounts in “${name}” are without a minus, and nothing says which of them is money out: all are taken as ` +
        'money in. If another column says it, give indicator=NAME and negative=VALUE; if all are money out, give debit=NAME.',
    );
  }
  return { ...read(source, 'no amount has a minus'), openMark: says(name, 'credit') ? null : unknownMark(evidence) };
}

/** As in statements of cards: 125,000.00 CR among amounts with nothing beside them. None has a minus, or says DR. */
function onlyMoneyInIsMarked({ money }: AmountEvidence, column: number): boolean {
  const amounts = money.rows.map((row) => row[column]!).filter((cell) => !isNoAmount(cell));
  return amounts.some(isDirected) && !amounts.every(isDirected);
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
