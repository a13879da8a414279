import type { Dialect, TimeStep } from '../ipc/documents.ts';
import { counted } from '../ipc/grouped.ts';
import { isoDate } from '../sequences/calendar.ts';
import { timeStepOfName } from './column-words.ts';
import { dayMonthEvidence } from './date-evidence.ts';
import { dateReader, dayMonthOrder, detectDateFormat, hasDay } from './dates.ts';
import { filledCells, type Table } from './dialect.ts';
import type { Layout } from './layout.ts';
import type { LedgerLayout } from './ledger-layout.ts';
import { formatOfColumn, numberReader, type NumberFormat } from './numbers.ts';
import type { Profile } from './profiles.ts';
import { numericCells, stepDays, type FileReading } from './reading.ts';
import type { TextSample } from './sample.ts';
import type { ImportSettings } from './settings.ts';
import type { PortfolioShape } from './target.ts';
import { encodingOfHead } from './text.ts';
import { timeStepOfDates } from './time-step.ts';

export type Reason = keyof Dialect | 'timeStep' | 'kind';

/** Who has the say before detection has. */
export interface Say {
  given: ImportSettings;
  profile: Profile | null;
}

/** In the analyst's words, or null where the file itself decides. */
function said(key: Exclude<Reason, never>, { given, profile }: Say): string | null {
  if (given[key] !== null) return 'Set by you.';
  if (profile?.settings[key] !== undefined) return `Profile ${profile.name} says so.`;
  return null;
}

const whole = (value: number) => value.toLocaleString('en-US');

/** Why an encoding was chosen; `head`: the file's first bytes, `found`: what all of its bytes showed. */
export function whyEncoding(found: string, head: Uint8Array, say: Say): string {
  const words = said('encoding', say);
  if (words !== null) return words;
  if (encodingOfHead(head) !== null) {
    const marked = head[0] === 0xef || head[0] === 0xff || head[0] === 0xfe;
    return marked ? 'The file begins with its mark.' : 'Every other byte is zero, as UTF-16 has it.';
  }
  return found;
}

/** Why lines are cut as they are. */
export function whyCut(
  sample: TextSample,
  table: Table,
  say: Say,
): Record<'delimiter' | 'quote' | 'headerLine', string> {
  const { lines, fitting, quoted } = table.looked;
  const announced = /^\ufeff?"?sep=/i.test(sample.head) && table.lastLineBeforeData > 0;
  const cuts = `It cuts ${whole(fitting)} of ${counted(lines, 'line')} into ${counted(table.names.length, 'column')}.`;
  return {
    delimiter: said('delimiter', say) ?? (announced ? `The first line says so. ${cuts}` : cuts),
    quote:
      said('quote', say) ??
      (quoted > 0
        ? `It stands in ${whole(quoted)} of ${whole(lines)} lines.`
        : 'No cell looked at is quoted; this is the usual sign.'),
    headerLine: said('headerLine', say) ?? whyHeader(table),
  };
}

function whyHeader({ headerLine, names, preambleLines, footerLines }: Table): string {
  const header =
    headerLine === 0
      ? 'The first line reads like the rows below it, so the columns have no names.'
      : `It is the last line above the rows that names their ${counted(names.length, 'column')}.`;
  const lines = (count: number) => `${whole(count)} ${count === 1 ? 'line' : 'lines'}`;
  const passed = [
    ...(preambleLines > 0 ? [`${lines(preambleLines)} above the rows`] : []),
    ...(footerLines > 0 ? [`${lines(footerLines)} below them`] : []),
  ];
  if (passed.length === 0) return header;
  return `${header} Passed over: ${passed.join(' and ')}.`;
}

/** Why numbers, dates and steps are read as they are. */
export function whyValues(
  { table, layout, numbers, timeStep }: FileReading,
  portfolio: PortfolioShape,
  say: Say,
): Record<'decimal' | 'thousands' | 'dateFormat' | 'timeStep' | 'kind', string> {
  const signs = whySigns(table, layout, numbers);
  return {
    decimal: said('decimal', say) ?? signs.decimal,
    thousands: said('thousands', say) ?? signs.thousands,
    dateFormat: said('dateFormat', say) ?? whyDates(table, layout),
    timeStep: said('timeStep', say) ?? whyTimeStep(table, layout, timeStep, portfolio),
    kind:
      said('kind', say) ??
      (layout.ledger !== null
        ? whyLedger(layout.ledger)
        : layout.kind === 'outcomes'
          ? 'It holds customers, and when or whether they defaulted; nothing else.'
          : 'Each row is a customer at a step.'),
  };
}

function whyLedger({ check }: LedgerLayout): string {
  const words = 'Each row is a transaction: a date, an amount and what happened.';
  if (check === null || check.confirmed === 0) return words;
  return `${words} The running balance moves by the amount in ${whole(check.confirmed)} of ${whole(check.links)} rows looked at.`;
}

