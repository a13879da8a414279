import type { Part } from '../ipc/documents.ts';
import { DuecastError } from '../ipc/errors.ts';
import { counted } from '../ipc/grouped.ts';
import { NO_STEP, UNKNOWN_OUTCOME, type Feature, type OutcomeKind, type Panel } from '../sequences/panel.ts';
import type { PortfolioDb } from './database.ts';
import { quoted, readFeatures, toFeature, type StoredFeature } from './feature-columns.ts';
import { portfolioShape } from './portfolio.ts';

/** A customer's calendar may hold this many rows, or ten times its real ones, before it is taken for an error. */
const MAX_CALENDAR_ROWS = 100_000;
const MAX_CALENDAR_RATIO = 10;

/**
 * Reads all histories, or those of one customer by its number, as typed arrays, in one read transaction. Customers come
 * in the order of their numbers; those without history are left out. Throws `data-refused` where there is no history,
 * and where a gap in one customer's steps is absurdly long.
 */
export const readPanel = (db: PortfolioDb, customer: number | null = null): Panel =>
  db.transaction(() => panelOf(db, customer))();

function panelOf(db: PortfolioDb, customer: number | null): Panel {
  const shape = portfolioShape(db);
  const stored = readFeatures(db);
  const history = stored.filter(({ kind }) => kind === 'history');
  const calendar = readCalendar(db, customer);
  const { customers, customerIds } = calendar;
  if (customers.length === 0 || shape.timeStep === null || shape.dated === null) {
    const whose = customer === null ? 'This portfolio holds no histories' : 'This customer has no history';
    throw new DuecastError('data-refused', `${whose} yet. Import some first.`);
  }
  const indexOf = new Map<number, number>();
  customerIds.forEach((id, c) => indexOf.set(id, c));
  return {
    timeStep: shape.timeStep,
    dated: shape.dated,
    outcomeKind: shape.outcomeKind,
    features: history.map(toFeature),
    customers,
    customerIds,
    firstRow: calendar.firstRow,
    firstStep: calendar.firstStep,
    values: readValues(db, history, calendar, customer, Float32Array),
    ...(customer === null ? readStatics(db, stored, indexOf) : readOwnStatics(db, stored, customer)),
    ...readOutcomes(db, shape.outcomeKind, indexOf, customer),
  };
}

const whose = (customer: number | null) => (customer === null ? '' : 'WHERE customer = ?');
const bound = (customer: number | null) => (customer === null ? [] : [customer]);

interface Calendar {
  customers: string[];
  customerIds: Int32Array;
  firstRow: Int32Array;
  firstStep: Int32Array;
}

/** How many rows each customer's calendar has: a first pass, so that the second can fill arrays of the final size. */
function readCalendar(db: PortfolioDb, customer: number | null): Calendar {
  const rows = db
    .prepare<unknown[], [number, string, number, number, number]>(
      `SELECT h.customer, c.external_id, h.first, h.last, h.rows FROM
         (SELECT customer, min(step) AS first, max(step) AS last, count(*) AS rows FROM history ${whose(customer)} GROUP BY customer) h
       JOIN customers c ON c.id = h.customer ORDER BY h.customer`,
    )
    .raw();
  const customers: string[] = [];
  const ids: number[] = [];
  const firstSteps: number[] = [];
  const firstRows: number[] = [0];
  let total = 0;
  for (const [id, externalId, first, last, count] of rows.iterate(...bound(customer))) {
    const span = last - first + 1;
    if (span > MAX_CALENDAR_RATIO * count && span > MAX_CALENDAR_ROWS) {
      throw new DuecastError(
        'data-refused',
        `Customer “${externalId}” has ${counted(count, 'row')}, but they lie ${span} steps apart (from step ${first} to ${last}). ` +
          'Nothing was changed. One of its dates or steps is most likely wrong: correct it and import it again.',
      );
    }
    customers.push(externalId);
    ids.push(id);
    firstSteps.push(first);
    firstRows.push((total += span));
  }
  if (total > 0x7fff_ffff) throw tooLarge(total);
  return {
    customers,
    customerIds: Int32Array.from(ids),
    firstRow: Int32Array.from(firstRows),
    firstStep: Int32Array.from(firstSteps),
  };
}

const tooLarge = (rows: number) =>
  new DuecastError(
    'data-refused',
    `With its gaps filled in, this portfolio has ${rows} rows, more than this machine's memory holds. ` +
      'Nothing was changed. Look for customers with few rows over a very long time, or use a longer time step.',
  );

/** A customer's history as it is stored. `values`: [steps, features], row-major, in doubles; NaN where empty. */
export function readOwnHistory(db: PortfolioDb, customer: number) {
  const features = readFeatures(db).filter(({ kind }) => kind === 'history');
  const calendar = readCalendar(db, customer);
  return {
    features: features.map(({ name }) => name),
    firstStep: calendar.firstStep[0] ?? 0,
    steps: calendar.firstRow[1] ?? 0,
    values: readValues(db, features, calendar, customer, Float64Array),
  };
}

