import type { ColumnRole, ImportKind } from '../../src-main/ipc/documents.ts';
import type { PreviewColumn, SettingPairs } from '../../src-main/ipc/views.ts';

/** Roles as an analyst calls them, in the order of the list. */
export const ROLE_NAMES: Record<ColumnRole, string> = {
  customer: 'Customer',
  date: 'Date',
  step: 'Step number',
  feature: 'Feature',
  static: 'Static attribute',
  outcome: 'Outcome',
  outcomeDate: 'Date of the event',
  account: 'Account',
  valueDate: 'Value date',
  amount: 'Amount',
  debit: 'Money out',
  credit: 'Money in',
  indicator: 'Out or in',
  balance: 'Running balance',
  description: 'Description',
  currency: 'Currency',
  status: 'Status',
  ignored: 'Not used',
};

const ROLES: Record<ImportKind, readonly ColumnRole[]> = {
  history: ['customer', 'date', 'step', 'feature', 'static', 'outcome', 'outcomeDate', 'ignored'],
  outcomes: ['customer', 'outcome', 'outcomeDate', 'ignored'],
  ledger: [
    'customer',
    'account',
    'date',
    'valueDate',
    'amount',
    'debit',
    'credit',
    'indicator',
    'balance',
    'description',
    'currency',
    'status',
    'ignored',
  ],
};

/** The roles that a column of such a file can be given; `found`: the one that it was found to have, if it has one. */
export function rolesOf(kind: ImportKind | null, found: ColumnRole | null = null): readonly ColumnRole[] {
  const roles = ROLES[kind ?? 'history'];
  return found === null || roles.includes(found) ? roles : [...roles, found];
}

/** Reasons speak of settings, as the command line has them; here they are roles to choose. */
const IN_ROLES: readonly [RegExp, string][] = [
  [/named with \w+=/, 'set by you'],
  [/not among features=/, 'not among the chosen features'],
  [
    /if it never changes for a customer, name it in static=/,
    'if it never changes for a customer, make it an attribute',
  ],
  [/name it in outcomeDate=/, 'choose “Date of the event”'],
  [/name it in static= to keep it beside the models, or in features= to use it/, 'make it an attribute to keep it'],
  [/(name it|give its number) (in|with) .*= to use it/, 'choose a role to use it'],
];

export const inRoles = (why: string): string =>
  IN_ROLES.reduce((words, [settings, role]) => words.replace(settings, role), why);

/** Roles that the analyst chose, by the column's number. */
export type ChosenRoles = Readonly<Record<number, ColumnRole>>;

const SINGLE: readonly ColumnRole[] = [
  ...(['customer', 'date', 'step', 'outcome', 'outcomeDate'] as const),
  ...(['amount', 'debit', 'credit', 'indicator', 'balance'] as const),
];
/** A file goes by its dates or by its step numbers; an amount stands in one column, or in one for each direction. */
const EXCLUSIVE: Partial<Record<ColumnRole, readonly ColumnRole[]>> = {
  date: ['date', 'step'],
  step: ['date', 'step'],
  amount: ['amount', 'debit', 'credit'],
  debit: ['debit', 'amount', 'indicator'],
  credit: ['credit', 'amount', 'indicator'],
  indicator: ['indicator', 'debit', 'credit'],
};

/** Chooses a role; one that only one column can have is taken from the column that was chosen for it before. */
export function withRole(roles: ChosenRoles, column: number, role: ColumnRole): ChosenRoles {
  const rivals = EXCLUSIVE[role] ?? (SINGLE.includes(role) ? [role] : []);
  const others = Object.entries(roles).filter(
    ([other, chosen]) => Number(other) !== column && !rivals.includes(chosen),
  );
  return { ...Object.fromEntries(others), [column]: role };
}

/**
 * What the analyst chose, as `--set` takes it. `features` names all features of a file, so the ones that were found
 * (`columns`) go with those that were chosen; `static` likewise, since it stands for a profile's.
 */
export function settingPairs(
  settings: Readonly<Record<string, string>>,
  roles: ChosenRoles,
  columns: readonly PreviewColumn[],
): SettingPairs {
  const pairs = Object.entries(settings).map(([key, value]) => ({ key, value }));
  const chosen = Object.entries(roles).map(([column, role]) => ({ column: Number(column), role }));
  for (const { column, role } of chosen) {
    if (SINGLE.includes(role)) pairs.push({ key: role, value: referenceTo(columns, column) });
  }
  // Values of directions are said together with their column.
  const indicator = columns.findIndex(({ role }, i) => (roles[i] ?? role) === 'indicator');
  if (settings['negative'] !== undefined && indicator >= 0 && roles[indicator] !== 'indicator') {
    pairs.push({ key: 'indicator', value: referenceTo(columns, indicator) });
  }
  const listed = (key: string, numbers: readonly number[]) =>
    pairs.push({ key, value: numbers.map((column) => quoted(referenceTo(columns, column))).join(',') });
  const whole = (role: ColumnRole) => columns.flatMap((column, i) => ((roles[i] ?? column.role) === role ? [i] : []));
  const isChosen = (role: ColumnRole) => chosen.some((choice) => choice.role === role);
  if (isChosen('feature')) listed('features', whole('feature'));
  if (isChosen('static')) listed('static', whole('static'));
  if (isChosen('description')) listed('description', whole('description'));
  const ignored = chosen.filter(({ role }) => role === 'ignored').map(({ column }) => column);
  if (ignored.length > 0) listed('ignore', ignored);
  return pairs;
}

/** A column by its name, or by its number from 0 where another has the same name. */
function referenceTo(columns: readonly PreviewColumn[], column: number): string {
  const name = columns[column].name;
  const same = columns.filter((other) => other.name.toLowerCase() === name.toLowerCase());
  return same.length === 1 ? name : String(column);
}

const quoted = (name: string) => (/[",]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name);

/** Columns that one profile reads as periods of one feature; their role is the profile's. */
export function periodColumns(columns: readonly PreviewColumn[]): ReadonlySet<number> {
  const times = new Map<string, number>();
  for (const { role, feature } of columns) {
    if (role === 'feature' && feature !== null) times.set(feature, (times.get(feature) ?? 0) + 1);
  }
  return new Set(
    columns.flatMap(({ role, feature }, i) =>
      role === 'feature' && feature !== null && (times.get(feature) ?? 0) > 1 ? [i] : [],
    ),
  );
}