/** By the thousands sign that a format has; a space stands for the no-break ones too. */
const GROUPED: Record<string, RegExp> = { '.': /\d\.\d/, ',': /\d,\d/, ' ': /\d\s\d/, "'": /['’]/, _: /_/ };

function whySigns(table: Table, layout: Layout, format: NumberFormat): Record<'decimal' | 'thousands', string> {
  const { decimal, thousands } = format;
  const read = numberReader(format);
  const isGrouped = GROUPED[thousands] ?? /^$/;
  let withDecimal = 0;
  let grouped = 0;
  let fraction = '';
  let group = '';
  for (const { column, cell } of numericCells(table, layout)) {
    // A column that is written otherwise says nothing of the others.
    if (formatOfColumn(format, column) !== format) continue;
    const hasDecimal = cell.includes(decimal);
    const hasGroups = isGrouped.test(cell);
    if ((!hasDecimal && !hasGroups) || Number.isNaN(read(cell))) continue;
    if (hasDecimal && withDecimal++ === 0) fraction = cell;
    if (hasGroups && grouped++ === 0) group = cell;
  }
  const name = decimal === '.' ? 'point' : 'comma';
  return {
    decimal:
      withDecimal === 0
        ? `No number looked at has decimals, so a ${name} is assumed.`
        : `${fraction} for one: ${whole(withDecimal)} ${withDecimal === 1 ? 'number has' : 'numbers have'} a decimal ${name}.`,
    thousands:
      thousands === ''
        ? 'No number looked at is grouped.'
        : grouped === 0
          ? 'It does not occur in the numbers looked at.'
          : `${group} for one: ${whole(grouped)} ${grouped === 1 ? 'number is' : 'numbers are'} grouped.`,
  };
}

function whyDates(table: Table, { step, outcomeDate, dateFormat, names }: Layout): string {
  if (step?.kind === 'periods') return 'The profile says which period each column is.';
  const column =
    step?.kind === 'date' ? step.column : outcomeDate !== null && outcomeDate.read ? outcomeDate.column : null;
  if (column === null) return 'No column of dates is used; steps are numbers.';
  const read = dateReader(dateFormat);
  const cells = filledCells(table, column);
  const fitting = cells.filter((cell) => read(cell) !== null);
  if (fitting.length === 0) return `No value of “${names[column]}” looked at fits it.`;
  const all = `${whole(fitting.length)} of ${whole(cells.length)} values of “${names[column]}” fit it.`;
  const first = dayMonthOrder(dateFormat);
  if (first === null) return `${fitting[0]} for one. ${all}`;
  const order = first === 'day' ? 'day before month' : 'month before day';
  const deciding = fitting.filter((cell) => Number(isoDate(read(cell)!).slice(8)) > 12);
  if (deciding.length === 0) {
    const evidence = isUndecided(names[column]!, cells) ? dayMonthEvidence(table, column) : null;
    if (evidence?.first === first) return `${fitting[0]} for one. ${all} ${evidence.why}`;
    const byRows = dateFormat.includes('.')
      ? ''
      : ' With day and month the other way round, dates would jump about from row to row, or lie in the future.';
    return `${fitting[0]} for one. ${all}${byRows}`;
  }
  return `${deciding[0]} for one: only ${order} fits ${whole(deciding.length)} of the ${whole(cells.length)} dates looked at.`;
}

/** Whether values alone leave open how dates are read. */
function isUndecided(name: string, cells: readonly string[]): boolean {
  try {
    detectDateFormat(name, cells);
    return false;
  } catch {
    return true;
  }
}

function whyTimeStep(table: Table, layout: Layout, timeStep: TimeStep, portfolio: PortfolioShape): string {
  const { step, outcomeDate, names, dateFormat } = layout;
  const counted = 'This portfolio counts by it.';
  if (layout.ledger !== null) {
    return portfolio.timeStep === null ? 'Behaviour is told from transactions day by day.' : counted;
  }
  if (step === null) {
    if (portfolio.timeStep !== null) return counted;
    return outcomeDate === null ? 'A day is assumed; the file has no dates.' : 'The dates of the events show it.';
  }
  if (step.kind === 'number') {
    if (timeStepOfName(names[step.column]!) !== null) return `The column is called “${names[step.column]}”.`;
    return portfolio.timeStep === null ? 'Nothing says how long a step is, so a day is assumed.' : counted;
  }
  const days = new Set(stepDays(table, step));
  const found = timeStepOfDates(days, dateFormat);
  if (!found.certain && portfolio.timeStep !== null) return counted;
  if (dateFormat !== '' && !hasDay(dateFormat)) return 'The dates are months without days.';
  const dates = `${whole(days.size)} different ${days.size === 1 ? 'date' : 'dates'}`;
  if (!found.certain) return `${dates} only, so a ${timeStep} is assumed.`;
  if (timeStep === 'month') return `${dates}, one in each month.`;
  if (timeStep === 'week') return `${dates}, all whole weeks apart.`;
  return `${dates}, which fit no longer step.`;
}
