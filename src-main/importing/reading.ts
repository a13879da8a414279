import type { Dialect, TimeStep } from '../ipc/documents.ts';
import { planLayout, requireHeader } from './columns.ts';
import { decidingCells, detectTable, filledCells, type Table } from './dialect.ts';
import { isDated, type Layout } from './layout.ts';
import { columnsOf } from './ledger-amounts.ts';
import type { LedgerLayout } from './ledger-layout.ts';
import { timeStepOfName } from './column-words.ts';
import { createNumberJudge, looksNumeric, type NumberFormat } from './numbers.ts';
import { profileOfHeader, settingsOf, type Profile } from './profiles.ts';
import { profileOfShape } from './profile-shape.ts';
import type { TextSample } from './sample.ts';
import { settingsOver, type ImportSettings } from './settings.ts';
import type { PortfolioShape } from './target.ts';
import { timeStepOfDates } from './time-step.ts';

/** Everything that is decided about a file before its first row is read. */
export interface FileReading {
  table: Table;
  layout: Layout;
  numbers: NumberFormat;
  timeStep: TimeStep;
  dated: boolean;
  profile: Profile | null;
  /** What was given, by the analyst or the profile. */
  settings: ImportSettings;
  dialect: Dialect;
  warnings: string[];
}

/** Equal for readings that read every record alike. */
export const signatureOf = ({ table, layout, numbers, timeStep, dialect }: FileReading): string =>
  JSON.stringify(
    [
      table.lastLineBeforeData,
      // What is said of a column to the analyst does not change how it is read.
      { ...layout, columns: layout.columns.map(({ why: _, ...column }) => column) },
      numbers,
      timeStep,
      dialect,
    ],
    (_, value: unknown) => (value instanceof Map || value instanceof Set ? [...value] : value),
  );

/** What has been found of a file so far; it stays when a later decision fails. */
export interface Findings {
  /** The file's name without its folder. */
  file?: string;
  encoding?: string;
  /** Empty where it was given, or the first bytes show it. */
  whyEncoding?: string;
  sample?: TextSample;
  profile?: Profile | null;
  table?: Table;
  layout?: Layout;
  /** Columns whose role the analyst or the profile says. */
  named?: ReadonlySet<number>;
}

/** A table and the profile whose header it has: the one asked for, or the one recognised. */
export interface RecognisedTable {
  table: Table;
  profile: Profile | null;
}

/**
 * Takes a sample apart into columns and finds its profile. A profile that was saved with a delimiter or a header line of
 * its own is tried with these as well, since detection alone may not see its header.
 */
export function recogniseTable(
  sample: TextSample,
  given: ImportSettings,
  profiles: readonly Profile[],
  asked: Profile | null,
): RecognisedTable {
  const cut = (profile: Profile) => detectTable(sample, settingsOver(given, settingsOf(profile)));
  if (asked !== null) {
    const table = cut(asked);
    const plain = isCutAnew(asked) ? attempt(() => detectTable(sample, given)) : null;
    const fits = (found: Table) => profileOf([asked], found) !== null;
    const chosen = !fits(table) && plain !== null && fits(plain) ? plain : table;
    requireHeader(asked, chosen);
    return { table: chosen, profile: asked };
  }
  const plain = attempt(() => detectTable(sample, given));
  const known = plain === null ? null : profileOf(profiles, plain);
  if (plain !== null && known !== null) return { table: plain, profile: known };
  for (const profile of profiles.filter(isCutAnew)) {
    const table = attempt(() => cut(profile));
    if (table !== null && profileOf([profile], table) !== null) return { table, profile };
  }
  return { table: plain ?? detectTable(sample, given), profile: null };
}

const profileOf = (profiles: readonly Profile[], table: Table): Profile | null =>
  table.headerLine === 0 ? profileOfShape(profiles, table) : profileOfHeader(profiles, table.names);

/** It says itself how lines are cut. */
const isCutAnew = ({ settings }: Profile) =>
  ['delimiter', 'quote', 'headerLine'].some((key) => settings[key] !== undefined);

function attempt<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}

/**
 * Decides how a file is read, from a sample of its text. What is given leads; then the profile, asked for by name or
 * recognised by the header; then what the portfolio and the sample show.
 */
export function decideReading(
  { table, profile }: RecognisedTable,
  encoding: string,
  given: ImportSettings,
  portfolio: PortfolioShape,
  findings: Findings,
): FileReading {
  const settings = profile === null ? given : settingsOver(given, settingsOf(profile));
  const { layout, named, warnings } = planLayout(table, settings, given, profile, portfolio, findings.file);
  Object.assign(findings, { layout, named });
  const numbers = layout.ledger?.numbers ?? decideNumbers(table, layout, settings);
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
  return { table, layout, numbers, timeStep, dated, profile, settings, dialect, warnings };
}

function decideNumbers(table: Table, layout: Layout, settings: ImportSettings): NumberFormat {
  const judge = createNumberJudge();
  for (const { column, cell } of numericCells(table, layout)) judge.add(cell, column);
  return judge.decide(table.delimiter, settings);
}

/** The cells that a file's numbers are in. */
export function* numericCells(table: Table, layout: Layout): Iterable<{ column: number; cell: string }> {
  const columns =
    layout.ledger === null ? layout.features.flatMap((found) => found.columns) : moneyColumns(layout.ledger);
  for (const column of columns) {
    for (const cell of decidingCells(table, column)) yield { column, cell };
  }
  for (const { column } of layout.statics) {
    const cells = filledCells(table, column);
    if (cells.filter(looksNumeric).length * 2 < cells.length) continue;
    for (const cell of decidingCells(table, column)) yield { column, cell };
  }
}

/** The columns of amounts and of the balance. */
const moneyColumns = ({ amount, balance }: LedgerLayout): number[] => [
  ...columnsOf(amount),
  ...(balance === null ? [] : [balance.column]),
];

function decideTimeStep(table: Table, layout: Layout, portfolio: PortfolioShape, warnings: string[]): TimeStep {
  const { step, outcomeDate, names } = layout;
  // Behaviour is daily, unless the portfolio counts otherwise.
  if (layout.ledger !== null) return portfolio.timeStep ?? 'day';
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
  const { timeStep, certain } = timeStepOfDates(stepDays(table, step), layout.dateFormat);
  return certain ? timeStep : (portfolio.timeStep ?? timeStep);
}

/** The days of the sampled dates, since 1970-01-01. */
export const stepDays = (table: Table, step: Exclude<NonNullable<Layout['step']>, { kind: 'number' }>): number[] =>
  step.kind === 'periods' ? step.epochDays : daysOf(filledCells(table, step.column), step.read);

const daysOf = (cells: readonly string[], read: (text: string) => number | null): number[] =>
  cells.map(read).filter((day) => day !== null);
