import type { Random } from '../../src-main/sequences/random.ts';
import { encodeText } from './encode-text.ts';
import { LANGUAGES } from './export-words.ts';

/** How a file is written: what an importer has to find out. */
export interface ExportStyle {
  language: string;
  encoding: string;
  byteOrderMark: boolean;
  delimiter: string;
  quote: '"' | "'";
  quoteAll: boolean;
  lineEnd: '\n' | '\r\n' | '\r';
  lastLineEnds: boolean;
  decimal: '.' | ',';
  thousands: '' | '.' | ',' | ' ' | '\u00a0' | "'";
  lakh: boolean;
  /** Unicode date tokens. */
  dateFormat: string;
  sign: 'before' | 'behind' | 'brackets' | 'suffix' | 'side' | 'columns';
  currency: '' | '€ ' | ' €' | '$' | ' EUR';
  balance: boolean;
  /** How many customers the file is of; each has a balance of its own. */
  customers: 1 | 3;
  header: boolean;
  preamble: 'none' | 'lines' | 'pairs' | 'padded';
  footer: 'none' | 'line' | 'total';
  trailingDelimiter: boolean;
  blankLines: boolean;
  padded: boolean;
}

/** Money in ten-thousandths of the currency unit, days since 1970-01-01. */
export interface WrittenTransaction {
  /** Empty in a file of one. */
  customer: string;
  day: number;
  amountE4: number;
  balanceE4: number;
  description: string;
}

export interface WrittenStep {
  customer: string;
  day: number;
  /** In hundredths; null: empty. */
  values: (number | null)[];
}

const pick = <T>(random: Random, choices: readonly T[]): T => choices[random.integer(0, choices.length - 1)]!;
const chance = (random: Random, probability: number) => random.next() < probability;

const NUMERIC_DATES = [
  'yyyy-MM-dd',
  'dd.MM.yyyy',
  'dd/MM/yyyy',
  'MM/dd/yyyy',
  'dd-MM-yyyy',
  'd.M.yyyy',
  'yyyy/MM/dd',
  'yyyy.MM.dd',
  'dd.MM.yy',
  'yyyyMMdd',
  'yyyy-MM-dd HH:mm:ss',
  'dd/MM/yyyy HH:mm',
];

/** Any way of writing that leaves nothing open: what a careful reader can tell from the file alone. */
export function randomStyle(random: Random): ExportStyle {
  const language = pick(random, Object.keys(LANGUAGES));
  const { encodings, decimal, months } = LANGUAGES[language]!;
  const encoding = pick(random, encodings);
  const quote = chance(random, 0.9) ? '"' : "'";
  const other = decimal === '.' ? ',' : '.';
  const delimiter = pick(random, [',', ';', ';', '\t', '|']);
  const thousands = pick(random, ['', '', other, ' ', '\u00a0', quote === "'" ? '' : "'"] as const);
  const lakh = thousands === ',' && chance(random, 0.3);
  // Without names, a file says little: a date, a text, an amount with its sign, a balance.
  const header = chance(random, 0.85);
  const sign = header
    ? pick(random, ['before', 'before', 'behind', 'brackets', 'suffix', 'side', 'columns'] as const)
    : 'before';
  const spelled = months === undefined ? [] : ['dd-MMM-yyyy', 'd MMM yyyy', 'dd MMM yy'];
  const bare = header || chance(random, 0.5);
  // In these languages a customer's column has a name that says so.
  const named = header && ['english', 'german', 'french', 'spanish'].includes(language);
  const western = ['windows-1252', 'iso-8859-15', 'utf-8', 'utf-16le', 'utf-16be'].includes(encoding);
  return {
    language,
    encoding,
    byteOrderMark: encoding.startsWith('utf') && chance(random, 0.5),
    delimiter,
    quote,
    quoteAll: chance(random, 0.3),
    lineEnd: pick(random, ['\n', '\r\n', '\r\n', '\r'] as const),
    lastLineEnds: chance(random, 0.8),
    decimal,
    thousands: thousands === '\u00a0' && !western ? ' ' : thousands,
    lakh,
    dateFormat: pick(
      random,
      header ? [...NUMERIC_DATES, ...spelled] : NUMERIC_DATES.filter((format) => format !== 'yyyyMMdd'),
    ),
    sign,
    currency:
      western && sign !== 'suffix' && chance(random, 0.15) ? pick(random, ['€ ', ' €', '$', ' EUR'] as const) : '',
    balance: chance(random, 0.6),
    customers: named && chance(random, 0.3) ? 3 : 1,
    header,
    preamble: bare ? pick(random, ['none', 'none', 'lines', 'pairs', 'padded'] as const) : 'none',
    footer: header ? pick(random, ['none', 'none', 'line', 'total'] as const) : 'none',
    trailingDelimiter: header && chance(random, 0.15),
    blankLines: chance(random, 0.15),
    padded: chance(random, 0.1),
  };
}

