import { readdir, stat } from 'node:fs/promises';
import { basename, join, resolve, sep } from 'node:path';
import { DuecastError } from '../ipc/errors.ts';
import type { SourcesView, SourceView } from '../ipc/views.ts';
import { contentSort, SIGNATURE_BYTES } from './binary-files.ts';
import { openFileBytes } from './bytes.ts';
import { passedOverByHead, tablesInArchive } from './containers/archive-tables.ts';
import { locate } from './containers/open-table.ts';
import { byName, passedOverByName } from './containers/table-names.ts';
import { zipEntries } from './containers/zip-archive.ts';
import { officeDocument } from './workbooks/workbook.ts';

/**
 * The tables that paths lead to, each of which is an import of its own: folders give the tables in them and below,
 * archives with several tables each of these, in the order of their names with numbers by their value. A file that was
 * named itself is always among them: whoever imports it hears why it can't be read.
 *
 * Errors: `data-refused` where folders hold no table at all; `file-unreadable` for a folder that can't be listed.
 */
export async function expandSources(paths: readonly string[]): Promise<SourcesView> {
  const found: SourcesView = { sources: [], passedOver: [] };
  for (const path of paths) {
    const { entry } = await locate(path);
    const about = entry === null ? await stat(path).catch(() => null) : null;
    if (about?.isDirectory() === true) await addFolder(found, path);
    else if (entry !== null) found.sources.push({ path, entry, name: path, bytes: 0 });
    else await addFile(found, path, basename(path), about?.size ?? 0);
  }
  if (found.sources.length > 0) return found;
  throw new DuecastError(
    'data-refused',
    `There is no table in ${paths.join(', ')}; nothing was imported. Choose a folder that holds exports as CSV or as workbooks.`,
  );
}

async function addFolder(found: SourcesView, folder: string): Promise<void> {
  const title = basename(resolve(folder));
  const files = (await filesIn(folder, '')).map((name) => ({
    name: name.replaceAll(sep, '/'),
    path: join(folder, name),
  }));
  for (const { name, path } of files.sort(byName)) {
    const shown = `${title}/${name}`;
    const { size } = await stat(path);
    const reason = passedOverByName(name) ?? (size === 0 ? 'empty' : await passedOverByContent(path));
    if (reason === null) await addFile(found, path, shown, size);
    else found.passedOver.push({ name: shown, reason });
  }
}

/** Files of a folder and of those in it, as paths below it; hidden folders are not entered, nor links to folders. */
async function filesIn(folder: string, below: string): Promise<string[]> {
  let entries;
  try {
    entries = await readdir(join(folder, below), { withFileTypes: true });
  } catch (error) {
    throw new DuecastError(
      'file-unreadable',
      `The folder ${join(folder, below)} can't be read; nothing was imported. Check that you may read it.`,
      String(error),
    );
  }
  const files: string[] = [];
  for (const entry of entries) {
    const path = join(below, entry.name);
    if (entry.isDirectory()) {
      if (!entry.name.startsWith('.') && entry.name !== '__MACOSX') files.push(...(await filesIn(folder, path)));
    } else if (entry.isFile()) files.push(path);
    else if (entry.isSymbolicLink()) {
      const target = await stat(join(folder, path)).catch(() => null);
      if (target?.isFile() === true) files.push(path);
    }
  }
  return files;
}

/** A file that can't be opened is no reason to pass it over: whoever reads it hears why. */
async function passedOverByContent(path: string): Promise<string | null> {
  const head = await headOf(path);
  return head === null ? null : passedOverByHead('', head);
}

async function headOf(path: string): Promise<Uint8Array | null> {
  try {
    const file = await openFileBytes(path);
    try {
      return await file.readAt(0, SIGNATURE_BYTES);
    } finally {
      await file.close();
    }
  } catch {
    return null;
  }
}

async function addFile(found: SourcesView, path: string, name: string, bytes: number): Promise<void> {
  const whole: SourceView = { path, entry: null, name, bytes };
  const head = await headOf(path);
  if (head === null || contentSort(head).sort !== 'zip') {
    found.sources.push(whole);
    return;
  }
  const inside = await tablesInside(path);
  if (inside === null || inside.tables.length < 2) {
    found.sources.push(whole);
    return;
  }
  for (const entry of inside.tables) {
    found.sources.push({
      path: `${path}${sep}${entry.name.replaceAll('/', sep)}`,
      entry: entry.name,
      name: `${name}/${entry.name}`,
      bytes: entry.bytes,
    });
  }
  for (const { name: inner, reason } of inside.passedOver) found.passedOver.push({ name: `${name}/${inner}`, reason });
}

/** Null for a workbook, and for an archive that can't be read. */
async function tablesInside(path: string) {
  const file = await openFileBytes(path);
  try {
    const entries = await zipEntries(file);
    return officeDocument(entries) === null ? await tablesInArchive(entries) : null;
  } catch (error) {
    if (error instanceof DuecastError) return null;
    throw error;
  } finally {
    await file.close();
  }
}
