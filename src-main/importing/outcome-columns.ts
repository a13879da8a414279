import { isOutcomeDate, outcomeRank, stepRank } from './column-words.ts';
import { unclear, usage, type ColumnPlan } from './column-plan.ts';
import { dateReader, standsForNoDate } from './dates.ts';
import type { Layout } from './layout.ts';
import { readFlags, type FlagReader } from './outcome-values.ts';
import type { ImportSettings } from './settings.ts';
import { dateFormat, holdsNumbers, type StepReading } from './step-columns.ts';

type Outcome = Layout['outcome'];
type OutcomeDate = Layout['outcomeDate'];

/** Gives the outcome's role to the flag column that a setting names, or that names and values show. */
export function planOutcome(plan: ColumnPlan, settings: ImportSettings): Outcome {
  const named = plan.named('outcome');
  if (named !== null) return assigned(plan, named, flagsOf(plan, named, settings), plan.whyNamed('outcome'));
  const rank = (column: number) => {
    const byName = outcomeRank(plan.name(column));
    return byName > 0 && couldBeFlag(plan, column, settings) ? byName : 0;
  };
  const candidate = plan.best(rank, 'the outcome', 'outcome');
  if (candidate === null) {
    if (settings.outcomePositive === null) return null;
    throw usage(`outcomePositive=${settings.outcomePositive} needs the column it is about: give outcome=NAME.`);
  }
  return assigned(plan, candidate, flagsOf(plan, candidate, settings), 'by its name');
}

function assigned(plan: ColumnPlan, column: number, read: FlagReader, why: string): Outcome {
  plan.assign(column, 'outcome', null, `whether the customer defaulted; ${why}`);
  return { column, read };
}

/** A flag that reads, or two values of which the analyst can say one. */
export function couldBeFlag(plan: ColumnPlan, column: number, settings: ImportSettings): boolean {
  const reading = readFlags(plan.cells(column), settings.outcomePositive);
  return 'read' in reading || reading.values.length <= 2;
}

function flagsOf(plan: ColumnPlan, column: number, { outcomePositive }: ImportSettings): FlagReader {
  const reading = readFlags(plan.cells(column), outcomePositive);
  if ('read' in reading) return reading.read;
  const { values } = reading;
  const shown = values.slice(0, 8).join(', ') + (values.length > 8 ? ', …' : '');
  const name = plan.name(column);
  if (values.length > 2 || outcomePositive !== null) {
    const given = outcomePositive === null ? '' : ` with outcomePositive=${outcomePositive}`;
    throw usage(
      `Column "${name}" can't be the outcome${given}: it needs exactly two values, and this column has ${shown}.`,
    );
  }
  throw usage(`Column "${name}" has the values ${shown}: say which one means default with outcomePositive=VALUE.`);
}

/** Gives its role to the column of event dates (or steps, in an undated file), if there is one. */
export function planOutcomeDate(
  plan: ColumnPlan,
  settings: ImportSettings,
  step: StepReading,
  warnings: string[],
): OutcomeDate {
  const named = plan.named('outcomeDate');
  const column =
    named ?? plan.best((free) => Number(isOutcomeDate(plan.name(free))), 'the date of the event', 'outcomeDate');
  if (column === null) return null;
  const why = named === null ? 'by its name' : plan.whyNamed('outcomeDate');
  const cells = plan.cells(column);
  const format = eventFormat(plan, column, settings, step);
  const unused = (reading: string, words: string): null => {
    plan.assign(column, 'ignored', null, reading);
    warnings.push(`Column "${plan.name(column)}" is not used as the date of the event: ${words}.`);
    return null;
  };

  if (step.source.kind === 'number') {
    if (format === null && holdsNumbers(plan, column)) {
      plan.assign(column, 'outcomeDate', null, `the step of the event; ${why}`);
      return { column, read: null };
    }
    const words = "it has dates, but the file's steps are numbers without dates";
    if (named !== null && !plan.isByEarlier('outcomeDate'))
      throw usage(`outcomeDate=${settings.outcomeDate} can't be used: ${words}.`);
    return unused('dates of events have no place among step numbers without dates', words);
  }
  if (format === null) {
    if (named === null && holdsNumbers(plan, column)) return unused('numbers, not dates of events', 'it has no dates');
    throw unclear(
      `Column "${plan.name(column)}" should hold dates, but its values (${cells[0]} for one) fit no date format in use`,
      'Say the format with dateFormat=, for example dateFormat=dd.MM.yyyy.',
    );
  }
  plan.assign(column, 'outcomeDate', null, `dates of events as ${format}; ${why}`);
  return { column, read: dateReader(format) };
}

