import { stat } from 'node:fs/promises';
import { basename, dirname, resolve, sep } from 'node:path';
import { DuecastError } from '../../ipc/errors.ts';
import { contentSort, SIGNATURE_BYTES } from '../binary-files.ts';
import { openFileBytes, type FileBytes } from '../bytes.ts';
import { officeDocument, openWorkbook } from '../workbooks/workbook.ts';
import { passedOverNote, tablesInArchive } from './archive-tables.ts';
import { gunzip } from './gzip.ts';
import { borrowTable, keepTable } from './kept-table.ts';
import { unpack, sha256Of, type Unpacked } from './unpacking.ts';
import { zipEntries, type ZipEntry } from './zip-archive.ts';

/** An archive in an archive in an archive was made to be found out. */
const DEEPEST = 3;

export interface Opening {
  /** Of a workbook: by name, or by number from 1; null: the first that holds a table. */
  sheet: string | null;
  signal: AbortSignal;
}

/**
 * Opens a table for reading, whatever it comes in: text as it is; the text inside a gzip file or a zip archive; a sheet of
 * a workbook as text. What a file is, its content says, not its name. A table inside an archive that holds several has the
 * archive's path with its name inside added, `/exports/april.zip/cards.csv`.
 *
 * Errors: as `openFileBytes`; `usage` for a sheet that is not there; `data-refused` for what is broken, protected by a
 * password, no table, or grows to more than any table; `cancelled`.
 */
export async function openTable(path: string, opening: Opening): Promise<FileBytes> {
  const { file, entry } = await locate(path);
  const bytes = await openFileBytes(file);
  const { mtimeMs } = await stat(file);
  const key = JSON.stringify([resolve(file), bytes.size, mtimeMs, entry, opening.sheet]);
  const known = borrowTable(key);
  if (known !== null) {
    await bytes.close();
    return known;
  }
  const table = await unfold(bytes, entry, opening, 1);
  return table === bytes ? table : keepTable(key, table);
}

/** The file that a path leads to, and what of the path names an entry inside it. */
export async function locate(path: string): Promise<{ file: string; entry: string | null }> {
  const whole = resolve(path);
  if (await isThere(whole)) return { file: path, entry: null };
  for (let file = dirname(whole); dirname(file) !== file; file = dirname(file)) {
    const found = await stat(file).catch(() => null);
    if (found?.isFile() === true) {
      return { file, entry: whole.slice(file.length + 1).replaceAll(sep, '/') };
    }
    if (found !== null) break;
  }
  return { file: path, entry: null };
}

const isThere = (path: string) =>
  stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT' && error.code !== 'ENOTDIR',
  );

/** Goes on from an open file to the table in it; closes the file where that is another. */
async function unfold(file: FileBytes, entry: string | null, opening: Opening, depth: number): Promise<FileBytes> {
  let table: FileBytes | null = null;
  try {
    const { sort } = contentSort(await file.readAt(0, SIGNATURE_BYTES));
    if (sort === 'zip') table = await unfoldZip(file, entry, opening, depth);
    else if (entry !== null) throw notInside(file.name, entry);
    else if (sort === 'gzip') table = await unfoldGzip(file, opening, depth);
    else if (opening.sheet !== null && file.delimiter === undefined && sort === 'text') throw noSheets(file.name);
    return table ?? file;
  } catch (error) {
    if (table === null) await file.close();
    throw error;
  } finally {
    if (table !== null) await file.close();
  }
}

async function unfoldGzip(file: FileBytes, opening: Opening, depth: number): Promise<FileBytes> {
  if (depth > DEEPEST) throw tooDeep(file.name);
  const sha256 = file.sha256 ?? (await sha256Of(file, opening.signal));
  const unpacked = await gunzip(file, opening.signal);
  return goOn(unpacked, { name: file.name, sha256, notes: file.notes ?? [] }, opening, depth);
}

