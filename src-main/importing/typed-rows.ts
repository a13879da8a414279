import type { TimeStep } from '../ipc/documents.ts';
import { stepOfDate } from '../sequences/calendar.ts';
import { brokenCell } from './broken-text.ts';
import { standsForNoDate } from './dates.ts';
import { fitsWidth } from './dialect.ts';
import type { Layout } from './layout.ts';
import { formatOfColumn, numberReader, plainNumber, standsForNothing, type NumberFormat } from './numbers.ts';
import { shown, type Rejection } from './rejections.ts';
import type { TableRecord } from './table-reader.ts';

/** A record of a file with its values read. In a file of outcomes it has no steps, values and attributes. */
export interface TypedRow {
  /** As written, without spaces around it; a view of the file's text. */
  customer: string;
  steps: number[];
  /** [steps, features], row-major; NaN where empty. */
  values: Float64Array;
  statics: (string | null)[];
  /** Null where the cell is empty. */
  flag: 0 | 1 | null;
  /** The step of the event; null where the cell is empty. */
  eventStep: number | null;
}

const LARGEST_STEP = 1_000_000_000;

const plainInteger = numberReader({ decimal: '.', thousands: '' });

/**
 * Makes the reader of a file's records. It is strict: what can't be read is a rejection, and nothing is guessed. With
 * `passing` a row's steps and values are only good until the next one is read.
 */
export function typedRowReader(
  layout: Layout,
  format: NumberFormat,
  timeStep: TimeStep,
  passing = false,
): (record: TableRecord) => TypedRow | Rejection {
  const { names, customer: customerColumn, step: stepSource, outcome, outcomeDate } = layout;
  const width = names.length;
  const periodSteps =
    stepSource?.kind === 'periods' ? stepSource.epochDays.map((day) => stepOfDate(timeStep, day)) : null;
  const stepCount = stepSource === null ? 0 : (periodSteps?.length ?? 1);
  // The column of each value, in the order of the values.
  const valueColumns: number[] = [];
  for (let s = 0; s < stepCount; s++) for (const { columns } of layout.features) valueColumns.push(columns[s]!);
  const valueReaders = valueColumns.map((column) => numberReader(formatOfColumn(format, column)));
  const decimals = valueColumns.map((column) => formatOfColumn(format, column).decimal.charCodeAt(0));
  // Files are mostly sorted by customer.
  let lastCustomer = '';
  const attributes = layout.statics.map(({ column }) => ({
    column,
    read: attributeReader(formatOfColumn(format, column)),
  }));
  const textColumns = [customerColumn, ...attributes.map(({ column }) => column)];
  const passingValues = new Float64Array(valueColumns.length);
  const passingSteps = [0];
  const single = (step: number) => {
    if (!passing) return [step];
    passingSteps[0] = step;
    return passingSteps;
  };

  const rejection = (column: number, sort: string, reason: string): Rejection => ({
    column: names[column]!,
    sort,
    reason,
  });

  const readStep = (column: number, text: string): number | Rejection => {
    const value = plainInteger(text);
    if (Number.isInteger(value) && Math.abs(value) <= LARGEST_STEP) return value;
    const empty = text.trim() === '';
    return rejection(column, 'step', empty ? 'the step is empty' : `"${shown(text)}" is not a whole number of steps`);
  };

  return (record) => {
    const { places, problem } = record;
    if (problem !== null) return { column: null, sort: 'quote', reason: problem };
    if (places === null && !fitsWidth(record.fields, width)) {
      const { length } = record.fields;
      return { column: null, sort: 'fields', reason: `${length} fields where the file has ${width} columns` };
    }
    const known = lastCustomer;
    const customer = isCell(record, customerColumn, known) ? known : cellOf(record, customerColumn).trim();
    if (customer === '') return rejection(customerColumn, 'customer', 'the customer is empty');
    if (customer !== known || attributes.length > 0) {
      const broken = brokenCell((column) => cellOf(record, column), textColumns, names);
      if (broken !== null) return broken;
      lastCustomer = customer;
    }

    let steps: number[] = [];
    if (periodSteps !== null) steps = periodSteps;
    else if (stepSource?.kind === 'date') {
      const text = cellOf(record, stepSource.column);
      const day = stepSource.read(text);
      if (day === null) return noDate(rejection, stepSource.column, text);
      steps = single(stepOfDate(timeStep, day));
    } else if (stepSource?.kind === 'number') {
      const step = readStep(stepSource.column, cellOf(record, stepSource.column));
      if (typeof step !== 'number') return step;
      steps = single(step);
    }

    const values = passing ? passingValues : new Float64Array(valueColumns.length);
    for (let i = 0; i < values.length; i++) {
      const column = valueColumns[i]!;
      if (places !== null) {
        const value = plainNumber(
          places.text,
          places.bounds[2 * column]!,
          places.bounds[2 * column + 1]!,
          decimals[i]!,
        );
        if (value === value) {
          values[i] = value;
          continue;
        }
      }
      const text = cellOf(record, column);
      const value = text === '' ? NaN : valueReaders[i]!(text);
      values[i] = value;
      if (value !== value && text !== '' && text.trim() !== '' && !standsForNothing(text)) {
        return rejection(column, 'number', `"${shown(text)}" is not a number`);
      }
    }

    let flag: 0 | 1 | null = null;
    if (outcome !== null) {
      const text = cellOf(record, outcome.column);
      const read = outcome.read(text);
      if (read === undefined)
        return rejection(outcome.column, 'outcome', `"${shown(text)}" is no value of the outcome`);
      flag = read;
    }
    let eventStep: number | null = null;
    if (outcomeDate !== null) {
      const text = cellOf(record, outcomeDate.column);
      if (text.trim() !== '' && !standsForNothing(text)) {
        if (outcomeDate.read === null) {
          const step = readStep(outcomeDate.column, text);
          if (typeof step !== 'number') return step;
          eventStep = step;
        } else {
          const day = outcomeDate.read(text);
          if (day !== null) eventStep = stepOfDate(timeStep, day);
          else if (!standsForNoDate(text)) return noDate(rejection, outcomeDate.column, text);
        }
      }
    }
    return {
      customer,
      steps,
      values,
      statics: attributes.map(({ column, read }) => read(cellOf(record, column))),
      flag,
      eventStep,
    };
  };
}