/** The format of event dates: that of the steps where it reads them all, else the given one, else their own. */
function eventFormat(plan: ColumnPlan, column: number, settings: ImportSettings, step: StepReading): string | null {
  const cells = plan.cells(column);
  if (step.source.kind !== 'number') {
    const format = step.dateFormat === '' ? 'yyyy-MM-dd' : step.dateFormat;
    const read = dateReader(format);
    if (cells.every((cell) => read(cell) !== null || standsForNoDate(cell))) return format;
  }
  return dateFormat(plan, column, settings) ?? dateFormat(plan, column, { ...settings, dateFormat: null });
}

/** The columns of a file of outcomes: when each customer's event was, or a flag, or both. */
export function planOutcomesFile(
  plan: ColumnPlan,
  settings: ImportSettings,
): Pick<Layout, 'outcome' | 'outcomeDate' | 'dateFormat'> {
  const key = (['outcomeDate', 'date', 'step'] as const).find((name) => settings[name] !== null);
  const when =
    key === undefined
      ? plan.best(
          (column) => (isOutcomeDate(plan.name(column)) ? 9 : stepRank(plan.name(column))),
          'the date of the event',
          'outcomeDate',
        )
      : plan.named(key);
  let outcomeDate: OutcomeDate = null;
  let format = '';
  if (when !== null) {
    const found = key === 'step' ? null : dateFormat(plan, when, settings);
    if (found === null && !holdsNumbers(plan, when)) {
      throw unclear(
        `The values of column "${plan.name(when)}" (${plan.cells(when)[0]} for one) fit no date format in use`,
        'Say the format with dateFormat=, for example dateFormat=dd.MM.yyyy.',
      );
    }
    format = found ?? '';
    const why = key === undefined ? 'by its name' : plan.whyNamed(key);
    plan.assign(
      when,
      'outcomeDate',
      null,
      found === null ? `the step of the event; ${why}` : `dates of events as ${found}; ${why}`,
    );
    outcomeDate = { column: when, read: found === null ? null : dateReader(found) };
  }
  const outcome = planOutcome(plan, settings);
  if (outcome === null && outcomeDate === null) {
    throw unclear(
      'No column says when a customer defaulted, or whether',
      `Name it with outcomeDate=NAME, step=NAME or outcome=NAME. ${plan.listed()}`,
    );
  }
  for (const column of plan.open()) plan.assign(column, 'ignored', null, 'a file of outcomes gives nothing else');
  return { outcome, outcomeDate, dateFormat: format };
}

/** A customer, when or whether there was an event, and nothing else. */
export function holdsOutcomesOnly(plan: ColumnPlan, settings: ImportSettings): boolean {
  if (settings.features !== null || settings.static !== null || settings.step !== null) return false;
  const others = plan.open();
  const isEvent = (column: number) => plan.named('outcomeDate') === column || isOutcomeDate(plan.name(column));
  const isWhen = (column: number) =>
    isEvent(column) || plan.named('date') === column || stepRank(plan.name(column)) > 0;
  const isFlag = (column: number) => plan.named('outcome') === column || outcomeRank(plan.name(column)) > 0;
  if (others.length === 1) return isWhen(others[0]!) || isFlag(others[0]!);
  return others.length === 2 && others.some(isEvent) && others.some((column) => isFlag(column) && !isEvent(column));
}
