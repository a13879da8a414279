import { fitsWidth } from './dialect.ts';
import type { Layout } from './layout.ts';
import { isDirected, isNoAmount } from './ledger-cells.ts';
import type { AmountSource, Side } from './ledger-layout.ts';
import { decimalsOf } from './ledger-money.ts';
import { saysBalanceLine } from './ledger-words.ts';
import { amountReader, formatOfColumn, type NumberFormat } from './numbers.ts';
import { shown, type Rejection } from './rejections.ts';
import type { TableRecord } from './table-reader.ts';

/** A transaction as its record has it. Texts are views of the file's. */
export interface LedgerRow {
  customer: string;
  /** Empty where the file has no column of accounts. */
  account: string;
  /** Days since 1970-01-01. */
  bookingDay: number;
  /** Ten-thousandths of the currency unit; money out is negative. Without a direction yet where `isOpen`. */
  amountE4: number;
  /** Null where the record has none. */
  balanceE4: number | null;
  description: string;
  /** That the amount is written with. */
  decimals: number;
}

interface Amount {
  amountE4: number;
  decimals: number;
}

/** Makes the reader of a ledger's records. It is strict: what can't be read is a rejection, and nothing is guessed. */
export function ledgerRowReader(
  { names, customer: customerColumn, ledger }: Layout,
  format: NumberFormat,
): (record: TableRecord) => LedgerRow | Rejection {
  const { customer: onlyCustomer, account, date, balance, description, status, currency } = ledger!;
  const readAmount = amountOf(ledger!.amount, names, format);
  const readBalance = balance === null ? null : amountReader(formatOfColumn(format, balance.column));
  const owedMarks = balance === null ? null : balance.mark;

  return ({ fields, problem }) => {
    if (problem !== null) return { column: null, sort: 'quote', reason: problem };
    if (!fitsWidth(fields, names.length)) {
      return {
        column: null,
        sort: 'fields',
        reason: `${fields.length} fields where the file has ${names.length} columns`,
      };
    }
    const rejection = (column: number, sort: string, reason: string): Rejection => ({
      column: names[column]!,
      sort,
      reason,
    });
    if (status !== null) {
      const state = fields[status.column]!.trim();
      if (status.notBooked.has(state)) return rejection(status.column, 'status', `it was not booked: “${state}”`);
    }
    const line = description.find((column) => saysBalanceLine(fields[column]!));
    if (
      line !== undefined &&
      description.every(
        (column) => column === line || fields[column]!.trim() === '' || saysBalanceLine(fields[column]!),
      )
    ) {
      return rejection(
        line,
        'balance-line',
        `“${shown(fields[line]!.trim())}” is a balance or a total, not a transaction`,
      );
    }
    if (currency !== null) {
      const own = fields[currency.column]!.trim();
      if (own !== '' && own !== currency.own) {
        return rejection(currency.column, 'currency', `it is in ${own}, the account is in ${currency.own}`);
      }
    }
    const customer = onlyCustomer ?? fields[customerColumn]!.trim();
    if (customer === '') return rejection(customerColumn, 'customer', 'the customer is empty');
    if (customer.includes('\ufffd')) {
      return rejection(customerColumn, 'encoding', 'the customer holds bytes that the encoding does not have');
    }
    const written = fields[date.column]!;
    const bookingDay = date.read(written);
    if (bookingDay === null) {
      const isEmpty = written.trim() === '';
      return rejection(
        date.column,
        'date',
        isEmpty ? 'the date is empty' : `"${shown(written)}" is no date of the file's format`,
      );
    }
    const amount = readAmount(fields);
    if ('reason' in amount) return amount;
    let balanceE4: number | null = null;
    if (balance !== null) {
      const text = fields[balance.column]!;
      const value = isNoAmount(text) ? NaN : readBalance!(text);
      // A balance is a help, not the transaction: one that can't be read is left out.
      if (!Number.isNaN(value)) balanceE4 = value;
      if (balanceE4 !== null && owedMarks !== null && /^d/i.test(fields[owedMarks]!.trim()))
        balanceE4 = -Math.abs(balanceE4);
    }
    return {
      customer,
      account: account === null ? '' : fields[account]!.trim(),
      bookingDay,
      amountE4: amount.amountE4,
      balanceE4,
      description: joined(fields, description),
      decimals: amount.decimals,
    };
  };
}

