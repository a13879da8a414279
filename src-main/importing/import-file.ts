import type { ImportDocument, RowCounts } from '../ipc/documents.ts';
import { DuecastError } from '../ipc/errors.ts';
import type { ImportRequest } from '../processes/store-api.ts';
import { HistoryBatch, OutcomesBatch, type Batch, type ImportContext, type KeptFate } from './batches.ts';
import type { FileBytes } from './bytes.ts';
import { openTable } from './containers/open-table.ts';
import { understand } from './examine.ts';
import type { Feature } from '../sequences/panel.ts';
import type { Layout } from './layout.ts';
import { LedgerBatch } from './ledger-batch.ts';
import type { LedgerRow } from './ledger-rows.ts';
import { periodOf } from './period.ts';
import { shippedProfiles, type Profile } from './profiles.ts';
import type { FileReading } from './reading.ts';
import { Rejections, type Rejection } from './rejections.ts';
import { BlockCursor, type RowBlock } from './row-blocks.ts';
import { RowLists } from './row-lists.ts';
import { settleReading } from './settle-reading.ts';
import type { ImportTarget } from './target.ts';
import type { TypedRow } from './typed-rows.ts';

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
  const file = await openTable(request.file, { sheet: wish.given.sheet, signal: context.signal });
  try {
    target.expect(file.size);
    const { reading, read } = await settleReading(
      { file, path: request.file, asked: request, wish, profiles, portfolio: target.portfolio },
      context,
      (reading, blocks) => takeRows(file, reading, blocks, target),
      () => target.restart(),
    );
    const { batch, lists, rejections } = read;
    const sha256 = file.sha256 ?? read.sha256;
    const { layout, timeStep, dialect } = reading;
    await batch.end(context);

    const profile = reading.profile?.name ?? null;
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
      period: periodOf(batch.customers, timeStep, reading.dated),
      seconds: (performance.now() - startedAtMs) / 1000,
      warnings: [
        ...reading.warnings,
        ...read.warnings,
        ...renamed(target.portfolio.features, layout.features),
        ...batch.warnings,
      ],
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

/** What has come of a file's rows. */
interface TakenRows {
  batch: Batch | LedgerBatch;
  lists: RowLists;
  rejections: Rejections;
  sha256: string;
  /** Of the reading of the table. */
  warnings: string[];
}

/** Sends rows to the target, until there are no more or `blocks` ends for another reason. */
async function takeRows(
  file: FileBytes,
  { layout, profile, timeStep, dated }: FileReading,
  blocks: AsyncIterable<RowBlock>,
  target: ImportTarget,
): Promise<TakenRows> {
  target.begin({
    file: file.name,
    kind: layout.kind,
    profile: profile?.name ?? null,
    timeStep,
    dated,
    features: [...layout.features, ...layout.statics].map(({ feature }) => feature),
  });
  const rejections = new Rejections((row) => target.reject(row));
  const lists = new RowLists(target, layout);
  const batch = batchOf(layout, target, lists, rejections);
  const record = new BlockCursor();
  let sha256 = '';
  let warnings: string[] = [];
  for await (const block of blocks) {
    record.open(block);
    if (batch instanceof LedgerBatch) takeLedgerBlock(block, record, batch);
    else takeBlock(block, record, batch, rejections, lists);
    sha256 = block.sha256 ?? '';
    warnings = block.warnings;
  }
  return { batch, lists, rejections, sha256, warnings };
}

function batchOf(layout: Layout, target: ImportTarget, lists: RowLists, rejections: Rejections): Batch | LedgerBatch {
  if (layout.kind === 'ledger') return new LedgerBatch(layout, target, lists, rejections);
  return layout.kind === 'outcomes'
    ? new OutcomesBatch(layout, target, lists)
    : new HistoryBatch(layout, target, lists);
}

function takeBlock(
  { lines, rows, rejections: unread }: RowBlock,
  record: BlockCursor,
  batch: Batch,
  rejections: Rejections,
  lists: RowLists,
): void {
  let rejected = 0;
  for (let at = 0; at < lines.length; at++) {
    record.moveTo(at);
    batch.rows.read++;
    let fate: Rejection | KeptFate;
    if (unread[rejected]?.at === at) fate = unread[rejected++]!.rejection;
    else if ('plain' in rows) fate = batch.take(rows.plain[at - rejected] as TypedRow, lines[at]!);
    else fate = batch.takePacked!(rows.packed, at - rejected, lines[at]!);
    if (typeof fate !== 'string') rejections.add(record, fate);
    else if (fate !== 'conflicting') lists.add(fate, record);
  }
}

function takeLedgerBlock({ lines, rows, rejections: unread }: RowBlock, record: BlockCursor, batch: LedgerBatch): void {
  const { plain } = rows as { plain: LedgerRow[] };
  let rejected = 0;
  for (let at = 0; at < lines.length; at++) {
    record.moveTo(at);
    const row = unread[rejected]?.at === at ? unread[rejected++]!.rejection : plain[at - rejected]!;
    batch.take(row, record);
  }
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
