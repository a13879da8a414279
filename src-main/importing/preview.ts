import { basename } from 'node:path';
import { DuecastError, toFailure, type Failure } from '../ipc/errors.ts';
import type { FilePreview, PreviewColumn } from '../ipc/views.ts';
import type { ImportContext } from './batches.ts';
import type { FileBytes } from './bytes.ts';
import { openTable } from './containers/open-table.ts';
import type { Table } from './dialect.ts';
import { CustomerHistories, noteRow } from './customer-histories.ts';
import { doubtOf } from './doubts.ts';
import { examineFile, understand, type AskedReading } from './examine.ts';
import type { Layout } from './layout.ts';
import type { NumberFormat } from './numbers.ts';
import { mixedFlags } from './outcomes.ts';
import { shippedProfiles, type Profile } from './profiles.ts';
import type { FileReading, Findings } from './reading.ts';
import { whyCut, whyEncoding, whyValues, type Say } from './reasons.ts';
import { encodingOfHead, TextReader } from './text.ts';
import type { RowBlock } from './row-blocks.ts';
import { settleReading, type Asked } from './settle-reading.ts';
import { noSettings, readSettings, sheetOf } from './settings.ts';
import type { PortfolioShape } from './target.ts';

const RAW_LINES = 60;
const LONGEST_RAW_LINE = 500;
const ROWS = 20;
const SAMPLES = 3;
const LONGEST_CELL = 200;

const SETTING_KEYS = new RegExp(`\\b(${Object.keys(noSettings()).join('|')})=`, 'g');

type PreviewRequest = AskedReading & { file: string };

/** Finds out how a file is read, as far as it can; fills `findings`. */
type Decide = (asked: Asked, findings: Findings) => Promise<FileReading>;

/**
 * How a file would be read, from a look at its beginning, its middle and its end, whatever its size. Of a file that is
 * looked at whole this is what `importFile` decides; else it is `provisional`, and `wholePreview` says what counts. A
 * file that can't be read as asked is no error: `problem` says why.
 *
 * Errors: `file-missing`, `file-unreadable`; `usage` where there is no such profile.
 */
export function previewFile(
  request: PreviewRequest,
  portfolio: PortfolioShape,
  saved: readonly Profile[],
): Promise<FilePreview> {
  const unheard = { signal: new AbortController().signal, progress: () => undefined };
  return previewBy(request, portfolio, saved, true, unheard.signal, ({ file, wish, profiles }, findings) =>
    examineFile(file, wish, profiles, portfolio, unheard, findings, { quick: true }),
  );
}

/**
 * How a file is read once every row has been looked at: what `importFile` decides with. Errors as `previewFile`, and
 * `cancelled`.
 */
export function wholePreview(
  request: PreviewRequest,
  portfolio: PortfolioShape,
  saved: readonly Profile[],
  context: ImportContext,
): Promise<FilePreview> {
  return previewBy(request, portfolio, saved, false, context.signal, async (asked, findings) => {
    const readAll = async (_: FileReading, blocks: AsyncIterable<RowBlock>) => {
      for await (const _ of blocks);
    };
    return (await settleReading(asked, context, readAll, () => undefined, findings)).reading;
  });
}

async function previewBy(
  request: PreviewRequest,
  portfolio: PortfolioShape,
  saved: readonly Profile[],
  quick: boolean,
  signal: AbortSignal,
  decide: Decide,
): Promise<FilePreview> {
  const preview: FilePreview = {
    file: basename(request.file),
    bytes: 0,
    sheets: [],
    sheet: null,
    provisional: false,
    rawLines: [],
    dialect: {},
    why: {},
    columns: [],
    rows: [],
    reading: null,
    problem: null,
    toSet: [],
  };
  let file: FileBytes;
  try {
    file = await openTable(request.file, { sheet: sheetOf(request.settings), signal });
  } catch (error) {
    if (!(error instanceof DuecastError) || (error.code !== 'data-refused' && error.code !== 'usage')) throw error;
    return { ...preview, problem: withoutImport(error), toSet: settingsIn(error.message) };
  }
  try {
    const profiles = [...saved, ...(await shippedProfiles())];
    const findings: Findings = {};
    let reading: FileReading | null = null;
    try {
      const wish = understand(request, profiles);
      reading = await decide({ file, path: request.file, asked: request, wish, profiles, portfolio }, findings);
    } catch (error) {
      if (!(error instanceof DuecastError) || ['file-unreadable', 'cancelled'].includes(error.code)) throw error;
      preview.problem = withoutImport(error);
      preview.toSet = settingsIn(error.message);
    }
    preview.bytes = file.size;
    preview.provisional = quick && findings.sample?.whole === false;
    if (file.sheets !== undefined) Object.assign(preview, { sheets: [...file.sheets.all], sheet: file.sheets.read });
    preview.rawLines = await rawLines(file, findings);
    await describe(preview, file, request, findings, reading, portfolio);
    return preview;
  } finally {
    await file.close();
  }
}