/** The texts of the columns, joined by one space; runs of spaces are one. */
function joined(fields: readonly string[], columns: readonly number[]): string {
  let text = '';
  for (const column of columns) {
    const cell = fields[column]!;
    if (cell !== '' && !isNothing(cell)) text += text === '' ? cell : ` ${cell}`;
  }
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** Some banks fill what they leave empty with a dash or a slash. */
const isNothing = (cell: string) => cell.length <= 3 && /^[\s/\u2013-]*$/.test(cell);

function amountOf(
  source: AmountSource,
  names: readonly string[],
  format: NumberFormat,
): (fields: readonly string[]) => Amount | Rejection {
  const noAmount = (column: number): Rejection => ({
    column: names[column]!,
    sort: 'amount-empty',
    reason: 'no amount',
  });
  const notNumber = (column: number, text: string): Rejection => ({
    column: names[column]!,
    sort: 'amount',
    reason: `"${shown(text)}" is not an amount`,
  });
  if (source.kind === 'sides') {
    const sides = [source.debit, source.credit].filter((side) => side !== null);
    const readers = new Map(sides.map(({ column }) => [column, columnReader(column)]));
    return (fields) => amountOfSides(fields, sides, readers);
  }
  const { column } = source;
  const read = columnReader(column);
  return (fields) => {
    const text = fields[column]!;
    if (isNoAmount(text)) return noAmount(column);
    const { value, decimals } = read(text);
    if (Number.isNaN(value)) return notNumber(column, text);
    if (source.kind === 'signed') {
      const factor = source.bareIsOut === true && !isDirected(text) ? -1 : source.factor;
      return { amountE4: value * factor + 0, decimals };
    }
    if (source.kind === 'by-balance') return { amountE4: value, decimals };
    const mark = fields[source.mark]!.trim();
    const direction = source.directions.get(mark);
    if (direction === -1 || direction === 1) return { amountE4: value * direction + 0, decimals };
    const words =
      mark === ''
        ? 'it is empty'
        : direction === 0
          ? `“${shown(mark)}” is neither money out nor money in`
          : `“${shown(mark)}” is not known`;
    const reason = `${names[source.mark]} does not say which way the amount went: ${words}`;
    return { column: names[source.mark]!, sort: 'indicator', reason };
  };

  function columnReader(at: number): (text: string) => { value: number; decimals: number } {
    const own = formatOfColumn(format, at);
    const readMoney = amountReader(own);
    return (text) => ({ value: readMoney(text), decimals: decimalsOf(text, own.decimal) });
  }

  function amountOfSides(
    fields: readonly string[],
    sides: readonly Side[],
    readers: ReadonlyMap<number, ReturnType<typeof columnReader>>,
  ): Amount | Rejection {
    let filled: { side: Side; value: number; decimals: number } | null = null;
    for (const side of sides) {
      const text = fields[side.column]!;
      if (isNoAmount(text)) continue;
      const { value, decimals } = readers.get(side.column)!(text);
      if (Number.isNaN(value)) return notNumber(side.column, text);
      // Beside an amount, a zero is an empty cell.
      if (filled !== null && value === 0) continue;
      if (filled !== null && filled.value !== 0) {
        const reason = `${names[filled.side.column]} and ${names[side.column]} both have an amount`;
        return { column: names[side.column]!, sort: 'amount-both', reason };
      }
      filled = { side, value, decimals };
    }
    if (filled === null) return noAmount(sides[0]!.column);
    return { amountE4: filled.value * filled.side.factor + 0, decimals: filled.decimals };
  }
}
