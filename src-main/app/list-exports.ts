import { readdir, stat } from 'node:fs/promises';
import { basename, extname, join, relative } from 'node:path';
import type { ExportFileView, ExportListView } from '../ipc/views.ts';

/** What a folder is searched for; files that the analyst names are taken whatever they are called. */
const ENDINGS = new Set(['.csv', '.tsv', '.tab', '.txt', '.dat', '.gz', '.zip', '.xlsx']);
const DEEPEST = 6;
const MOST = 1_000;

const inOrder = new Intl.Collator('en', { numeric: true });

/**
 * The files that were chosen or dropped; of folders the exports in them and in the folders below, by name. What can't
 * be looked at is left out, with the reason.
 */
export async function listExports(paths: readonly string[]): Promise<ExportListView> {
  const list: ExportListView = { files: [], left: [] };
  for (const path of paths) await addTo(list, path, '', 0);
  return list;
}

async function addTo(list: ExportListView, path: string, top: string, depth: number): Promise<void> {
  const name = top === '' ? basename(path) : relative(top, path);
  if (list.files.length >= MOST) {
    list.left.push({ file: name, reason: `only the first ${MOST.toLocaleString('en')} files are taken` });
    return;
  }
  try {
    const found = await stat(path);
    if (!found.isDirectory()) {
      if (!list.files.some((file) => file.path === path)) list.files.push(viewOf(path, name, found.size));
      return;
    }
    const before = list.files.length;
    const entries = await readdir(path, { withFileTypes: true });
    for (const entry of [...entries].sort((a, b) => inOrder.compare(a.name, b.name))) {
      if (/^(\.|~\$)/.test(entry.name)) continue;
      const isFolder = entry.isDirectory();
      if (isFolder ? depth >= DEEPEST : !ENDINGS.has(extname(entry.name).toLowerCase())) continue;
      await addTo(list, join(path, entry.name), top === '' ? path : top, depth + 1);
    }
    if (depth === 0 && list.files.length === before) {
      list.left.push({ file: name, reason: 'the folder holds no exports (CSV, text, Excel or ZIP files)' });
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown reason';
    list.left.push({ file: name, reason: `it can’t be looked at (${code})` });
  }
}

const viewOf = (path: string, file: string, bytes: number): ExportFileView => ({ path, file, bytes });
