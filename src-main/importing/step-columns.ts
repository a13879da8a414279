import { isOutcomeDate, stepRank, timeStepOfName } from './column-words.ts';
import { unclear, usage, type ColumnPlan } from './column-plan.ts';
import { dayMonthEvidence } from './date-evidence.ts';
import { dateReader, detectDateFormat } from './dates.ts';
import type { StepSource } from './layout.ts';
import { looksNumeric } from './numbers.ts';
import type { ImportSettings } from './settings.ts';

/** Where the steps of a history are, with the date format (empty where undated). */
export interface StepReading {
  source: StepSource;
  dateFormat: string;
}

/** Gives the step's role to the column that a setting names, or that names and values show; dates lead. */
export function planStep(plan: ColumnPlan, settings: ImportSettings): StepReading {
  const date = plan.named('date');
  if (date !== null) {
    return byDate(
      plan,
      date,
      dateFormat(plan, date, settings) ?? noDates(plan, date, settings.dateFormat),
      plan.whyNamed('date'),
    );
  }
  const step = plan.named('step');
  if (step !== null) {
    if (dateFormat(plan, step, settings) !== null) {
      throw usage(`step=${settings.step}: that column holds dates, not step numbers. Use date=${settings.step}.`);
    }
    return byNumber(plan, step, plan.whyNamed('step'));
  }
  return byNames(plan, settings) ?? byValues(plan, settings) ?? noStep(plan);
}

function byNames(plan: ColumnPlan, settings: ImportSettings): StepReading | null {
  const named = plan.free().filter((column) => stepRank(plan.name(column)) > 0);
  if (named.length === 0) return null;
  const formats = new Map(named.map((column) => [column, dateFormat(plan, column, settings)]));
  const rank = (column: number) => stepRank(plan.name(column));
  const date = plan.best((column) => (formats.get(column) ? rank(column) : 0), 'the date', 'date');
  if (date !== null) return byDate(plan, date, formats.get(date)!, 'by its name and its values');
  const step = plan.best(
    (column) => (formats.has(column) && holdsNumbers(plan, column) ? rank(column) : 0),
    'the step',
    'step',
  );
  if (step !== null) return byNumber(plan, step, 'by its name and its whole numbers');
  return noDates(plan, named[0]!, settings.dateFormat);
}

function byValues(plan: ColumnPlan, settings: ImportSettings): StepReading | null {
  const dated = plan.free().flatMap((column) => {
    if (isOutcomeDate(plan.name(column)) || holdsNumbers(plan, column)) return [];
    const format = dateFormat(plan, column, settings);
    return format === null ? [] : [{ column, format }];
  });
  return dated.length === 1 ? byDate(plan, dated[0]!.column, dated[0]!.format, 'the only column of dates') : null;
}

function byDate(plan: ColumnPlan, column: number, format: string, why: string): StepReading {
  plan.assign(column, 'date', null, `dates as ${format}; ${why}`);
  return { source: { kind: 'date', column, read: dateReader(format) }, dateFormat: format };
}

function byNumber(plan: ColumnPlan, column: number, why: string): StepReading {
  plan.assign(column, 'step', null, `step numbers; ${why}`);
  return { source: { kind: 'number', column }, dateFormat: '' };
}

/** By the values; where they leave day and month open, by what else the file says. Errors as `detectDateFormat`. */
function detectedFormat(plan: ColumnPlan, column: number, cells: readonly string[]): string | null {
  try {
    return detectDateFormat(plan.name(column), cells);
  } catch (error) {
    const evidence = dayMonthEvidence(plan.table, column);
    if (evidence === null) throw error;
    return detectDateFormat(plan.name(column), cells, evidence.first);
  }
}

/** The format given, where it reads at least half of the cells, else the detected one. */
export function dateFormat(plan: ColumnPlan, column: number, settings: ImportSettings): string | null {
  const cells = plan.cells(column);
  if (settings.dateFormat === null) {
    const detected = detectedFormat(plan, column, cells);
    const named = timeStepOfName(plan.name(column));
    // 202412 in a column of weeks is the year's twelfth.
    return detected === 'yyyyMM' && (named === 'week' || named === 'day') ? null : detected;
  }
  const read = dateReader(settings.dateFormat);
  const fitting = cells.filter((cell) => read(cell) !== null).length;
  return cells.length > 0 && fitting * 2 >= cells.length ? settings.dateFormat : null;
}

/** Step numbers in at least half of the cells, or nothing that says otherwise. */
export function holdsNumbers(plan: ColumnPlan, column: number): boolean {
  const cells = plan.cells(column);
  return cells.filter(looksNumeric).length * 2 >= cells.length;
}

function noDates(plan: ColumnPlan, column: number, given: string | null): never {
  const name = plan.name(column);
  const example = plan.cells(column)[0];
  if (example === undefined) {
    throw unclear(`Column "${name}" holds no dates`, 'Check the file, or name another column with date=NAME.');
  }
  const misfit = given === null ? 'fit no date format in use' : `do not fit dateFormat=${given}`;
  throw unclear(
    `Column "${name}" should say when, but its values (${example} for one) ${misfit}`,
    'Say the format with dateFormat=, for example dateFormat=dd.MM.yyyy, or name another column with date=NAME or ' +
      'step=NAME (whole numbers).',
  );
}

function noStep(plan: ColumnPlan): never {
  throw unclear(
    'No column looks like a date or a step',
    `Name it with date=NAME, or with step=NAME if it holds whole numbers. ${plan.listed()}`,
  );
}
