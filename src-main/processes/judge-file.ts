import { sampleSizes } from '../evaluation/estimates.ts';
import { judgeScores, type ScoreColumn } from '../evaluation/judge-scores.ts';
import { rankGroups } from '../evaluation/ranked-groups.ts';
import { rocCurve } from '../evaluation/roc-curve.ts';
import { notesOn } from '../evaluation/evaluation-notes.ts';
import { formatOfColumn, looksNumeric, numberReader } from '../importing/numbers.ts';
import { columnNamed, numberFormatOf, withPlainTable, type PlainTable } from '../importing/plain-table.ts';
import { shown } from '../importing/rejections.ts';
import { outcomeReader, scoreReader, Skipped, whyNoScore } from '../importing/score-cells.ts';
import { DuecastError } from '../ipc/errors.ts';
import type { EvaluateDocument, EvaluateRequest, EvaluationView, ScoreFileView } from '../ipc/evaluation.ts';
import type { CallContext } from './rpc.ts';

const CURVE_POINTS = 400;
const VALUES_SHOWN = 20;
const SAMPLES = 3;

/**
 * Judges the scores in a file against the outcome in it, with no portfolio: n, metrics, intervals, paired tests. Rows
 * without a label or without any of the scores are left out for all scores, and counted.
 *
 * Errors: as `withPlainTable`; `usage` for columns that are not there or named twice; `data-refused` where a score column
 * holds no number or the rows hold one outcome only; `cancelled`. Messages are the importer's with its last words changed.
 */
export async function judgeFile(request: EvaluateRequest, context: CallContext): Promise<EvaluationView> {
  try {
    return await withPlainTable(request, context, (table) => judgeTable(request, table, context));
  } catch (error) {
    throw rewordedError(error, 'nothing was judged');
  }
}

/** An importer's error says that nothing was imported; `instead`: what is true here. */
export const rewordedError = (error: unknown, instead: string): unknown =>
  error instanceof DuecastError
    ? new DuecastError(error.code, error.message.replace(/nothing was imported/gi, instead), error.detail)
    : error;

async function judgeTable(request: EvaluateRequest, opened: PlainTable, context: CallContext): Promise<EvaluationView> {
  const { table } = opened;
  const label = columnNamed(table, '--label', request.label);
  const scores = scoreColumns(request, opened, label);
  const group = request.group === null ? null : columnNamed(table, '--group', request.group);
  const columns = [label, ...scores.map(({ column }) => column), ...(group === null ? [] : [group])];
  const rows = await opened.read(columns);
  const scoreCells = scores.map((_, s) => rows.cells[1 + s]);
  const format = numberFormatOf(
    opened,
    scores.map(({ column }) => column),
    scoreCells,
  );
  const skipped = new Skipped(rows);
  const outcome = outcomeReader(request, rows.cells[0]);
  const readers = scores.map(({ column }) => scoreReader(numberReader(formatOfColumn(format, column))));

  const labels: number[] = [];
  const values = scores.map((): number[] => []);
  const groups: number[] = [];
  const groupNumbers = new Map<string, number>();
  const read = scores.map(() => 0);
  for (let row = 0; row < rows.lines.length; row++) {
    const line = rows.lines[row];
    const event = outcome.read(rows.cells[0][row]);
    const found = scores.map((_, s) => readers[s](scoreCells[s][row]));
    found.forEach((value, s) => (read[s] += Number.isNaN(value) ? 0 : 1));
    const bad = found.findIndex(Number.isNaN);
    const whose = group === null ? '' : rows.cells[columns.length - 1][row];
    if (typeof event === 'string') skipped.add(event, line);
    else if (bad >= 0) skipped.add(whyNoScore(scoreCells[bad][row], scores[bad].name), line);
    else if (group !== null && whose === '') skipped.add(`no ${table.names[group]}`, line);
    else {
      labels.push(event);
      outcome.count(rows.cells[0][row]);
      found.forEach((value, s) => values[s].push(value));
      if (group === null) continue;
      const number = groupNumbers.get(whose) ?? groupNumbers.size;
      groupNumbers.set(whose, number);
      groups.push(number);
    }
  }
  scores.forEach(({ name }, s) => {
    if (read[s] === 0) throw noNumber(name, scoreCells[s]);
  });
  const events = labels.reduce((sum, event) => sum + event, 0);
  if (events === 0 || events === labels.length)
    throw oneClass(opened, request, { n: labels.length, events, values: outcome.values('all'), skipped: skipped.list });

  const labelled = Uint8Array.from(labels);
  const judgedColumns = scores.map(({ column, lowerIsRiskier }, s): ScoreColumn => ({
    column: table.names[column],
    values: Float64Array.from(values[s]),
    lowerIsRiskier,
  }));
  const customers = group === null ? null : Int32Array.from(groups);
  const { models, pairs } = await judgeScores(labelled, judgedColumns, customers, {
    signal: context.signal,
    progress: (done, total) => context.progress({ phase: 'resampling', done, total }),
  });
  const { rarer } = sampleSizes({ customers: customers ?? Int32Array.from(labelled.keys()), labels: labelled });
  const document: EvaluateDocument = {
    file: opened.file,
    sha256: opened.sha256,
    n: labels.length,
    events,
    label: { column: table.names[label], positive: request.positive.trim(), values: outcome.values() },
    rows: { read: labels.length + skipped.rows, skipped: skipped.rows },
    skipped: skipped.list,
    method: group === null ? 'delong' : 'bootstrap',
    customers: group === null ? null : groupNumbers.size,
    scores: scores.map(({ name }) => name),
    models: Object.fromEntries(scores.map(({ name }, m) => [name, models[m]])),
    pairs: pairs.map(({ a, b, ...test }) => ({ a: scores[a].name, b: scores[b].name, ...test })),
    notes: [],
  };
  document.notes.push(...notesOn(document, rarer), ...opened.notes);
  const curves = judgedColumns.map(({ values: written, lowerIsRiskier }, m) => {
    const risk = lowerIsRiskier ? written.map((value) => -value) : written;
    return { score: scores[m].name, ...rocCurve(rankGroups(risk, labelled), CURVE_POINTS) };
  });
  return { document, curves };
}

