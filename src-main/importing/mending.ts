import type { ColumnReading, Dialect, ImportKind, TimeStep } from '../ipc/documents.ts';
import type { SettingPairs } from '../ipc/views.ts';
import { hasName, quotedName, referenceTo } from './column-references.ts';
import { leadingName, type Profile } from './profiles.ts';
import { RecordReader, type RecordDialect } from './records.ts';
import { noSettings } from './settings.ts';

/** How an import read its file: what its set-aside rows are read by once they are mended. */
export interface KeptReading {
  /** The file's name, without its folder. */
  file: string;
  kind: ImportKind;
  timeStep: TimeStep | null;
  dialect: Dialect;
  columns: readonly ColumnReading[];
  /** What the analyst had set. */
  settings: SettingPairs;
  /** The profile that read it. */
  profile: Profile | null;
}

/** The settings that the roles of the columns stand for; other roles are settings by their own name. */
const LISTED: Partial<Record<string, string>> = {
  feature: 'features',
  static: 'static',
  description: 'description',
  ignored: 'ignore',
};
/** Decided by the columns or by the file that is written; all other settings are as they were. */
const DECIDED = new Set([
  ...['encoding', 'delimiter', 'quote', 'decimal', 'thousands', 'dateFormat', 'headerLine', 'kind', 'timeStep'],
  ...['customer', 'step', 'date', 'features', 'static', 'ignore', 'outcome', 'outcomeDate'],
  ...['account', 'valueDate', 'amount', 'debit', 'credit', 'indicator', 'balance', 'description', 'currency'],
]);

/** The columns of a file of set-aside rows: those of the export, then where each row stood and why it was set aside. */
export function mendableNames(columns: readonly ColumnReading[]): string[] {
  const names = columns.map(({ name }) => name);
  const free = (name: string): string => (hasName(names, name) ? free(`set-aside ${name}`) : name);
  return [...names, free('line'), free('reason')];
}

/** The profile that reads a file of set-aside rows as the import read the rest of its file. */
export function mendingProfile(kept: KeptReading): Profile {
  const { file, kind, timeStep, dialect, columns, profile } = kept;
  const names = mendableNames(columns);
  const settings: Record<string, string> = {};
  const before = [...Object.entries(profile?.settings ?? {}), ...kept.settings.map(({ key, value }) => [key, value])];
  for (const [key, value] of before) if (!DECIDED.has(key!)) settings[key!] = value!;
  const { decimal, thousands, dateFormat } = dialect;
  Object.assign(settings, { kind, decimal, thousands: named(thousands), headerLine: '1' });
  Object.assign(settings, { delimiter: dialect.delimiter, quote: quoteOf(dialect) });
  if (timeStep !== null) settings['timeStep'] = timeStep;
  if (dateFormat !== '') settings['dateFormat'] = dateFormat;
  Object.assign(settings, roleSettings(kept, names));
  const header = names.map((name) => profile?.header.find((alternatives) => hasName(alternatives, name)) ?? [name]);
  return { name: `rows set aside from ${file}`, title: file, header, settings, periods: profile?.periods ?? null };
}

function roleSettings({ kind, columns, profile }: KeptReading, names: readonly string[]): Record<string, string> {
  const settings: Record<string, string> = {};
  const periods = profile?.periods?.features.flatMap((feature) => feature.columns) ?? null;
  const isPeriod = (name: string) => periods !== null && hasName(periods, leadingName(profile, name));
  const lists = new Map<string, string[]>([['ignore', []]]);
  if (kind === 'history') lists.set('static', []);
  columns.forEach(({ name, role }, column) => {
    if (isPeriod(name)) return;
    const list = LISTED[role];
    if (list !== undefined && isSetting(list))
      lists.set(list, [...(lists.get(list) ?? []), quotedName(referenceTo(names, column))]);
    // Roles that no setting names are found again, as they were the first time.
    else if (list === undefined && isSetting(role)) settings[role] = referenceTo(names, column);
  });
  // Where steps lie across columns, features= names features.
  const features = profile?.settings['features'];
  if (periods !== null && features !== undefined) settings['features'] = features;
  for (const column of [names.length - 2, names.length - 1]) lists.get('ignore')!.push(String(column));
  for (const [key, references] of lists) settings[key] = references.join(',');
  return settings;
}

/** The cells of a row as it stood in its file, one a column, whatever was wrong with it. */
export function cellsOf(text: string, dialect: RecordDialect, width: number): string[] {
  const reader = new RecordReader(dialect);
  reader.push(text);
  reader.end();
  const cells = reader.next() && reader.problem === null ? reader.fields : text.split(dialect.delimiter);
  // Nothing of a row that has too many is lost.
  if (cells.length > width) cells.splice(width - 1, cells.length, cells.slice(width - 1).join(dialect.delimiter));
  return Array.from({ length: width }, (_, i) => cells[i] ?? '');
}

/** One record as a line of text. */
export function lineOf(cells: readonly string[], dialect: RecordDialect): string {
  const quote = quoteOf(dialect);
  const special = [dialect.delimiter, quote, '\r', '\n'];
  const written = cells.map((cell) =>
    special.some((sign) => cell.includes(sign)) ? `${quote}${cell.replaceAll(quote, quote + quote)}${quote}` : cell,
  );
  return `${written.join(dialect.delimiter)}\r\n`;
}

/** What is written here needs one. */
const quoteOf = ({ quote }: RecordDialect) => (quote === '' ? '"' : quote);

const named = (sign: string) => (sign === '' ? 'none' : sign === ' ' ? 'space' : sign);

const isSetting = (key: string) => Object.hasOwn(noSettings(), key);