/** Bookings over some months, with balances, and twins among them. */
export function randomTransactions(random: Random, style: ExportStyle, count: number): WrittenTransaction[] {
  const { words } = LANGUAGES[style.language]!;
  const customers = style.customers === 1 ? [''] : ['K-001', 'K-002', 'K-003'];
  const balances = new Map(customers.map((customer) => [customer, random.integer(50_000, 500_000_000) * 100]));
  const found: WrittenTransaction[] = [];
  const book = (customer: string, day: number, amountE4: number, description: string) => {
    const balanceE4 = balances.get(customer)! + amountE4;
    balances.set(customer, balanceE4);
    found.push({ customer, day, amountE4, balanceE4, description });
  };
  let day = 20_500 + random.integer(0, 300);
  for (let i = 0; i < count; i++) {
    const last = found.at(-1);
    if (last !== undefined && chance(random, 0.05)) {
      book(last.customer, last.day, last.amountE4, last.description);
      continue;
    }
    day += random.integer(0, 6);
    const size = random.integer(1, chance(random, 0.2) ? 20_000_000 : 60_000) * 100;
    const description = `${pick(random, words)} ${random.integer(1, 9_999)} ${pick(random, words)}`;
    book(pick(random, customers), day, (chance(random, 0.3) ? 1 : -1) * size, description);
  }
  // A day above the twelfth decides between day and month, and an amount in millions what a thousands sign is.
  const last31 = day + 31 - new Date(day * 86_400_000).getUTCDate();
  book(customers[0]!, last31, -123_400_500, `${words[0]} Z`);
  book(customers[0]!, last31 + 20, 98_765_432_100, `${words[1]} Z`);
  return found;
}

/** Daily histories of a few customers, one after the other. */
export function randomHistories(random: Random, customers: number, days: number): WrittenStep[] {
  const first = 20_500 + random.integer(0, 300);
  const found: WrittenStep[] = [];
  for (let c = 0; c < customers; c++) {
    for (let d = 0; d < days; d++) {
      const values = [
        chance(random, 0.2) ? null : random.integer(0, 40_000_000),
        random.integer(-9_000_000, 250_000_000),
        random.integer(0, 4) * 100,
      ];
      found.push({ customer: `C-${String(c + 1).padStart(4, '0')}`, day: first + d, values });
    }
  }
  return found;
}

/** A ledger as a file. */
export function writeLedger(transactions: readonly WrittenTransaction[], style: ExportStyle): Uint8Array {
  const words = LANGUAGES[style.language]!;
  const amountNames =
    style.sign === 'columns'
      ? [words.debit, words.credit]
      : style.sign === 'side'
        ? [words.amount, words.side]
        : [words.amount];
  const owner = (text: string) => (style.customers === 1 ? [] : [text]);
  const names = [
    ...owner(words.customer),
    words.date,
    words.text,
    ...amountNames,
    ...(style.balance ? [words.balance] : []),
  ];
  const rows = transactions.map(({ customer, day, amountE4, balanceE4, description }) => [
    ...owner(customer),
    dateText(day, style),
    description,
    ...amountCells(amountE4, style, words),
    ...(style.balance ? [plainMoney(balanceE4, style, balanceE4 < 0)] : []),
  ]);
  return writeTable(names, rows, style);
}

/** Histories as a file. */
export function writeHistories(steps: readonly WrittenStep[], style: ExportStyle): Uint8Array {
  const words = LANGUAGES[style.language]!;
  const rows = steps.map(({ customer, day, values }) => [
    customer,
    dateText(day, style),
    ...values.map((value) => (value === null ? '' : plainMoney(value * 100, style, value < 0))),
  ]);
  return writeTable([words.customer, words.date, ...words.features], rows, style);
}