/** [rows, features], row-major; NaN where empty. */
function readValues<Values extends Float32Array | Float64Array>(
  db: PortfolioDb,
  features: StoredFeature[],
  calendar: Calendar,
  customer: number | null,
  Type: new (length: number) => Values,
): Values {
  const { customers, customerIds, firstRow, firstStep } = calendar;
  const width = features.length;
  const rows = firstRow[customers.length]!;
  let values: Values;
  try {
    values = new Type(rows * width);
    values.fill(NaN);
  } catch {
    throw tooLarge(rows);
  }
  if (width === 0) return values;
  const names = features.map(({ columnName }) => `, ${quoted(columnName!)}`).join('');
  const statement = db
    .prepare<unknown[], (number | null)[]>(
      `SELECT customer, step${names} FROM history ${whose(customer)} ORDER BY customer, step`,
    )
    .raw();
  let c = 0;
  for (const row of statement.iterate(...bound(customer))) {
    while (customerIds[c] !== row[0]) c++;
    const offset = (firstRow[c]! + row[1]! - firstStep[c]!) * width;
    for (let f = 0; f < width; f++) {
      const value = row[f + 2];
      if (value !== null) values[offset + f] = value!;
    }
  }
  return values;
}

/**
 * Static attributes that are model inputs and hold numbers; [customers, attributes], NaN where empty. One whose values
 * are mostly numbers counts as one, with the rest taken as empty, so that a stray text does not take an input away.
 */
function readStatics(
  db: PortfolioDb,
  stored: StoredFeature[],
  indexOf: ReadonlyMap<number, number>,
): Pick<Panel, 'staticFeatures' | 'statics' | 'textAttributes'> {
  const select = db
    .prepare<[number], [number, string]>('SELECT customer, value FROM static_attributes WHERE feature = ?')
    .raw();
  const columns: { feature: Feature; values: Float32Array }[] = [];
  const textAttributes: string[] = [];
  for (const feature of stored) {
    if (feature.kind !== 'static' || !feature.modelInput) continue;
    const values = new Float32Array(indexOf.size).fill(NaN);
    let numbers = 0;
    let texts = 0;
    for (const [customer, text] of select.iterate(feature.position)) {
      const value = text.trim() === '' ? NaN : Number(text);
      if (!Number.isFinite(value)) {
        texts++;
        continue;
      }
      numbers++;
      const c = indexOf.get(customer);
      if (c !== undefined) values[c] = value;
    }
    if (numbers > texts) columns.push({ feature: toFeature(feature), values });
    else if (texts > 0) textAttributes.push(feature.name);
  }
  const width = columns.length;
  const statics = new Float32Array(indexOf.size * width);
  columns.forEach(({ values }, f) => values.forEach((value, c) => (statics[c * width + f] = value)));
  return { staticFeatures: columns.map(({ feature }) => feature), statics, textAttributes };
}

/** Those of one customer, without a look at all others: whatever is no number counts as empty. */
function readOwnStatics(
  db: PortfolioDb,
  stored: StoredFeature[],
  customer: number,
): Pick<Panel, 'staticFeatures' | 'statics' | 'textAttributes'> {
  const features = stored.filter(({ kind, modelInput }) => kind === 'static' && modelInput);
  const values = new Map(
    db
      .prepare<[number], [number, string]>('SELECT feature, value FROM static_attributes WHERE customer = ?')
      .raw()
      .all(customer),
  );
  const numberAt = (position: number) => {
    const text = values.get(position)?.trim() ?? '';
    return text === '' || !Number.isFinite(Number(text)) ? NaN : Number(text);
  };
  return {
    staticFeatures: features.map(toFeature),
    statics: Float32Array.from(features, ({ position }) => numberAt(position)),
    textAttributes: [],
  };
}

/**
 * With dated outcomes the earliest event counts; who has none had none, and a flag without a date leaves the event's
 * step open. With constant flags, who has no flag is unknown.
 */
function readOutcomes(
  db: PortfolioDb,
  kind: OutcomeKind,
  indexOf: ReadonlyMap<number, number>,
  only: number | null,
): { outcome: Int8Array; eventStep: Int32Array } {
  const outcome = new Int8Array(indexOf.size).fill(kind === 'dated' ? 0 : UNKNOWN_OUTCOME);
  const eventStep = new Int32Array(indexOf.size).fill(NO_STEP);
  const rows = db
    .prepare<unknown[], [number, 0 | 1, number | null]>(
      `SELECT customer, max(flag), min(event_step) FROM outcomes ${whose(only)} GROUP BY customer`,
    )
    .raw();
  for (const [customer, flag, step] of rows.iterate(...bound(only))) {
    const c = indexOf.get(customer);
    if (c === undefined) continue;
    outcome[c] = flag;
    if (step !== null) eventStep[c] = step;
  }
  return { outcome, eventStep };
}

/** The part of each customer of a panel, null where none was drawn yet. */
export function readParts(db: PortfolioDb, panel: Panel): (Part | null)[] {
  const { customerIds } = panel;
  if (customerIds.length === 1) {
    const own = db.prepare<[number], Part | null>('SELECT part FROM customers WHERE id = ?').pluck();
    return [own.get(customerIds[0]) ?? null];
  }
  const parts = new Map(db.prepare<[], [number, Part | null]>('SELECT id, part FROM customers').raw().iterate());
  return Array.from(customerIds, (id) => parts.get(id) ?? null);
}

/** A customer's number by its id as written; null where there is none. */
export const customerNumber = (db: PortfolioDb, externalId: string): number | null =>
  db.prepare<[string], number>('SELECT id FROM customers WHERE external_id = ?').pluck().get(externalId) ?? null;

/** A customer's number by its id as written. Throws `not-found`. */
export function requireCustomer(db: PortfolioDb, externalId: string): number {
  const number = customerNumber(db, externalId);
  if (number !== null) return number;
  throw new DuecastError(
    'not-found',
    `There is no customer “${externalId}” in this portfolio. Ids are as written in the export.`,
  );
}
