import { alignScores } from '../evaluation/align-scores.ts';
import { sampleSizes } from '../evaluation/estimates.ts';
import { dayMonthEvidence } from '../importing/date-evidence.ts';
import { dateReader, detectDateFormat, standsForNoDate } from '../importing/dates.ts';
import { formatOfColumn, numberReader, standsForNothing } from '../importing/numbers.ts';
import { columnNamed, numberFormatOf, withPlainTable, type PlainTable } from '../importing/plain-table.ts';
import { shown } from '../importing/rejections.ts';
import { scoreReader, Skipped, whyNoScore } from '../importing/score-cells.ts';
import { DuecastError } from '../ipc/errors.ts';
import type { Coverage, ExternalScoresRequest, ExternalScoreSummary } from '../ipc/external-scores.ts';
import { stepOfDate } from '../sequences/calendar.ts';
import { customerNumbers } from '../store/external-scores.ts';
import { readExperiment, readPredictionRows } from '../store/experiments.ts';
import { portfolioShape } from '../store/portfolio.ts';
import { rewordedError } from './judge-file.ts';
import { reading } from './portfolio-reading.ts';
import type { CallContext } from './rpc.ts';
import type { EvaluatedPart, NewExternalScore } from './store-api.ts';

const PARTS: readonly EvaluatedPart[] = ['validation', 'test', 'outOfTime'];
const plainInteger = numberReader({ decimal: '.', thousands: '' });

/**
 * Reads the scores in a file and puts them to the rows that the models of an experiment are judged on: each window gets
 * the latest score of its customer that was known when it ended. Without a date or step a customer's one score counts
 * for all of the customer’s windows.
 *
 * Errors: as `withPlainTable`; `usage` for columns that are not there, or a date or step that does not go with the
 * portfolio; `data-refused` where no number is found, a customer has several scores and nothing says when, or the test
 * rows that are covered don't hold both outcomes; `not-found` without an experiment; `cancelled`.
 */
export async function readExternalScores(
  request: ExternalScoresRequest & { path: string },
  context: CallContext,
): Promise<NewExternalScore> {
  const known = reading(request.path, (db) => {
    const { experimentId } = readExperiment(db, request.experimentId);
    return {
      experimentId,
      shape: portfolioShape(db),
      numbers: customerNumbers(db),
      rows: PARTS.map((part) => ({ part, rows: readPredictionRows(db, experimentId, part) })),
    };
  });
  if (request.date !== null && request.step !== null)
    throw new DuecastError('usage', 'Give the column of the date or that of the step, not both.');
  if (request.date !== null && known.shape.dated !== true)
    throw new DuecastError('usage', 'This portfolio goes by step numbers, not by dates: give the column of the step.');
  if (request.step !== null && known.shape.dated === true)
    throw new DuecastError('usage', 'This portfolio goes by dates: give the column of the date.');
  try {
    return await withPlainTable(request, context, (table) => readTable(request, table, known));
  } catch (error) {
    throw rewordedError(error, 'nothing was kept');
  }
}

interface KnownPortfolio {
  experimentId: string;
  shape: ReturnType<typeof portfolioShape>;
  numbers: Map<string, number>;
  rows: { part: EvaluatedPart; rows: ReturnType<typeof readPredictionRows> }[];
}

