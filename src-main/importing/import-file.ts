import type { ImportDocument, RowCounts } from '../ipc/documents.ts';
import { DuecastError } from '../ipc/errors.ts';
import type { ImportRequest } from '../processes/store-api.ts';
import { HistoryBatch, OutcomesBatch, type Batch, type ImportContext } from './batches.ts';
import { fileChunks, hashing, openFileBytes, type FileBytes } from './bytes.ts';
import { examineFile, understand } from './examine.ts';
import type { Feature } from '../sequences/panel.ts';
import { LedgerBatch } from './ledger-batch.ts';
import { ledgerRowReader } from './ledger-rows.ts';
import { shippedProfiles, type Profile } from './profiles.ts';
import type { FileReading } from './reading.ts';
import { Rejections } from './rejections.ts';
import { RowLists } from './row-lists.ts';
import { TableReader, type TableRecord } from './table-reader.ts';
import type { ImportTarget } from './target.ts';
import { TextReader } from './text.ts';
import { typedRowReader } from './typed-rows.ts';

export type { ImportContext };

/**
 * Imports one file into a target: bytes → text → records → typed rows → target. Whether anything is kept (preview or
 * commit) is the target's affair; this is the same for both. `saved` are the portfolio's own profiles, which lead before those that ship.
 *
 * Errors: `file-missing`, `file-unreadable`; `usage` for settings and profiles that don't exist or don't fit the file;
 * `data-refused` where the file leaves open how it is read or no row of it can be taken; `cancelled`. The target's
 * `finish` is called only when none of them is thrown.
 */
export async function importFile(
  request: ImportRequest,
  target: ImportTarget,
  context: ImportContext,
  saved: readonly Profile[] = [],
): Promise<ImportDocument> {
  const startedAtMs = performance.now();
  const profiles = [...saved, ...(await shippedProfiles())];
  const wish = understand(request, profiles);
  const file = await openFileBytes(request.file);
  try {
    const reading = await examineFile(file, wish, profiles, target.portfolio, context);
    const { layout, timeStep, dated, dialect, warnings } = reading;
    const profile = reading.profile?.name ?? null;
    target.begin({
      file: file.name,
      kind: layout.kind,
      profile,
      timeStep,
      dated,
      features: [...layout.features, ...layout.statics].map(({ feature }) => feature),
    });
    warnings.push(...renamed(target.portfolio.features, layout.features));
    const rejections = new Rejections((row) => target.reject(row));
    const lists = new RowLists(target, layout);
    const { batch, take } = recordsTaker(reading, target, rejections, lists);
    const sha256 = await readRows(file, reading, take, context);
    await batch.end(context);

    const rows = { ...batch.rows, rejected: rejections.count };
    if (rows.accepted + rows.unchanged + rows.conflicting === 0) throw nothingRead(file.name, rows, rejections);
    const { columns } = layout;
    const { batchId, stepsWritten } = target.finish({ sha256, rows, dialect, columns, outcomeKind: batch.outcomeKind });
    return {
      batchId,
      file: file.name,
      sha256,
      kind: layout.kind,
      profile,
      timeStep,
      dialect,
      columns,
      rows,
      rejected: rejections.listed,
      conflicts: lists.conflicts,
      examples: { accepted: lists.accepted, unchanged: lists.unchanged },
      customers: batch.customers.size,
      steps: stepsWritten,
      seconds: (performance.now() - startedAtMs) / 1000,
      warnings: [...warnings, ...batch.warnings],
      ...(batch instanceof LedgerBatch ? { ledger: batch.totals } : {}),
    };
  } finally {
    await file.close();
  }
}

/** A column with another name than last month would quietly become a feature of its own. */
function renamed(known: readonly Feature[], read: readonly { feature: Feature }[]): string[] {
  const before = known.filter(({ kind }) => kind === 'history').map(({ name }) => name);
  const here = read.map(({ feature }) => feature.name);
  const added = here.filter((name) => !before.includes(name));
  const missing = before.filter((name) => !here.includes(name));
  if (added.length === 0 || missing.length === 0) return [];
  return [
    `New to this portfolio: ${added.join(', ')}. Not in this file: ${missing.join(', ')}. If a column was only renamed, undo this import, give the column its old name and import again.`,
  ];
}

/** The batch of a file's kind, and how a record comes into it. */
function recordsTaker(
  { layout, numbers, timeStep }: FileReading,
  target: ImportTarget,
  rejections: Rejections,
  lists: RowLists,
): { batch: LedgerBatch | Batch; take: (record: TableRecord) => void } {
  if (layout.ledger !== null) {
    const batch = new LedgerBatch(layout, target, lists, rejections);
    const readRow = ledgerRowReader(layout, numbers);
    return { batch, take: (reader) => batch.take(readRow(reader), reader) };
  }
  const batch =
    layout.kind === 'outcomes' ? new OutcomesBatch(layout, target, lists) : new HistoryBatch(layout, target, lists);
  const readRow = typedRowReader(layout, numbers, timeStep);
  const take = (reader: TableRecord) => {
    batch.rows.read++;
    const row = readRow(reader);
    const fate = 'reason' in row ? row : batch.take(row, reader.line);
    if (typeof fate !== 'string') rejections.add(reader, fate);
    else if (fate !== 'conflicting') lists.add(fate, reader);
  };
  return { batch, take };
}

/** Reads all records of a file; answers the sha256 of its bytes. */
async function readRows(
  file: FileBytes,
  { table, dialect, warnings }: FileReading,
  take: (record: TableRecord) => void,
  { signal, progress }: ImportContext,
): Promise<string> {
  const reader = new TableReader(table);
  const text = new TextReader(dialect.encoding);
  const takeRecords = () => {
    while (reader.next()) take(reader);
  };
  const hashed = hashing(fileChunks(file, signal, (done) => progress({ phase: 'rows', done, total: file.size })));
  for await (const chunk of hashed.chunks) {
    reader.push(text.decode(chunk));
    takeRecords();
  }
  reader.push(text.end());
  reader.end();
  takeRecords();
  warnings.push(...reader.warnings());
  return hashed.digest();
}

function nothingRead(file: string, rows: RowCounts, rejections: Rejections): DuecastError {
  const most = rejections.mostCommon();
  if (most === null) {
    return new DuecastError('data-refused', `${file} has a header and no rows below it; nothing was imported.`);
  }
  const { column, line, reason } = most.first;
  const where = column === null ? `line ${line}` : `line ${line}, column "${column}"`;
  return new DuecastError(
    'data-refused',
    `No row of ${file} could be read (${rows.read} rows); nothing was imported. The most common reason, ${most.count} times, ` +
      `first at ${where}: ${reason}. Check how the file is read (delimiter, decimal, dateFormat, columns).`,
  );
}