/** The text of one cell: the others are not cut out of the record. */
function cellOf(record: TableRecord, column: number): string {
  const { places } = record;
  if (places === null) return record.fields[column]!;
  return places.text.slice(places.bounds[2 * column], places.bounds[2 * column + 1]);
}

/** Whether a cell is this text to the letter. */
function isCell({ places }: TableRecord, column: number, text: string): boolean {
  if (places === null) return false;
  const start = places.bounds[2 * column]!;
  return places.bounds[2 * column + 1]! - start === text.length && places.text.startsWith(text, start);
}

/**
 * An attribute's text as written, null where empty. Only a number that is not written as programs write it (1.234,5) is
 * rewritten, because whoever reads the attribute later doesn't know the file's format; what has letters may be a code.
 */
function attributeReader(format: NumberFormat): (text: string) => string | null {
  const readNumber = numberReader(format);
  const plain = format.decimal === '.' && format.thousands === '';
  return (text) => {
    const trimmed = text.trim();
    if (trimmed === '') return null;
    if (plain || !/^[+-]?[\d.,'’\s]+(?:[eE][+-]?\d+)?$/.test(trimmed)) return trimmed;
    if (/^[+-]?\d+(?:[eE][+-]?\d+)?$/.test(trimmed)) return trimmed;
    const value = readNumber(trimmed);
    return Number.isNaN(value) ? trimmed : String(value);
  };
}

function noDate(
  rejection: (column: number, sort: string, reason: string) => Rejection,
  column: number,
  text: string,
): Rejection {
  return rejection(
    column,
    'date',
    text.trim() === ''
      ? 'the date is empty'
      : standsForNothing(text) || standsForNoDate(text)
        ? `"${shown(text)}" stands for no date`
        : `"${shown(text)}" is no date of the file's format`,
  );
}
