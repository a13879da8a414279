import { posix } from 'node:path';
import { DuecastError } from '../../ipc/errors.ts';
import type { ZipEntry } from '../containers/zip-archive.ts';
import { builtInFormat, formatOfCode, type CellFormat } from './cell-text.ts';
import { readXml } from './xml.ts';

/** Characters of a workbook's table of texts that are held in memory. */
const MOST_SHARED = 300_000_000;

export interface SheetPart {
  name: string;
  isHidden: boolean;
  entry: ZipEntry;
}

/** What all sheets of a workbook share. */
export interface WorkbookParts {
  sheets: SheetPart[];
  is1904: boolean;
  strings: string[];
  /** By the number that a cell gives as its style. */
  formats: CellFormat[];
}

/** Finds a part of a workbook by its path, whose case some programs don't keep. */
export type FindPart = (path: string) => ZipEntry | null;

export const partsByName = (entries: readonly ZipEntry[]): FindPart => {
  const byName = new Map(entries.map((entry) => [entry.name.toLowerCase().replace(/^\//, ''), entry]));
  return (path) => byName.get(path.toLowerCase().replace(/^\//, '')) ?? null;
};

/** Reads all parts of a workbook but the sheets themselves. Errors: those of the XML, of the archive, `data-refused`. */
export async function readParts(find: FindPart, name: string, signal: AbortSignal): Promise<WorkbookParts> {
  const workbook = find((await relations(find, '', signal)).of('officeDocument') ?? 'xl/workbook.xml');
  if (workbook === null)
    throw new DuecastError('data-refused', `${name} names no workbook inside; nothing was imported.`);
  const related = await relations(find, workbook.name, signal);
  const found: { name: string; id: string; isHidden: boolean }[] = [];
  let is1904 = false;
  await readXml(
    workbook.chunks(),
    {
      open(tag, attributes) {
        if (tag === 'workbookPr') is1904 = isTrue(attributes['date1904']);
        if (tag !== 'sheet') return;
        const id = Object.entries(attributes).find(([key]) => /(^|:)id$/.test(key))?.[1] ?? '';
        found.push({ name: attributes['name'] ?? '', id, isHidden: /hidden/i.test(attributes['state'] ?? '') });
      },
    },
    signal,
  );
  const sheets = found.flatMap(({ name: title, id, isHidden }) => {
    const target = related.byId.get(id);
    const entry = target?.type.endsWith('/worksheet') === true ? find(target.path) : null;
    return entry === null ? [] : [{ name: title, isHidden, entry }];
  });
  const strings = find(related.of('sharedStrings') ?? '');
  const styles = find(related.of('styles') ?? '');
  return {
    sheets,
    is1904,
    strings: strings === null ? [] : await sharedStrings(strings, name, signal),
    formats: styles === null ? [] : await cellFormats(styles, signal),
  };
}

const isTrue = (text: string | undefined) => text === '1' || text === 'true';

/** The parts that a part (empty: the package) refers to. */
async function relations(find: FindPart, of: string, signal: AbortSignal) {
  const folder = posix.dirname(of);
  const entry = find(posix.join(folder, '_rels', `${posix.basename(of)}.rels`));
  const byId = new Map<string, { type: string; path: string }>();
  if (entry !== null) {
    await readXml(
      entry.chunks(),
      {
        open(tag, { Id: id = '', Type: type = '', Target: target = '' }) {
          if (tag !== 'Relationship') return;
          byId.set(id, { type, path: target.startsWith('/') ? target.slice(1) : posix.join(folder, target) });
        },
      },
      signal,
    );
  }
  const ofType = (type: string) => [...byId.values()].find((relation) => relation.type.endsWith(`/${type}`))?.path;
  return { byId, of: ofType };
}

/** The texts that cells refer to by number; of text in several fonts all runs, without the readings above characters. */
async function sharedStrings(entry: ZipEntry, name: string, signal: AbortSignal): Promise<string[]> {
  const strings: string[] = [];
  let text = '';
  let inText = false;
  let inReading = false;
  let characters = 0;
  await readXml(
    entry.chunks(),
    {
      open(tag) {
        if (tag === 'si') text = '';
        else if (tag === 't') inText = !inReading;
        else if (tag === 'rPh') inReading = true;
      },
      text(piece) {
        if (inText) text += piece;
      },
      close(tag) {
        if (tag === 't') inText = false;
        else if (tag === 'rPh') inReading = false;
        else if (tag === 'si') {
          strings.push(cellText(text));
          characters += text.length;
        }
      },
    },
    signal,
    async () => {
      if (characters <= MOST_SHARED) return;
      throw new DuecastError(
        'data-refused',
        `${name} holds more texts than can be read from a workbook; nothing was imported. Save the sheet as CSV and import that.`,
      );
    },
  );
  return strings;
}

/** A text on one line, so that a row stays one line; characters that XML can't hold are written as _x000D_. */
export const cellText = (text: string): string =>
  text
    .replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    .replaceAll(/[\r\n]+/g, ' ')
    .replaceAll('\0', '');

async function cellFormats(entry: ZipEntry, signal: AbortSignal): Promise<CellFormat[]> {
  const codes = new Map<number, string>();
  const formats: CellFormat[] = [];
  let inCellFormats = false;
  await readXml(
    entry.chunks(),
    {
      open(tag, attributes) {
        if (tag === 'numFmt') codes.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
        else if (tag === 'cellXfs') inCellFormats = true;
        else if (tag === 'xf' && inCellFormats) {
          const id = Number(attributes['numFmtId'] ?? 0);
          const code = codes.get(id);
          formats.push(code === undefined ? builtInFormat(id) : formatOfCode(code));
        }
      },
      close(tag) {
        if (tag === 'cellXfs') inCellFormats = false;
      },
    },
    signal,
  );
  return formats;
}