async function unfoldZip(file: FileBytes, entry: string | null, opening: Opening, depth: number): Promise<FileBytes> {
  const entries = await zipEntries(file);
  const office = officeDocument(entries);
  if (office === 'workbook' && entry === null) return openWorkbook(file, entries, opening.sheet, opening.signal);
  if (office !== null && office !== 'workbook') {
    throw new DuecastError(
      'data-refused',
      `${file.name} is ${office.what}, which is not read; nothing was imported. ${office.advice}`,
    );
  }
  if (depth > DEEPEST) throw tooDeep(file.name);
  const { chosen, notes } = await chosenEntry(file, entries, entry);
  const unpacked = await unpackEntry(file, chosen, opening.signal);
  if (entry !== null) {
    return goOn(unpacked, { name: `${file.name}/${chosen.name}`, sha256: unpacked.sha256, notes: [] }, opening, depth);
  }
  try {
    const sha256 = file.sha256 ?? (await sha256Of(file, opening.signal));
    return await goOn(unpacked, { name: file.name, sha256, notes }, opening, depth);
  } catch (error) {
    await unpacked.bytes.close().catch(() => undefined);
    throw error;
  }
}

async function chosenEntry(
  file: FileBytes,
  entries: readonly ZipEntry[],
  asked: string | null,
): Promise<{ chosen: ZipEntry; notes: string[] }> {
  if (asked !== null) {
    const chosen = entries.find(({ name }) => name === asked) ?? entries.find(({ name }) => samePath(name, asked));
    if (chosen === undefined) throw notInside(file.name, asked);
    return { chosen, notes: [] };
  }
  const { tables, passedOver } = await tablesInArchive(entries);
  const notes = passedOverNote(passedOver);
  if (tables.length === 1) return { chosen: tables[0]!, notes };
  if (tables.length === 0) {
    throw new DuecastError(
      'data-refused',
      `${file.name} holds no table; nothing was imported. ${notes.join(' ')}`.trim(),
    );
  }
  const names = tables.slice(0, 10).map(({ name }) => `${file.name}/${name}`);
  throw new DuecastError(
    'data-refused',
    `${file.name} holds ${tables.length} tables; nothing was imported. Name the one that you mean: ${names.join(', ')}${tables.length > 10 ? ', …' : ''}.`,
  );
}

/** As paths are compared where their case and form don't count; normalised by a file system on the way. */
const samePath = (a: string, b: string) => {
  const plain = (path: string) =>
    path
      .normalize('NFC')
      .replace(/^(\.?\/)+/, '')
      .toLowerCase();
  return plain(a) === plain(b);
};

function unpackEntry(file: FileBytes, entry: ZipEntry, signal: AbortSignal): Promise<Unpacked> {
  const name = `${file.name}/${entry.name}`;
  const what = { name, packedBytes: entry.packedBytes, expectedBytes: entry.bytes };
  const broken = (error: unknown) =>
    new DuecastError('data-refused', `${name} can't be unpacked; nothing was imported.`, String(error));
  return unpack(entry.chunks(), what, broken, signal);
}

function goOn(
  { bytes }: Unpacked,
  { name, sha256, notes }: { name: string; sha256: string; notes: readonly string[] },
  opening: Opening,
  depth: number,
): Promise<FileBytes> {
  const inner: FileBytes = {
    name,
    size: bytes.size,
    sha256,
    notes,
    readAt: (offset, length) => bytes.readAt(offset, length),
    close: () => bytes.close(),
  };
  return refuseEmpty(inner).then(() => unfold(inner, null, opening, depth + 1));
}

async function refuseEmpty(file: FileBytes): Promise<void> {
  if (file.size > 0) return;
  await file.close();
  throw new DuecastError('data-refused', `${file.name} holds an empty file; nothing was imported. Export it again.`);
}

const notInside = (name: string, entry: string) =>
  new DuecastError('file-missing', `There is no “${entry}” in ${basename(name)}. Check the name.`);

const noSheets = (name: string) =>
  new DuecastError('usage', `${name} is text and has no sheets; sheet= is for workbooks.`);

const tooDeep = (name: string) =>
  new DuecastError(
    'data-refused',
    `${name} is packed again and again; nothing was imported. Unpack it yourself and import the file.`,
  );
