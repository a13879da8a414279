import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { ImportDocument } from '../../src-main/ipc/documents.ts';
import { DuecastError } from '../../src-main/ipc/errors.ts';
import { createRandom } from '../../src-main/sequences/random.ts';
import type { PortfolioDb } from '../../src-main/store/database.ts';
import { dataOf } from '../store/portfolio-file.ts';
import { anyFile, broken } from './broken-files.ts';
import { zooExports, type ZooExport } from './expected-reading.ts';
import type { FuzzPlan, FuzzReport } from './fuzz.ts';
import { importTo, inPortfolio } from './import-export.ts';

/** Runs in a thread of its own, so that whoever watches can end a file that never ends. */
const say = (report: FuzzReport) => parentPort!.postMessage(report);
const plan = workerData as FuzzPlan;
const folder = mkdtempSync(join(tmpdir(), 'duecast-fuzz-'));
let read = 0;

await inPortfolio(folder, async (db) => {
  const history = 'customer,date,balance\nA,2026-01-30,1\nA,2026-01-31,2\n';
  writeFileSync(join(folder, 'before.csv'), history);
  await importTo(db, join(folder, 'before.csv'));
  const before = JSON.stringify(dataOf(db));

  const tryBytes = async (what: string, bytes: Uint8Array, ending: string, keep: boolean) => {
    const file = join(folder, `file${ending}`);
    writeFileSync(file, bytes);
    say({ kind: 'trying', what, bytes: bytes.length });
    try {
      const document = await importDry(db, file);
      if (document !== null) read++;
      assert.ok(!db.inTransaction, 'a transaction is left open');
      assert.ok(JSON.stringify(dataOf(db)) === before, 'a dry run or a refusal has changed the portfolio');
      if (keep && document !== null) await keepTwice(file, document);
    } catch (error) {
      const { stack, message } = error as Error;
      say({ kind: 'fault', what, why: stack ?? message, content: Buffer.from(bytes).toString('base64') });
    }
  };

  for (const original of plan.truncate.flatMap((name) => zooExports(name))) {
    const bytes = readFileSync(original.file);
    for (let length = 0; length < bytes.length; length += plan.truncateEvery) {
      await tryBytes(`${original.name} cut to ${length}`, bytes.subarray(0, length), extname(original.file), false);
    }
  }
  const originals = zooExports();
  for (let i = 0; i < plan.broken; i++) {
    const random = createRandom(plan.seed + i);
    const { name, file }: ZooExport = originals[random.integer(0, originals.length - 1)]!;
    await tryBytes(
      `${name} broken by seed ${plan.seed + i}`,
      broken(random, readFileSync(file)),
      extname(file),
      i % 8 === 0,
    );
  }
  for (let i = 0; i < plan.random; i++) {
    const random = createRandom(1_000_000 + plan.seed + i);
    const bytes = anyFile(random, plan.longest);
    await tryBytes(`random file of seed ${plan.seed + i}`, bytes, '.csv', i % 20 === 0);
  }
});
rmSync(folder, { recursive: true, force: true });
say({ kind: 'done', read });

/** The document, null where the file is refused in words for an analyst; everything else is a fault. */
async function importDry(db: PortfolioDb, file: string): Promise<ImportDocument | null> {
  try {
    const document = await importTo(db, file, [], true);
    checkDocument(document);
    return document;
  } catch (error) {
    if (!(error instanceof DuecastError)) throw error;
    const { code, message } = error;
    assert.ok(code === 'data-refused' || code === 'usage', `refused with ${code}: ${message}`);
    assert.doesNotMatch(message, /undefined|\[object|\bNaN\b/, 'a message that no analyst understands');
    return null;
  }
}

/** No row is lost: every one that was read has a fate, and a reason where it was set aside. */
function checkDocument({ rows, rejected, ...document }: ImportDocument): void {
  const { read, accepted, unchanged, conflicting, rejected: set } = rows;
  assert.ok(Math.min(read, accepted, unchanged, conflicting, set) >= 0, `fates below zero: ${JSON.stringify(rows)}`);
  assert.equal(accepted + unchanged + conflicting + set, read, `fates: ${JSON.stringify(rows)}`);
  assert.equal(rejected.length, Math.min(set, 1_000), 'rejected rows are listed');
  for (const { line, reason } of rejected)
    assert.ok(line > 0 && reason !== '', 'a rejection without a line or a reason');
  const { ledger } = document as { ledger?: { transactions: number; sum: string } };
  if (document.kind !== 'ledger') return;
  assert.equal(ledger?.transactions, accepted + unchanged);
  assert.match(ledger.sum, /^-?\d+(\.\d+)?$/);
}

/** What a dry run says is what happens, all of it arrives, and the same file again changes nothing. */
async function keepTwice(file: string, dry: ImportDocument): Promise<void> {
  await inPortfolio(folder, async (db) => {
    const first = await importTo(db, file);
    checkDocument(first);
    assert.deepEqual(first.rejected, dry.rejected, 'a dry run sets other rows aside');
    if (first.kind === 'ledger') {
      const stored = db.prepare<[], number>('SELECT count(*) FROM transactions').pluck().get();
      assert.equal(stored, first.rows.accepted, 'transactions in the portfolio');
    }
    const kept = JSON.stringify(dataOf(db));
    const second = await importTo(db, file);
    assert.equal(second.rows.unchanged, first.rows.accepted + first.rows.unchanged, 'the same file again');
    assert.equal(second.batchId, null, 'the same file again makes a batch');
    assert.ok(JSON.stringify(dataOf(db)) === kept, 'the same file again has changed the portfolio');
  });
}
