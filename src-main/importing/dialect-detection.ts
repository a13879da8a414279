import { DuecastError } from '../ipc/errors.ts';
import { looksNumeric } from './numbers.ts';
import { RecordReader, type RecordDialect } from './records.ts';
import { fitsWidth } from './row-shape.ts';
import type { TextSample } from './sample.ts';
import type { ImportSettings } from './settings.ts';
import { findBody, type SampledRecord } from './table-body.ts';

const DELIMITERS = [',', ';', '\t', '|'];
/** Tried where these make no table. */
const RARE_DELIMITERS = ['^', '~', '¦', '\u0001', '\u001f'];
/** So many records show how lines are cut, and where the table is; so many more where it is far down. */
const LOOKED_AT = 600;
const LOOKED_AT_MOST = 20_000;

export interface DetectedDialect {
  dialect: RecordDialect;
  /** The first records of the file, by it. */
  records: SampledRecord[];
}

interface Look {
  sample: TextSample;
  /** A line that only announces the delimiter. */
  firstLine: number;
  limit: number;
}

interface Candidate extends DetectedDialect {
  score: number;
  /** Its columns hold dates or numbers. */
  typed: boolean;
  broken: number;
}

/** The records of a text; the last one of a text that goes on may be cut, and is left out. */
export function recordsOf(text: string, whole: boolean, dialect: RecordDialect, limit = Infinity): SampledRecord[] {
  const reader = new RecordReader(dialect);
  reader.push(text);
  reader.end();
  const records: SampledRecord[] = [];
  while (records.length < limit && reader.next()) {
    records.push({ line: reader.line, fields: reader.fields, text: reader.text });
  }
  if (!whole && records.length > 1 && records.length < limit) records.pop();
  return records;
}

/**
 * The delimiter, the quote and how it is escaped by which the records of a file make the most of a table: many rows of
 * many columns with numbers and dates in them. What is given or announced by a first line `sep=;` is kept.
 *
 * `data-refused` where no delimiter makes two columns.
 */
export function detectDialect(sample: TextSample, settings: ImportSettings): DetectedDialect {
  const announced = /^\ufeff?"?sep=(.)"?\s*[\r\n]/i.exec(sample.head)?.[1] ?? null;
  const known = settings.delimiter ?? announced;
  const look: Look = { sample, firstLine: announced === null ? 0 : 1, limit: LOOKED_AT };
  const quotes = settings.quote === null ? quotesIn(sample.head) : [settings.quote];
  for (const limit of [LOOKED_AT, LOOKED_AT_MOST]) {
    for (const delimiters of known === null ? [DELIMITERS, RARE_DELIMITERS] : [[known]]) {
      let best: Candidate | null = null;
      for (const delimiter of delimiters) {
        for (const quote of quotes) {
          const found = bestReading({ ...look, limit }, { delimiter, quote }, settings.quote !== null);
          if (found !== null && (best === null || found.score > best.score + 1e-9)) best = found;
        }
      }
      if (best !== null && (best.typed || best.records.length < limit || limit === LOOKED_AT_MOST)) return best;
    }
  }
  const records = recordsOf(sample.head, sample.whole, { delimiter: known ?? ',', quote: '"' }, LOOKED_AT);
  if (records.every(({ line }) => line <= look.firstLine))
    return { dialect: { delimiter: known ?? ',', quote: '"' }, records: [] };
  if (delimitersOf(known).some((delimiter) => isHeaderAlone(sample, { delimiter, quote: '"' }))) {
    throw new DuecastError('data-refused', 'The file holds a header and no rows below it; nothing was imported.');
  }
  throw new DuecastError(
    'data-refused',
    `${known === null ? 'No delimiter (comma, semicolon, tab, |)' : `"${known === '\t' ? 'tab' : known}" as the delimiter never`} cuts the lines of this file into columns, so it is one column ` +
      'only; nothing was imported. Check that it is a table saved as CSV with at least a customer and a value, and say ' +
      'the delimiter with delimiter=.',
  );
}

const delimitersOf = (known: string | null) => (known === null ? DELIMITERS : [known]);