/** A preview imports nothing in any case. */
function withoutImport(error: DuecastError): Failure {
  const failure = toFailure(error);
  return { ...failure, message: failure.message.replace(/;? nothing was imported/i, '') };
}

/** The settings that a message says to give. */
const settingsIn = (message: string): string[] => [
  ...new Set([...message.matchAll(SETTING_KEYS)].map(([, key]) => key!)),
];

/** Fills in all that has been found out, up to the whole reading. */
async function describe(
  preview: FilePreview,
  file: FileBytes,
  request: AskedReading,
  { encoding, whyEncoding: whyFound = '', sample, profile = null, table, layout, named = new Set() }: Findings,
  reading: FileReading | null,
  portfolio: PortfolioShape,
): Promise<void> {
  if (encoding === undefined || sample === undefined) return;
  const say: Say = { given: readSettings(request.settings), profile };
  preview.dialect = { encoding };
  preview.why = { encoding: whyEncoding(whyFound, await file.readAt(0, 4096), say) };
  if (table === undefined) return;
  const { delimiter, quote, headerLine, names } = table;
  Object.assign(preview.dialect, { delimiter, quote, headerLine });
  Object.assign(preview.why, whyCut(sample, table, say));
  preview.rows = table.rows.slice(0, ROWS).map((row) => names.map((_, i) => row[i]!.slice(0, LONGEST_CELL)));
  preview.columns = names.map((name, column) => ({
    ...open(name),
    ...layout?.columns[column],
    samples: samplesOf(table, column),
  }));
  // A profile says what every column of its header is.
  if (layout !== undefined && profile === null) {
    const numbers: NumberFormat | null = reading?.numbers ?? null;
    preview.columns.forEach((column, i) => {
      const doubt = doubtOf(i, { table, layout, named, numbers }, portfolio);
      if (doubt !== null) Object.assign(column, { unsure: true, why: `${doubt} ${capital(column.why)}` });
    });
  }
  if (reading === null) return;
  preview.dialect = reading.dialect;
  Object.assign(preview.why, whyValues(reading, portfolio, say));
  const { timeStep, dated } = reading;
  const mixed = portfolio.outcomeKind === 'dated' ? null : mixedIn(reading.table, reading.layout);
  const sampled = sample.whole ? '' : 'In the rows looked at: ';
  const warnings = [...reading.warnings, ...(mixed === null ? [] : [`${sampled}${mixed}`])];
  preview.reading = { kind: reading.layout.kind, profile: profile?.name ?? null, timeStep, dated, warnings };
}

/** What to check about flags in the rows looked at. */
function mixedIn({ rows }: Table, { kind, customer: column, outcome, outcomeDate }: Layout): string | null {
  if (kind !== 'history' || outcome === null || outcomeDate !== null) return null;
  const customers = new CustomerHistories();
  // Their order will do: only whether each customer's flag changes is asked.
  rows.forEach((row, at) => {
    const flag = outcome.read(row[outcome.column]!.trim()) ?? null;
    noteRow(customers.of(row[column]!.trim()), { steps: [at], flag, eventStep: null, statics: [] });
  });
  return mixedFlags(customers);
}

/** A column whose role could not be decided. */
const open = (name: string): PreviewColumn => ({
  name,
  role: null,
  feature: null,
  why: 'not decided yet',
  samples: [],
  unsure: false,
});

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

function samplesOf({ rows }: Table, column: number): string[] {
  const found = new Set<string>();
  for (const row of rows) {
    const cell = row[column]!.trim();
    if (cell === '') continue;
    found.add(cell.length > LONGEST_CELL ? `${cell.slice(0, LONGEST_CELL)}…` : cell);
    if (found.size === SAMPLES) break;
  }
  return [...found];
}

/** The first physical lines; where no encoding was found, by the one that the first bytes show. */
async function rawLines(file: FileBytes, { encoding, sample }: Findings): Promise<string[]> {
  const head = await file.readAt(0, 1 << 16);
  // What was refused as no text at all would only be noise.
  if (encoding === undefined && head.subarray(0, 512).includes(0) && encodingOfHead(head) === null) return [];
  const text = sample?.head ?? new TextReader(encoding ?? encodingOfHead(head) ?? 'utf-8').decode(head);
  const lines = text.slice(0, RAW_LINES * 4 * LONGEST_RAW_LINE).split(/\r\n|\n|\r/, RAW_LINES);
  if (lines.length < RAW_LINES && lines[lines.length - 1] === '') lines.pop();
  return lines.map((line) => (line.length > LONGEST_RAW_LINE ? `${line.slice(0, LONGEST_RAW_LINE)}…` : line));
}
