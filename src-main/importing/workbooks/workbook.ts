import { DuecastError } from '../../ipc/errors.ts';
import type { FileBytes } from '../bytes.ts';
import { sha256Of } from '../containers/unpacking.ts';
import type { ZipEntry } from '../containers/zip-archive.ts';
import { partsByName, readParts, type SheetPart, type WorkbookParts } from './parts.ts';
import { damagedSheet, SHEET_DELIMITER, writeSheet, type SheetText } from './sheet-text.ts';

/** What a zip archive is, by the files in it: null for an archive of files. */
export function officeDocument(entries: readonly ZipEntry[]): 'workbook' | { what: string; advice: string } | null {
  const has = (pattern: RegExp) => entries.some(({ name }) => pattern.test(name));
  const save = 'Save it as an Excel workbook (.xlsx) or as CSV, and import that.';
  if (has(/^\/?xl\/workbook\.xml$/i) || (has(/^\[Content_Types\]\.xml$/i) && has(/(^|\/)worksheets\/[^/]+\.xml$/i)))
    return 'workbook';
  if (has(/^\/?xl\/workbook\.bin$/i)) return { what: 'a binary Excel workbook (.xlsb)', advice: save };
  if (has(/^\/?word\/document\.xml$/i)) return { what: 'a Word document', advice: save };
  if (has(/^\/?ppt\/presentation\.xml$/i)) return { what: 'a PowerPoint presentation', advice: save };
  if (has(/^mimetype$/) && has(/^content\.xml$/)) return { what: 'an OpenDocument file', advice: save };
  if (has(/^Index\/.*\.iwa$/) || has(/^Index\.zip$/)) return { what: 'a Numbers or Pages document', advice: save };
  return null;
}

/**
 * Reads a sheet of a workbook (by name, or by number from 1; null: the first that is shown and holds a table) into text.
 *
 * Errors: `usage` where there is no such sheet; `data-refused` where the workbook is broken or holds no table;
 * `file-unreadable`; `cancelled`.
 */
export async function openWorkbook(
  file: FileBytes,
  entries: readonly ZipEntry[],
  asked: string | null,
  signal: AbortSignal,
): Promise<FileBytes> {
  const parts = await readable(file.name, () => readParts(partsByName(entries), file.name, signal));
  const { sheets } = parts;
  if (sheets.length === 0)
    throw new DuecastError('data-refused', `${file.name} is a workbook without sheets; nothing was imported.`);
  const chosen = asked === null ? null : sheetNamed(sheets, asked, file.name);
  const candidates = chosen === null ? [...sheets].sort((a, b) => Number(a.isHidden) - Number(b.isHidden)) : [chosen];
  for (const sheet of candidates) {
    const text = await sheetText(file.name, sheet, parts, signal);
    const last = sheet === candidates.at(-1);
    if (text.isTable || (chosen !== null && text.bytes.size > 0)) return fileBytes(file, sheet, sheets, text, signal);
    await text.bytes.close();
    if (last) break;
  }
  const where = chosen === null ? `No sheet of ${file.name}` : `Sheet “${chosen.name}” of ${file.name} is not one that`;
  throw new DuecastError(
    'data-refused',
    `${where} holds a table; nothing was imported. The workbook has ${listOf(sheets)}; give sheet= to choose one.`,
  );
}

async function sheetText(
  name: string,
  sheet: SheetPart,
  parts: WorkbookParts,
  signal: AbortSignal,
): Promise<SheetText> {
  try {
    return await writeSheet(name, sheet, parts, signal);
  } catch (error) {
    throw damagedSheet(name, sheet.name, error);
  }
}

async function fileBytes(
  file: FileBytes,
  sheet: SheetPart,
  sheets: readonly SheetPart[],
  { bytes }: SheetText,
  signal: AbortSignal,
): Promise<FileBytes> {
  try {
    return {
      name: file.name,
      size: bytes.size,
      sha256: file.sha256 ?? (await sha256Of(file, signal)),
      delimiter: SHEET_DELIMITER,
      sheets: { all: sheets.map(({ name }) => name), read: sheet.name },
      notes: [...(file.notes ?? []), ...noteOf(sheet, sheets)],
      readAt: (offset, length) => bytes.readAt(offset, length),
      close: () => bytes.close(),
    };
  } catch (error) {
    await bytes.close();
    throw error;
  }
}

function noteOf(sheet: SheetPart, sheets: readonly SheetPart[]): string[] {
  const others = sheets.filter((other) => other !== sheet);
  if (others.length === 0) return [];
  return [`Sheet “${sheet.name}” was read; not ${listOf(others)}. Another is chosen with sheet=.`];
}

function listOf(sheets: readonly SheetPart[]): string {
  const shown = sheets.slice(0, 10).map(({ name, isHidden }) => `“${name}”${isHidden ? ' (hidden)' : ''}`);
  const more = sheets.length - shown.length;
  return shown.join(', ') + (more > 0 ? ` and ${more} more` : '');
}

function sheetNamed(sheets: readonly SheetPart[], asked: string, name: string): SheetPart {
  const wanted = asked.trim().toLowerCase();
  const number = /^\d+$/.test(wanted) ? Number(wanted) : 0;
  const found =
    sheets.find((sheet) => sheet.name === asked) ??
    sheets.find((sheet) => sheet.name.trim().toLowerCase() === wanted) ??
    sheets[number - 1];
  if (found !== undefined) return found;
  throw new DuecastError(
    'usage',
    `${name} has no sheet “${asked}”. It has ${listOf(sheets)}; give one, or its number from 1.`,
  );
}

async function readable<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DuecastError) throw error;
    throw new DuecastError(
      'data-refused',
      `${name} is a damaged workbook and can't be read; nothing was imported. Open it in Excel, save it again and import that.`,
      String(error),
    );
  }
}