async function readTable(
  request: ExternalScoresRequest,
  opened: PlainTable,
  known: KnownPortfolio,
): Promise<NewExternalScore> {
  const { table } = opened;
  const customer = columnNamed(table, '--customer', request.customer);
  const score = columnNamed(table, '--score', request.score);
  const whenAsked = request.date ?? request.step;
  const when = whenAsked === null ? null : columnNamed(table, request.date === null ? '--step' : '--date', whenAsked);
  if (customer === score) throw new DuecastError('usage', 'Customer and score are the same column.');

  const rows = await opened.read([customer, score, ...(when === null ? [] : [when])]);
  const [ids, scoreCells, whenCells] = rows.cells;
  const format = numberFormatOf(opened, [score], [scoreCells]);
  const read = scoreReader(numberReader(formatOfColumn(format, score)));
  const stepOf = when === null ? () => 0 : stepReader(request, opened, when, whenCells, known.shape);
  const skipped = new Skipped(rows);
  const scored = { customers: [] as number[], steps: [] as number[], values: [] as number[] };
  const firstOf = new Map<string, number>();
  const strangers = new Set<string>();
  let numbersFound = 0;
  for (let row = 0; row < rows.lines.length; row++) {
    const line = rows.lines[row];
    const value = read(scoreCells[row]);
    const step = stepOf(whenCells?.[row] ?? '');
    if (!Number.isNaN(value)) numbersFound++;
    if (ids[row] === '') skipped.add('no customer', line);
    else if (Number.isNaN(value)) skipped.add(whyNoScore(scoreCells[row], table.names[score]), line);
    else if (typeof step === 'string') skipped.add(step, line);
    else {
      const key = `${step} ${ids[row]}`;
      const earlier = firstOf.get(key);
      if (earlier !== undefined && earlier !== value) {
        if (when === null) throw severalScores(ids[row], line);
        skipped.add('another score of the same customer and step', line);
        continue;
      }
      firstOf.set(key, value);
      const number = known.numbers.get(ids[row]);
      if (number === undefined) strangers.add(ids[row]);
      else if (earlier === undefined) {
        scored.customers.push(number);
        scored.steps.push(step);
        scored.values.push(value);
      }
    }
  }
  if (numbersFound === 0)
    throw new DuecastError('data-refused', `The column ${table.names[score]} holds no number; nothing was kept.`);

  const aligned = {
    customers: Int32Array.from(scored.customers),
    steps: when === null ? null : Int32Array.from(scored.steps),
    values: Float64Array.from(scored.values),
  };
  const scores = { validation: null, test: null, outOfTime: null } as NewExternalScore['scores'];
  const coverage = { validation: null, test: null, outOfTime: null } as ExternalScoreSummary['coverage'];
  const left: string[] = [];
  for (const { part, rows: judged } of known.rows) {
    if (judged === null) continue;
    scores[part] = alignScores(aligned, judged);
    coverage[part] = coverageOf(judged.customers, scores[part]);
    if (part !== 'test') continue;
    const covered = [...judged.labels.keys()].filter((row) => !Number.isNaN(scores[part]![row]));
    const { rarer, events } = sampleSizes(judged, covered);
    if (rarer === 0) throw notCovered(covered.length, judged.labels.length, strangers, ids);
    if (covered.length < judged.labels.length)
      left.push(
        `In a comparison it leaves ${events} of ${sampleSizes(judged).events} test customers with an event, for all models alike.`,
      );
  }
  return {
    scores,
    summary: {
      experimentId: known.experimentId,
      name: (request.name ?? table.names[score]).trim() || table.names[score],
      lowerIsRiskier: request.lowerIsRiskier,
      isPd: scored.values.every((value) => value >= 0 && value <= 1),
      file: opened.file,
      sha256: opened.sha256,
      columns: {
        customer: table.names[customer],
        score: table.names[score],
        when: when === null ? null : table.names[when],
      },
      rows: { read: rows.lines.length + rows.unread.length, used: scored.values.length },
      skipped: skipped.list,
      unknownCustomers: strangers.size,
      coverage,
      notes: [
        when === null
          ? 'Each customer has one score, which counts for all of the customer’s windows: it should be from before the first of them.'
          : 'Each window has the latest score of its customer from when it ended or before, never a later one.',
        ...left,
        ...opened.notes,
      ],
    },
  };
}

/** The step that a cell says, or why it says none. */
function stepReader(
  request: ExternalScoresRequest,
  { table, settings }: PlainTable,
  column: number,
  cells: readonly string[],
  { timeStep }: KnownPortfolio['shape'],
): (cell: string) => number | string {
  const name = table.names[column];
  if (request.date === null) {
    return (cell) => {
      const step = plainInteger(cell);
      return Number.isInteger(step) ? step : cell === '' ? `no ${name}` : `“${shown(cell)}” in ${name} is no step`;
    };
  }
  const filled = cells.filter((cell) => cell !== '' && !standsForNothing(cell));
  const format = settings.dateFormat ?? detected(table, column, filled);
  if (format === null)
    throw new DuecastError(
      'data-refused',
      `The column ${name} holds no dates${filled.length === 0 ? '' : `, but such as “${shown(filled[0])}”`}; nothing was kept. Say their format with dateFormat=, for example dateFormat=dd.MM.yyyy.`,
    );
  const read = dateReader(format);
  return (cell) => {
    const day = read(cell);
    if (day !== null) return stepOfDate(timeStep ?? 'day', day);
    return cell === '' || standsForNothing(cell) || standsForNoDate(cell)
      ? `no ${name}`
      : `“${shown(cell)}” in ${name} is no date of the form ${format}`;
  };
}

function detected(table: PlainTable['table'], column: number, cells: readonly string[]): string | null {
  try {
    return detectDateFormat(table.names[column], cells);
  } catch (error) {
    const evidence = dayMonthEvidence(table, column);
    if (evidence === null) throw error;
    return detectDateFormat(table.names[column], cells, evidence.first);
  }
}

function coverageOf(customers: Int32Array, scores: Float64Array): Coverage {
  const all = new Set(customers);
  const covered = new Set<number>();
  let windows = 0;
  scores.forEach((score, row) => {
    if (Number.isNaN(score)) return;
    windows++;
    covered.add(customers[row]);
  });
  return { windows: scores.length, covered: windows, customers: all.size, coveredCustomers: covered.size };
}

const severalScores = (customer: string, line: number) =>
  new DuecastError(
    'data-refused',
    `Customer “${shown(customer)}” has a second, other score in line ${line}, and nothing says when each was known; nothing was kept. Name the column of the date or the step.`,
  );

function notCovered(
  covered: number,
  windows: number,
  strangers: ReadonlySet<string>,
  ids: readonly string[],
): DuecastError {
  const [stranger] = strangers;
  const found =
    covered === 0
      ? `None of the ${windows.toLocaleString('en-US')} test rows has a score in this file`
      : `The ${covered.toLocaleString('en-US')} of ${windows.toLocaleString('en-US')} test rows that have a score in this file all have the same outcome`;
  const example =
    stranger === undefined
      ? ''
      : ` ${strangers.size.toLocaleString('en-US')} of its customers are not in the portfolio, such as “${shown(stranger)}”; ids must be written as in the imports.`;
  const hint = example === '' && ids.length > 0 ? ' Its scores may be later than these rows.' : example;
  return new DuecastError('data-refused', `${found}, so it can’t be compared; nothing was kept.${hint}`);
}