function amountCells(amountE4: number, style: ExportStyle, words: (typeof LANGUAGES)[string]): string[] {
  const out = amountE4 < 0;
  const size = plainMoney(Math.abs(amountE4), style, false);
  switch (style.sign) {
    case 'suffix':
      return [`${size} ${out ? 'DR' : 'CR'}`];
    case 'side':
      return [size, out ? words.out : words.in];
    case 'columns':
      return out ? [size, ''] : ['', size];
    default:
      return [plainMoney(amountE4, style, out)];
  }
}

function plainMoney(amountE4: number, style: ExportStyle, negative: boolean): string {
  const { decimal, thousands, lakh, currency, sign } = style;
  const hundredths = Math.round(Math.abs(amountE4) / 100);
  const whole = String(Math.floor(hundredths / 100));
  const grouped = lakh
    ? whole.replace(/(\d)(?=(\d\d)*\d{3}$)/g, `$1${thousands}`)
    : whole.replace(/(\d)(?=(\d{3})+$)/g, `$1${thousands}`);
  const digits = grouped + decimal + String(hundredths % 100).padStart(2, '0');
  const front = currency === '€ ' || currency === '$' ? currency : '';
  const back = front === '' ? currency : '';
  if (!negative) return front + digits + back;
  if (sign === 'brackets') return `(${front}${digits}${back})`;
  return sign === 'behind' ? `${front}${digits}${back}-` : `-${front}${digits}${back}`;
}

export function dateText(day: number, { dateFormat, language }: ExportStyle): string {
  const date = new Date(day * 86_400_000);
  const two = (value: number) => String(value).padStart(2, '0');
  const [year, month, dayOfMonth] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  const texts: Record<string, string> = {
    yyyy: String(year),
    yy: two(year % 100),
    MMM: LANGUAGES[language]!.months?.[month] ?? '',
    MM: two(month + 1),
    M: String(month + 1),
    dd: two(dayOfMonth),
    d: String(dayOfMonth),
    HH: two(day % 24),
    mm: two(day % 60),
    ss: two((day * 7) % 60),
  };
  return dateFormat.replace(/([A-Za-z])\1*/g, (token) => texts[token]!);
}

function writeTable(names: string[], rows: string[][], style: ExportStyle): Uint8Array {
  const { delimiter, quote, quoteAll, lineEnd, trailingDelimiter } = style;
  const cell = (text: string, column: number) => {
    const padded = style.padded && !quoteAll ? (column === 0 ? ` ${text} ` : text.padEnd(12)) : text;
    if (!quoteAll && ![delimiter, quote, '\n', '\r'].some((sign) => padded.includes(sign))) return padded;
    return quote + text.replaceAll(quote, quote + quote) + quote;
  };
  const line = (cells: string[]) => cells.map(cell).join(delimiter) + (trailingDelimiter ? delimiter : '');
  const width = names.length + (trailingDelimiter ? 1 : 0);
  const plain = (text: string) => (text.includes(delimiter) ? quote + text + quote : text);
  const fill = (...cells: string[]) =>
    [...cells.map(plain), ...Array<string>(Math.max(0, width - cells.length)).fill('')].join(delimiter);
  const lines: string[] = [];
  if (style.preamble === 'lines') lines.push('Bank of Nowhere', 'Statement 2026', '');
  if (style.preamble === 'pairs')
    lines.push(`Account${delimiter}DE00123456780012345678`, `Owner${delimiter}A. Muster`, '');
  if (style.preamble === 'padded') lines.push(fill('Statement'), fill('Account', 'DE00123456780012345678'), fill());
  if (style.header) lines.push(line(names));
  rows.forEach((row, i) => {
    lines.push(line(row));
    if (style.blankLines && i % 5 === 3) lines.push('');
  });
  if (style.footer === 'line') lines.push('', 'End of statement');
  if (style.footer === 'total') lines.push(fill('Total', '', `1${style.decimal}00`));
  const text = lines.join(lineEnd) + (style.lastLineEnds ? lineEnd : '');
  const bytes = encodeText(text, style.encoding);
  return style.byteOrderMark ? Buffer.concat([encodeText('\ufeff', style.encoding), bytes]) : bytes;
}
