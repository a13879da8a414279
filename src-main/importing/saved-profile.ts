import { DuecastError } from '../ipc/errors.ts';
import { hasName, quotedName, referenceTo } from './column-references.ts';
import { openTable } from './containers/open-table.ts';
import { examineFile, understand, type AskedReading } from './examine.ts';
import type { Layout } from './layout.ts';
import type { LedgerLayout } from './ledger-layout.ts';
import { shippedProfiles, type Profile } from './profiles.ts';
import { shapeOf } from './profile-shape.ts';
import type { FileReading } from './reading.ts';
import type { ImportSettings } from './settings.ts';
import type { PortfolioShape } from './target.ts';

/** Detection finds these by itself, and they differ from export to export: kept only where the analyst set them. */
const KEPT_IF_GIVEN = ['encoding', 'delimiter', 'quote', 'headerLine', 'outcomePositive', 'customerId'] as const;

/**
 * How a file is read as a profile of its own: its header, the role of every column, and how numbers, dates and steps are
 * written. Errors as `examineFile`; `usage` for a name that a shipped profile has.
 */
export async function profileFromFile(
  name: string,
  request: AskedReading & { file: string },
  portfolio: PortfolioShape,
  saved: readonly Profile[],
): Promise<Profile> {
  const shipped = await shippedProfiles();
  const taken = shipped.find((profile) => profile.name.toLowerCase() === name.toLowerCase());
  if (taken !== undefined) {
    throw new DuecastError(
      'usage',
      `“${taken.name}” is the name of a profile that comes with Duecast. Choose another.`,
    );
  }
  const profiles = [...saved, ...shipped];
  const wish = understand(request, profiles);
  const { signal } = new AbortController();
  const file = await openTable(request.file, { sheet: wish.given.sheet, signal });
  try {
    const unheard = { signal, progress: () => undefined };
    const reading = await examineFile(file, wish, profiles, portfolio, unheard);
    return { name, title: `saved from ${file.name}`, ...laidDown(reading, wish.given) };
  } finally {
    await file.close();
  }
}

function laidDown(
  reading: FileReading,
  given: ImportSettings,
): Pick<Profile, 'header' | 'settings' | 'periods' | 'shape'> {
  const { table, layout, profile, numbers, timeStep } = reading;
  const settings: Record<string, string> = {
    kind: layout.kind,
    timeStep,
    decimal: numbers.decimal,
    thousands: numbers.thousands === '' ? 'none' : numbers.thousands,
    ...(layout.dateFormat === '' ? {} : { dateFormat: layout.dateFormat }),
    ...columnSettings(layout, profile),
  };
  for (const key of KEPT_IF_GIVEN) {
    const kept = given[key] === null ? profile?.settings[key] : written(given[key]);
    if (kept !== undefined) settings[key] = kept;
  }
  const named = table.names.map((name) => profile?.header.find((names) => hasName(names, name)) ?? [name]);
  const whole = { header: named, settings, periods: periodsOf(layout, profile) };
  if (table.headerLine > 0) return whole;
  // Without names, lines are cut in the same way before they are compared with the shape.
  settings['headerLine'] = '0';
  return { ...whole, shape: shapeOf(table, layout) };
}

const written = (value: string | number) => (value === '' ? 'none' : String(value));

/** Periods are read as before, but for features that were left out. */
function periodsOf({ step, features }: Layout, profile: Profile | null): Profile['periods'] {
  const periods = profile?.periods ?? null;
  if (step?.kind !== 'periods' || periods === null) return null;
  const kept = features.map(({ feature }) => feature.name);
  return { ...periods, features: periods.features.filter(({ name }) => kept.includes(name)) };
}

function columnSettings(layout: Layout, profile: Profile | null): Record<string, string> {
  const { names, customer, step, features, statics, outcome, outcomeDate, columns, kind, ledger } = layout;
  const refer = (column: number) => referenceTo(names, column);
  const list = (found: readonly number[]) => found.map((column) => quotedName(refer(column))).join(',');
  const settings: Record<string, string> = customer < 0 ? {} : { customer: refer(customer) };
  if (ledger !== null) Object.assign(settings, ledgerSettings(ledger, refer, list));
  if (step?.kind === 'date') settings['date'] = refer(step.column);
  if (step?.kind === 'number') settings['step'] = refer(step.column);
  if (outcome !== null) settings['outcome'] = refer(outcome.column);
  if (outcomeDate !== null) settings['outcomeDate'] = refer(outcomeDate.column);
  const isPeriod = step?.kind === 'periods';
  if (kind === 'history') {
    if (!isPeriod) settings['features'] = list(features.flatMap((feature) => feature.columns));
    settings['static'] = list(statics.map(({ column }) => column));
  }
  const periods = isPeriod ? (profile?.periods?.features.flatMap(({ columns: all }) => all) ?? []) : [];
  const ignored = columns.flatMap(({ role, name }, i) => (role === 'ignored' && !hasName(periods, name) ? [i] : []));
  if (ignored.length > 0) settings['ignore'] = list(ignored);
  return settings;
}

/** The columns of a ledger. Which values mean money out is kept where all of them mean one or the other. */
function ledgerSettings(
  { amount, balance, description }: LedgerLayout,
  refer: (column: number) => string,
  list: (columns: readonly number[]) => string,
): Record<string, string> {
  const settings: Record<string, string> = {};
  if (amount.kind === 'sides') {
    if (amount.debit !== null) settings['debit'] = refer(amount.debit.column);
    if (amount.credit !== null) settings['credit'] = refer(amount.credit.column);
  } else settings['amount'] = refer(amount.column);
  if (amount.kind === 'marked') {
    settings['indicator'] = refer(amount.mark);
    const directions = [...amount.directions];
    const negative = directions.flatMap(([value, direction]) => (direction === -1 ? [quotedName(value)] : []));
    if (negative.length > 0 && directions.every(([, direction]) => direction !== 0))
      settings['negative'] = negative.join(',');
  }
  if (balance !== null) settings['balance'] = refer(balance.column);
  if (description.length > 0) settings['description'] = list(description);
  return settings;
}