interface NamedScore {
  /** As it was asked for. */
  name: string;
  column: number;
  lowerIsRiskier: boolean;
}

function scoreColumns(request: EvaluateRequest, { table }: PlainTable, label: number): NamedScore[] {
  if (request.scores.length === 0) throw new DuecastError('usage', 'Name at least one column of scores with --scores.');
  const lower = new Set(request.lowerIsRiskier.map((name) => columnNamed(table, '--lower-is-riskier', name)));
  const scores = request.scores.map((reference) => {
    const column = columnNamed(table, '--scores', reference);
    return { name: reference.trim(), column, lowerIsRiskier: lower.has(column) };
  });
  const columns = scores.map(({ column }) => column);
  scores.forEach(({ name, column }, s) => {
    if (column === label) throw new DuecastError('usage', `${name} is named as label and as score.`);
    if (columns.indexOf(column) !== s) throw new DuecastError('usage', `--scores names the column ${name} twice.`);
  });
  for (const column of lower)
    if (!columns.includes(column))
      throw new DuecastError('usage', `--lower-is-riskier ${table.names[column]}: it is not among --scores.`);
  return scores;
}

function noNumber(name: string, cells: readonly string[]): DuecastError {
  const example = cells.find((cell) => cell !== '');
  return new DuecastError(
    'data-refused',
    `The column ${name} holds no number${example === undefined ? '' : `, but such as “${shown(example)}”`}; nothing was judged. Name a column of scores.`,
  );
}

function oneClass(
  { table }: PlainTable,
  { label, positive }: EvaluateRequest,
  {
    n,
    events,
    values,
    skipped,
  }: Pick<EvaluateDocument, 'n' | 'events' | 'skipped'> & {
    values: EvaluateDocument['label']['values'];
  },
): DuecastError {
  const column = table.names[columnNamed(table, '--label', label)];
  const found = values.slice(0, VALUES_SHOWN).map(({ value, rows }) => `${value} (${rows})`);
  const listed = `${column} holds ${found.length === 0 ? 'no value' : found.join(', ')}${values.length > VALUES_SHOWN ? ', …' : ''}.`;
  const left = skipped.map(({ reason, rows }) => `${reason} (${rows})`);
  const leftOut = left.length === 0 ? '' : ` Rows left out: ${left.slice(0, 5).join('; ')}.`;
  return new DuecastError(
    'data-refused',
    n === 0
      ? `No row has a label and all scores; nothing was judged. ${listed}${leftOut}`
      : `${events === 0 ? `No row that can be judged has the outcome ${positive.trim()}` : `All ${n} rows that can be judged have the outcome ${positive.trim()}`}, and a score is judged by how it tells two outcomes apart; nothing was judged. ${listed}${leftOut}`,
  );
}

/** The columns of a file, from a look at its beginning. Errors as `withPlainTable`. */
export async function lookAtScores(
  request: Pick<EvaluateRequest, 'file' | 'settings'>,
  context: CallContext,
): Promise<ScoreFileView> {
  try {
    return await withPlainTable(request, context, async ({ file, table, encoding, notes }) => ({
      file,
      headerLine: table.headerLine,
      encoding,
      delimiter: table.delimiter,
      notes,
      columns: table.names.map((name, column) => {
        const filled = table.rows.map((row) => row[column].trim()).filter((cell) => cell !== '');
        const distinct = [...new Set(filled)];
        return {
          name,
          isNumeric: filled.length > 0 && filled.filter(looksNumeric).length * 2 > filled.length,
          samples: distinct.slice(0, SAMPLES),
          values: distinct.length > VALUES_SHOWN ? null : distinct,
        };
      }),
    }));
  } catch (error) {
    throw rewordedError(error, 'nothing was judged');
  }
}
