import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { DuecastError } from '../ipc/errors.ts';
import type { FillRule } from '../sequences/panel.ts';
import { readSettings, type ImportSettings } from './settings.ts';

/** What the cells of a column are. */
export type ColumnKind = 'number' | 'date' | 'text' | 'empty';

/** A known layout of a file: recognised by its header, or by its shape, it says how the file is read. */
export interface Profile {
  name: string;
  /** What the file is, for the analyst. */
  title: string;
  /** Where its layout is published: a document, or a repository and its file. */
  source?: string;
  /** Every column of the header, in any order and case; several names of one are alternatives, the first leads. */
  header: string[][];
  /** As with `--set`; columns by their leading names. */
  settings: Record<string, string>;
  /** Steps that are laid out across columns, in the columns' order. */
  periods: { dates: string[]; features: { name: string; fill: FillRule; columns: string[] }[] } | null;
  /** Of a file without a header: what each column holds. */
  shape?: ColumnKind[];
}

const FOLDER = fileURLToPath(new URL('../../resources/profiles/', import.meta.url));

/** The profiles that ship with the program, by name. */
export async function loadProfiles(folder = FOLDER): Promise<Profile[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  return Promise.all(files.map(async (file) => JSON.parse(await readFile(`${folder}/${file}`, 'utf8')) as Profile));
}

let shipped: Promise<Profile[]> | null = null;

/** As `loadProfiles`, read once a process. */
export const shippedProfiles = (): Promise<Profile[]> => (shipped ??= loadProfiles());

/** How a profile says that a file is read. */
export const settingsOf = (profile: Profile): ImportSettings =>
  readSettings(Object.entries(profile.settings).map(([key, value]) => ({ key, value })));

/** The profile of that name; `usage`, listing them, where there is none. */
export function profileNamed(profiles: readonly Profile[], name: string): Profile {
  const found = profiles.find((profile) => profile.name === name);
  if (found !== undefined) return found;
  const names = profiles.map((profile) => profile.name).join(', ');
  throw new DuecastError('usage', `There is no profile "${name}". Profiles are: ${names}.`);
}

/** The profile whose header these names are exactly. */
export const profileOfHeader = (profiles: readonly Profile[], names: readonly string[]): Profile | null =>
  profiles.find((profile) => missingFrom(profile, names).length === 0 && names.length === profile.header.length) ??
  null;

/** The leading names of a profile's columns that a header lacks. */
export const missingFrom = (profile: Profile, names: readonly string[]): string[] => {
  const present = new Set(names.map((name) => name.toLowerCase()));
  return profile.header
    .filter((alternatives) => !alternatives.some((name) => present.has(name.toLowerCase())))
    .map((alternatives) => alternatives[0]!);
};

/** The profile's leading name of a column, or the column's own. */
export function leadingName(profile: Profile | null, name: string): string {
  const written = name.toLowerCase();
  const alternatives = profile?.header.find((names) => names.some((other) => other.toLowerCase() === written));
  return alternatives?.[0] ?? name;
}