/** The last line with text is one of several names, wider than all above it. */
function isHeaderAlone({ head, whole }: TextSample, dialect: RecordDialect): boolean {
  const records = recordsOf(head, whole, dialect, LOOKED_AT).filter(({ fields }) =>
    fields.some((cell) => cell.trim() !== ''),
  );
  const names = (records.pop()?.fields ?? []).filter((cell) => cell.trim() !== '');
  const isNames = names.length > 2 && names.every((cell) => /\p{L}/u.test(cell) && cell.length < 60);
  return (
    whole && isNames && records.every(({ fields }) => fields.filter((cell) => cell.trim() !== '').length < names.length)
  );
}

/** The plain reading of a delimiter and a quote, or the variant of it that makes more of a table. */
function bestReading(
  { sample, firstLine, limit }: Look,
  dialect: RecordDialect,
  quoteGiven: boolean,
): Candidate | null {
  const { delimiter, quote } = dialect;
  const look = (variant: RecordDialect): Candidate => {
    const records = recordsOf(sample.head, sample.whole, variant, limit).filter(({ line }) => line > firstLine);
    const body = findBody(records);
    // A text with a delimiter here and there is no table.
    const isTable = body !== null && (body.typed || body.count * 2 > records.length);
    const score = isTable ? body.score * cleanness(records, body.width, delimiter) ** 2 : 0;
    const broken = records.filter(({ fields }) => fields.length === 0).length;
    return { dialect: variant, records, score, typed: body?.typed === true, broken };
  };
  let best = look(dialect);
  const mostly = (test: (record: SampledRecord) => boolean, among = best.records) =>
    among.filter(test).length * 2 > among.length;
  const tryVariant = (variant: RecordDialect, atLeast = 1) => {
    const other = look(variant);
    if (other.score > 0 && other.score >= best.score * atLeast) best = other;
  };
  if (quote !== '' && mostly(({ fields }) => isWrapped(fields, delimiter))) {
    tryVariant({ ...dialect, wrapped: true });
  }
  const cutRecords = best.records.filter(({ fields }) => fields.length > 1);
  if (delimiter === '|' && mostly(({ text }) => /^\s*\|.*\|\s*$/.test(text), cutRecords))
    tryVariant({ ...dialect, edged: true }, 0);
  // Escaped quotes stand before more text; a path may end in a backslash.
  if (quote !== '' && hasEscapes(sample.head, delimiter, quote)) tryVariant({ ...best.dialect, backslash: true });
  if (!quoteGiven && quote !== '' && best.broken * 4 > best.records.length) {
    tryVariant({ ...dialect, quote: '' }, 1 + 1e-9);
  }
  return best.score > 0 ? best : null;
}

/** One cell with the whole line in it. */
const isWrapped = (fields: readonly string[], delimiter: string) =>
  fields.length > 0 && fields[0]!.includes(delimiter) && fields.slice(1).every((cell) => cell.trim() === '');

function hasEscapes(text: string, delimiter: string, quote: string): boolean {
  for (let at = text.indexOf(`\\${quote}`); at >= 0; at = text.indexOf(`\\${quote}`, at + 2)) {
    const next = text[at + 2];
    if (next !== undefined && next !== delimiter && next !== '\n' && next !== '\r' && next !== quote) return true;
  }
  return false;
}

/** Quotes that may be meant: the single one only where cells begin and end with it, more of them than with the double. */
function quotesIn(text: string): string[] {
  const lines = text.slice(0, 1 << 16);
  const count = (quote: string) =>
    lines.match(new RegExp(`(?<=^|[,;\\t|])[ ]*${quote}[^${quote}\\r\\n]*${quote}[ ]*(?=$|[,;\\t|\\r\\n])`, 'gm'))
      ?.length ?? 0;
  const single = count("'");
  return single > 2 && single > 2 * count('"') ? ["'", '"'] : ['"'];
}

/**
 * The share of cells that hold no other delimiter with a number beside it (1,5;2,5 are two numbers with a decimal
 * comma) or at one of their ends.
 */
function cleanness(records: readonly SampledRecord[], width: number, delimiter: string): number {
  const others = DELIMITERS.filter((other) => other !== delimiter);
  let cells = 0;
  let clean = 0;
  for (const { fields } of records) {
    if (!fitsWidth(fields, width)) continue;
    for (const cell of fields) {
      cells++;
      const text = cell.trim();
      const cut = others.some(
        (other) =>
          text.includes(other) &&
          (text.startsWith(other) || text.endsWith(other) || (other !== ',' && text.split(other).some(looksNumeric))),
      );
      if (!cut) clean++;
    }
  }
  return cells === 0 ? 0 : clean / cells;
}
