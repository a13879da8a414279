import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ImportDocument } from '../../src-main/ipc/documents.ts';
import type { PortfolioDb } from '../../src-main/store/database.ts';
import { createRandom } from '../../src-main/sequences/random.ts';
import { plainAmount } from './expected-reading.ts';
import { importTo, inPortfolio } from './import-export.ts';
import {
  randomHistories,
  randomStyle,
  randomTransactions,
  writeHistories,
  writeLedger,
  type ExportStyle,
} from './write-export.ts';

/** A file that did not read back as it was written. */
export interface Mismatch {
  seed: number;
  style: ExportStyle;
  file: string;
  why: string;
}

/** Writes a ledger in the style of a seed and reads it back; null where it is the same. */
export async function ledgerRoundTrip(folder: string, seed: number): Promise<Mismatch | null> {
  const random = createRandom(seed);
  const style = randomStyle(random);
  const written = randomTransactions(random, style, random.integer(12, 40));
  const file = join(folder, `ledger-${seed}.csv`);
  writeFileSync(file, writeLedger(written, style));
  const one = style.customers === 1 ? `ledger-${seed}` : null;
  const wanted = written.map(({ customer, day, amountE4, description, balanceE4 }) =>
    [one ?? customer, day, amountE4, description, style.balance ? balanceE4 : null].join(' | '),
  );
  return inPortfolio(folder, (db) =>
    mismatch(seed, style, file, async () => {
      const document = await importTo(db, file);
      if (document.kind !== 'ledger') return `read as ${document.kind}`;
      const sumE4 = written.reduce((sum, { amountE4 }) => sum + amountE4, 0);
      const { ledger } = document as { ledger?: { sum: string } };
      const sum = plainAmount((sumE4 / 10_000).toFixed(4));
      const lost = rowsLost(document, written.length);
      if (lost !== null) return lost;
      if (plainAmount(ledger?.sum) !== sum) return `sum ${ledger?.sum} where ${sum} was written`;
      return firstDifference(wanted, storedTransactions(db, one));
    }),
  );
}

/** The same for histories, whose style is told apart by the same signs. */
export async function historyRoundTrip(folder: string, seed: number): Promise<Mismatch | null> {
  const random = createRandom(seed);
  const found = randomStyle(random);
  const sign = found.sign === 'brackets' || found.sign === 'behind' ? found.sign : 'before';
  const style: ExportStyle = { ...found, sign, header: true };
  const steps = randomHistories(random, 4, 31);
  const file = join(folder, `history-${seed}.csv`);
  writeFileSync(file, writeHistories(steps, style));
  const asian = ['japanese', 'chinese', 'korean'].includes(style.language);
  // Which column is the customer is not what is tried here.
  const settings = ['kind=history', 'timeStep=day', 'customer=0', 'date=1', ...(asian ? ['features=2,3,4'] : [])];
  return inPortfolio(folder, (db) =>
    mismatch(seed, style, file, async () => {
      const document = await importTo(db, file, settings);
      const lost = rowsLost(document, steps.length);
      if (lost !== null) return lost;
      const wanted = steps.map(({ customer, day, values }) =>
        [customer, day, ...values.map((value) => (value === null ? '' : value / 100))].join(' | '),
      );
      return firstDifference(wanted, storedHistory(db));
    }),
  );
}

/** Every row that was written is one that can be taken. */
function rowsLost({ rows, rejected }: ImportDocument, written: number): string | null {
  if (rows.read === written && rows.accepted === written) return null;
  const first = rejected[0] === undefined ? '' : `, line ${rejected[0].line} rejected: ${rejected[0].reason}`;
  return `${rows.read} rows read and ${rows.accepted} accepted of ${written}${first}`;
}

async function mismatch(
  seed: number,
  style: ExportStyle,
  file: string,
  work: () => Promise<string | null>,
): Promise<Mismatch | null> {
  let why: string | null;
  try {
    why = await work();
  } catch (error) {
    const { code, message, stack } = error as { code?: string; message: string; stack: string };
    why = code === undefined ? stack : `${code}: ${message}`;
  }
  return why === null ? null : { seed, style, file, why };
}

/** `one`: written for the customer, where the file is of one, whose name is not what is tried here. */
function storedTransactions(db: PortfolioDb, one: string | null): string[] {
  const sql = `SELECT external_id, booking_day, amount_e4, description, balance_e4
    FROM transactions JOIN customers ON customers.id = customer`;
  const rows = db.prepare(sql).raw().all() as (number | string | null)[][];
  return rows.map(([customer, ...rest]) => [one ?? customer, ...rest].join(' | '));
}

function storedHistory(db: PortfolioDb): string[] {
  const names = db
    .prepare<[], string>(`SELECT column_name FROM features WHERE kind = 'history' ORDER BY position`)
    .pluck()
    .all();
  const columns = names.map((name) => `, "${name}"`).join('');
  const sql = `SELECT external_id, step${columns} FROM history JOIN customers ON customers.id = customer`;
  return (db.prepare(sql).raw().all() as (number | string | null)[][]).map((row) => row.join(' | '));
}

/** Of two bags of rows; null where they are the same. */
function firstDifference(wanted: readonly string[], stored: readonly string[]): string | null {
  const left = [...wanted].sort();
  const right = [...stored].sort();
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    if (left[i] !== right[i]) return `written: ${left[i]}\n  stored:  ${right[i]}`;
  }
  return null;
}

export const told = ({ seed, style, file, why }: Mismatch) =>
  `seed ${seed}: ${why}\n  ${JSON.stringify(style)}\n  ${file}`;
