import type { Dialect, TimeStep } from '../ipc/documents.ts';
import { planLayout, requireHeader } from './columns.ts';
import { detectTable, filledCells, type Table } from './dialect.ts';
import { isDated, type Layout } from './layout.ts';
import { timeStepOfName } from './column-words.ts';
import { detectNumberFormat, looksNumeric, type NumberFormat } from './numbers.ts';
import { profileOfHeader, type Profile } from './profiles.ts';
import type { TextSample } from './sample.ts';
import { readSettings, settingsOver, type ImportSettings } from './settings.ts';
import type { PortfolioShape } from './target.ts';
import { timeStepOfDates } from './time-step.ts';

/** Everything that is decided about a file before its first row is read. */
export interface FileReading {
  table: Table;
  layout: Layout;
  numbers: NumberFormat;
  timeStep: TimeStep;
  dated: boolean;
  profile: string | null;
  dialect: Dialect;
  warnings: string[];
}

/**
 * Decides how a file is read, from a sample of its text. What is given leads; then the profile, asked for by name or
 * recognised by the header; then what the portfolio and the sample show.
 */
export function decideReading(
  sample: TextSample,
  encoding: string,
  given: ImportSettings,
  profiles: readonly Profile[],
  asked: Profile | null,
  portfolio: PortfolioShape,
): FileReading {
  const table = detectTable(sample, asked === null ? given : settingsOver(given, settingsOf(asked)));
  if (asked !== null) requireHeader(asked, table);
  const profile = asked ?? profileOfHeader(profiles, table.names);
  const settings = profile === null ? given : settingsOver(given, settingsOf(profile));

  const { layout, warnings } = planLayout(table, settings, given, profile, portfolio);
  const numbers = detectNumberFormat(numericCells(table, layout), table.delimiter, settings);
  const dated = isDated(layout);
  const timeStep = settings.timeStep ?? decideTimeStep(table, layout, portfolio, warnings);
  const dialect: Dialect = {
    encoding,
    delimiter: table.delimiter,
    quote: table.quote,
    decimal: numbers.decimal,
    thousands: numbers.thousands,
    dateFormat: layout.dateFormat,
    headerLine: table.headerLine,
  };
  return { table, layout, numbers, timeStep, dated, profile: profile?.name ?? null, dialect, warnings };
}

const settingsOf = (profile: Profile): ImportSettings =>
  readSettings(Object.entries(profile.settings).map(([key, value]) => ({ key, value })));

function* numericCells(table: Table, layout: Layout): Iterable<string> {
  for (const { columns } of layout.features) for (const column of columns) yield* filledCells(table, column);
  for (const { column } of layout.statics) {
    const cells = filledCells(table, column);
    if (cells.filter(looksNumeric).length * 2 >= cells.length) yield* cells;
  }
}

function decideTimeStep(table: Table, layout: Layout, portfolio: PortfolioShape, warnings: string[]): TimeStep {
  const { step, outcomeDate, names } = layout;
  if (step === null) {
    // Events fall on any day; the histories say how steps are counted.
    if (portfolio.timeStep !== null) return portfolio.timeStep;
    if (outcomeDate === null) return 'day';
    const { read, column } = outcomeDate;
    const timeStep =
      read === null
        ? (timeStepOfName(names[column]!) ?? 'day')
        : timeStepOfDates(daysOf(filledCells(table, column), read), layout.dateFormat).timeStep;
    warnings.push(
      `The portfolio is still empty, so events are counted by ${timeStep}; give timeStep= if its histories go by another step.`,
    );
    return timeStep;
  }
  if (step.kind === 'number') return timeStepOfName(names[step.column]!) ?? portfolio.timeStep ?? 'day';
  const days = step.kind === 'periods' ? step.epochDays : daysOf(filledCells(table, step.column), step.read);
  const { timeStep, certain } = timeStepOfDates(days, layout.dateFormat);
  return certain ? timeStep : (portfolio.timeStep ?? timeStep);
}

const daysOf = (cells: readonly string[], read: (text: string) => number | null): number[] =>
  cells.map(read).filter((day) => day !== null);
