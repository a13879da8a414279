import { open, rm, type FileHandle } from 'node:fs/promises';
import { cancelled, DuecastError } from '../ipc/errors.ts';
import type { GenerateDocument } from '../ipc/documents.ts';
import { createRandom } from '../sequences/random.ts';
import { drawCustomer, drawDay, drawDefaulters, drawEventDay, type SampleCustomer, type SampleDay } from './rules.ts';

export interface SampleRequest {
  /** The CSV file to write; it must not exist. */
  out: string;
  customers: number;
  days: number;
  seed: number;
  /**
   * Adds `date` and `event_date`. Day 0 is 2026-01-01. A defaulter's event is drawn in the last 60% of the period and
   * its day is the customer's last row; every other customer's rows run to the end.
   */
  dates: boolean;
}

export interface SampleOptions {
  signal?: AbortSignal | undefined;
  /** Customers written, and all. */
  progress?: ((done: number, total: number) => void) | undefined;
}

export const MOST_CUSTOMERS = 999_999;
export const FEWEST_DAYS = 2;
export const MOST_DAYS = 36_500;

const HEADER =
  'customer_id,day,salary_amount,salary_received,savings_amount,daily_expenses,utility_payment,utility_delay_days,' +
  'atm_withdrawals,upi_lending_transactions,failed_autodebits,discretionary_spending,will_default';

const FIRST_DATE_MS = Date.UTC(2026, 0, 1);
const DAY_MS = 86_400_000;
const CHUNK_CHARACTERS = 1 << 18;

/**
 * Writes the recipe's synthetic portfolio as CSV, one row a customer and day, customer by customer. The file is the
 * same, byte for byte, for the same request. Memory stays flat: a chunk is on disk before the next one is made.
 *
 * Throws `usage` for sizes that can't be made, `file-exists` for a file that is there (it is left as it is),
 * `file-missing` for a missing folder, `file-unreadable` where nothing can be written, and `cancelled`; a file that was
 * begun is removed.
 */
export async function generateSample(
  request: SampleRequest,
  { signal, progress }: SampleOptions = {},
): Promise<GenerateDocument> {
  checkSizes(request);
  if (signal?.aborted) throw cancelled();
  const file = await createFile(request.out);
  let made: GenerateDocument;
  try {
    try {
      made = await writeSample(file, request, { signal, progress });
    } finally {
      await file.close();
    }
  } catch (error) {
    await rm(request.out, { force: true });
    throw error instanceof DuecastError ? error : notWritten(request.out, error);
  }
  return made;
}

async function writeSample(
  file: FileHandle,
  { customers, days, seed, dates }: SampleRequest,
  { signal, progress }: SampleOptions,
): Promise<GenerateDocument> {
  const random = createRandom(seed);
  const defaulterFlags = drawDefaulters(random, customers);
  const dateOfDay = dates ? Array.from({ length: days }, (_, day) => isoDate(day)) : [];
  let chunk = `${HEADER}${dates ? ',date,event_date' : ''}\n`;
  let rows = 0;
  let defaulters = 0;

  for (let c = 0; c < customers; c++) {
    const defaults = defaulterFlags[c] === 1;
    const eventDay = defaults && dates ? drawEventDay(random, days) : null;
    const customer = drawCustomer(random, defaults, eventDay ?? days);
    const id = `C${String(c + 1).padStart(6, '0')}`;
    const lastDay = eventDay ?? days - 1;
    for (let day = 0; day <= lastDay; day++) {
      chunk += rowText(id, day, customer, drawDay(random, customer, day));
      if (dates) chunk += `,${dateOfDay[day]},${eventDay === null ? '' : dateOfDay[eventDay]}`;
      chunk += '\n';
    }
    rows += lastDay + 1;
    if (defaults) defaulters++;

    if (chunk.length >= CHUNK_CHARACTERS || c === customers - 1) {
      await file.appendFile(chunk);
      chunk = '';
      if (signal?.aborted) throw cancelled();
      progress?.(c + 1, customers);
    }
  }
  return { rows, customers, defaulters };
}

function rowText(id: string, day: number, customer: SampleCustomer, values: SampleDay): string {
  return (
    `${id},${day},${amountText(values.salaryAmount)},${values.salaryReceived},${amountText(values.savingsAmount)},` +
    `${amountText(values.dailyExpenses)},${amountText(values.utilityPayment)},${values.utilityDelayDays},` +
    `${values.atmWithdrawals},${values.upiLendingTransactions},${values.failedAutodebits},` +
    `${amountText(values.discretionarySpending)},${customer.defaults ? 1 : 0}`
  );
}

const CENTS = Array.from({ length: 100 }, (_, cents) => String(cents).padStart(2, '0'));

/** Two decimals, for amounts that are not negative; several times faster than toFixed. */
function amountText(amount: number): string {
  const minor = Math.round(amount * 100);
  return `${Math.floor(minor / 100)}.${CENTS[minor % 100]}`;
}

const isoDate = (day: number) => new Date(FIRST_DATE_MS + day * DAY_MS).toISOString().slice(0, 10);

function checkSizes({ customers, days, seed }: SampleRequest): void {
  checkWhole('customers', customers, 1, MOST_CUSTOMERS);
  checkWhole('days', days, FEWEST_DAYS, MOST_DAYS);
  checkWhole('seed', seed, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
}

function checkWhole(name: string, value: number, low: number, high: number): void {
  if (Number.isInteger(value) && value >= low && value <= high) return;
  throw new DuecastError(
    'usage',
    `The sample's ${name} must be a whole number from ${low} to ${high}, not ${value}. Nothing was written.`,
  );
}

async function createFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'wx');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EEXIST') {
      throw new DuecastError('file-exists', `${path} exists already and was left as it is. Choose another name.`);
    }
    if (code === 'ENOENT') {
      throw new DuecastError('file-missing', `The folder of ${path} does not exist. Make it, or choose another one.`);
    }
    throw notWritten(path, error);
  }
}

const notWritten = (path: string, error: unknown) =>
  new DuecastError(
    'file-unreadable',
    `${path} could not be written, and nothing of it was kept. Check the free space and your rights to the folder.`,
    String(error),
  );
