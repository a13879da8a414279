import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import {
  array,
  literal,
  maxLength,
  minLength,
  nullable,
  object,
  optional,
  picklist,
  pipe,
  record,
  safeParse,
  string,
  trim,
} from 'valibot';
import { DuecastError } from '../ipc/errors.ts';
import { settingsOf, type Profile } from './profiles.ts';

/** What a profile's file says that it is, so that no other JSON is taken for one. */
const KIND = 'duecast import profile';
const LARGEST_BYTES = 4 << 20;

const name = pipe(string(), trim(), minLength(1), maxLength(200));
const names = pipe(array(pipe(string(), maxLength(4_096))), minLength(1));
const FILE = object({
  kind: literal(KIND),
  version: literal(1),
  name,
  title: pipe(string(), maxLength(1_000)),
  source: optional(pipe(string(), maxLength(1_000))),
  header: pipe(array(names), minLength(1), maxLength(10_000)),
  settings: record(string(), pipe(string(), maxLength(100_000))),
  periods: nullable(
    object({
      dates: pipe(array(string()), minLength(1)),
      features: array(object({ name: string(), fill: picklist(['carry', 'zero']), columns: array(string()) })),
    }),
  ),
  shape: optional(array(picklist(['number', 'date', 'text', 'empty']))),
});

/** A profile as a file for another analyst: it holds how an export is read, and nothing of its rows. */
export const profileText = ({ name, title, source, header, settings, periods, shape }: Profile): string =>
  `${JSON.stringify({ kind: KIND, version: 1, name, title, source, header, settings, periods, shape }, null, 2)}\n`;

/** Reads a profile from a file. Throws `file-missing`, `file-unreadable`; `data-refused` for what is no profile. */
export async function readProfileFile(path: string): Promise<Profile> {
  const file = basename(path);
  let text: string;
  try {
    if ((await stat(path)).size > LARGEST_BYTES) throw refused(file, 'it is far too large');
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof DuecastError) throw error;
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new DuecastError('file-missing', `There is no file ${path}. Check the name and the folder.`);
    }
    throw new DuecastError(
      'file-unreadable',
      `${file} can't be read; nothing was changed. Check that you may read it.`,
      String(error),
    );
  }
  return profileFrom(text, file);
}

/** `file` is named in errors. Throws `data-refused`. */
export function profileFrom(text: string, file: string): Profile {
  let content: unknown;
  try {
    content = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    throw refused(file, 'it is not JSON');
  }
  const parsed = safeParse(FILE, content);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    const where = issue.path?.map(({ key }) => String(key)).join('.') ?? '';
    throw refused(
      file,
      where === 'kind' || where === '' ? 'it is another kind of file' : `“${where}” is missing or wrong`,
    );
  }
  const { name, title, source, header, settings, periods, shape } = parsed.output;
  if (shape !== undefined && shape.length !== header.length) throw refused(file, '“shape” does not fit “header”');
  const profile: Profile = {
    name,
    title,
    ...(source === undefined ? {} : { source }),
    header,
    settings,
    periods,
    ...(shape === undefined ? {} : { shape }),
  };
  try {
    settingsOf(profile);
  } catch (error) {
    throw refused(file, error instanceof Error ? error.message : String(error));
  }
  return profile;
}

const refused = (file: string, why: string) =>
  new DuecastError(
    'data-refused',
    `${file} is no import profile of Duecast that this version can use: ${why.replace(/\.$/, '')}. Nothing was changed. ` +
      'Export the profile again where it was saved.',
  );
