import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { test, type TestContext } from 'node:test';
import { importFile } from '../../src-main/importing/import-file.ts';
import { createNodeHost } from '../../src-main/processes/node-host.ts';
import { connect } from '../../src-main/processes/rpc.ts';
import type { StoreApi } from '../../src-main/processes/store-api.ts';
import { createStoreHandlers } from '../../src-main/processes/store-handlers.ts';
import { importInto } from '../../src-main/store/import-session.ts';
import { openForWriting } from '../../src-main/store/open.ts';
import { createPortfolio } from '../../src-main/store/portfolio.ts';
import { explainSqliteError } from '../../src-main/store/sqlite-errors.ts';
import { dataOf } from '../store/portfolio-file.ts';

const UNHEARD = { signal: new AbortController().signal, progress: () => undefined };

function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'duecast-safety-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** So long that a thread of its own reads it. */
const LONG_ROWS = 140_000;

function exportFile(folder: string, name: string, rows: number, firstDay = 0): string {
  const lines = ['customer_id,day,balance,spending,will_default'];
  for (let i = 0; i < rows; i++) {
    const customer = Math.floor(i / 100);
    lines.push(
      `C${customer},${firstDay + (i % 100)},${1000 + (i % 977)}.25,${i % 613}.5,${customer % 7 === 0 ? 1 : 0}`,
    );
  }
  const path = join(folder, name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

const request = (file: string) => ({ file, profile: null, settings: [], dryRun: false, onConflict: 'keep' as const });

/** When the store is killed: at a phase's progress of that share, and so long after. */
interface Moment {
  phase: 'encoding' | 'rows' | 'outcomes' | 'answer';
  share: number;
  laterMs: number;
}

const MOMENTS: Moment[] = [
  { phase: 'encoding', share: 0, laterMs: 0 },
  { phase: 'rows', share: 0, laterMs: 0 },
  { phase: 'rows', share: 0.5, laterMs: 0 },
  { phase: 'rows', share: 1, laterMs: 0 },
  { phase: 'outcomes', share: 0, laterMs: 0 },
  ...[10, 40, 120].map((laterMs): Moment => ({ phase: 'outcomes', share: 0, laterMs })),
  { phase: 'answer', share: 0, laterMs: 0 },
];

test('a store that is killed in the middle of an import leaves all of it or nothing', async (t) => {
  const folder = temporaryFolder(t);
  const earlier = exportFile(folder, 'march.csv', 500);
  const file = exportFile(folder, 'april.csv', LONG_ROWS, 100);
  for (const [i, { phase, share, laterMs }] of MOMENTS.entries()) {
    await t.test(`${phase} ${share * 100} % and ${laterMs} ms`, async () => {
      const path = join(folder, `retail-${i}.duecast`);
      const store = createNodeHost().start('store');
      const client = connect<StoreApi>(store.channel);
      await client.call('open', { path, create: true });
      await client.call('importFile', request(earlier));
      let reached: () => void = () => undefined;
      const moment = new Promise<void>((resolve) => (reached = resolve));
      const running = client
        .call('importFile', request(file), {
          progress: (at) => {
            if (at.phase === phase && at.done >= share * at.total) reached();
          },
        })
        .then(
          () => true,
          (error: { code?: string }) => {
            assert.equal(error.code, 'process-ended');
            return false;
          },
        );
      await Promise.race([moment, running]);
      await wait(laterMs);
      await store.stop();
      const answered = await running;

      const { db, close } = openForWriting(path);
      try {
        const count = (sql: string) => db.prepare<[], number>(sql).pluck().get()!;
        assert.equal(db.pragma('integrity_check', { simple: true }), 'ok');
        assert.deepEqual(db.pragma('foreign_key_check'), []);
        const batches = count('SELECT count(*) FROM import_batches');
        assert.ok(batches === 2 || (batches === 1 && !answered));
        assert.equal(count('SELECT count(*) FROM history'), batches === 2 ? 500 + LONG_ROWS : 500);
        assert.equal(count('SELECT count(*) FROM customers'), batches === 2 ? LONG_ROWS / 100 : 5);
      } finally {
        close();
      }
    });
  }
});

test('a full database takes nothing of an import, and the same import once there is room', async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, 'retail.duecast');
  createPortfolio(path, 'Retail', '');
  const { db, close } = openForWriting(path);
  t.after(close);
  await importInto(db, request(''), (target) =>
    importFile(request(exportFile(folder, 'march.csv', 500)), target, UNHEARD),
  );
  const before = dataOf(db);
  const file = exportFile(folder, 'april.csv', LONG_ROWS, 100);
  const run = () => importInto(db, request(file), (target) => importFile(request(file), target, UNHEARD));

  const pages = db.pragma('page_count', { simple: true }) as number;
  db.pragma(`max_page_count = ${pages + 100}`);
  await assert.rejects(run(), (error) => {
    const explained = explainSqliteError(error, path) as { code: string; message: string };
    assert.equal(explained.code, 'portfolio-read-only');
    assert.match(explained.message, /disk is full.*all earlier data was.*Make room/);
    return true;
  });
  assert.deepEqual(dataOf(db), before);
  assert.equal(db.pragma('integrity_check', { simple: true }), 'ok');

  db.pragma('max_page_count = 1073741823');
  assert.equal((await run()).rows.accepted, LONG_ROWS);
});

/** A small disk of its own; null where this system lets nobody make one. */
function smallDisk(t: TestContext, megabytes: number): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'duecast-disk-'));
  let mounted = false;
  t.after(() => {
    if (mounted) execFileSync('umount', [folder]);
    rmSync(folder, { recursive: true, force: true });
  });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'ignore' });
    mounted = true;
  } catch {
    return null;
  }
  return folder;
}

test('a disk that fills up meanwhile', async (t) => {
  const disk = smallDisk(t, 160);
  if (disk === null) return t.skip('no right to mount a disk');
  const folder = temporaryFolder(t);
  const handlers = createStoreHandlers();
  await handlers.open({ path: join(disk, 'retail.duecast'), create: true }, UNHEARD);
  try {
    await handlers.importFile(request(exportFile(folder, 'march.csv', 500)), UNHEARD);
    const file = exportFile(folder, 'april.csv', LONG_ROWS, 100);
    const filler = join(disk, 'filler');
    const fill = () => {
      const { bavail, bsize } = statfsSync(disk);
      if (bavail * bsize > 1 << 20) writeFileSync(filler, Buffer.alloc(bavail * bsize - (1 << 19)));
    };
    const importing = handlers.importFile(request(file), {
      ...UNHEARD,
      progress: ({ phase }) => void (phase === 'rows' && fill()),
    });
    await assert.rejects(async () => importing, { code: 'portfolio-read-only', message: /disk is full/ });
    assert.equal((await handlers.info({}, UNHEARD)).historyRows, 500);
    rmSync(filler);
    assert.equal((await handlers.importFile(request(file), UNHEARD)).rows.accepted, LONG_ROWS);
  } finally {
    await handlers.close({}, UNHEARD);
  }
});

test('a file that the disk has no room for is refused before it is read', async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, 'huge.csv');
  const { bavail, bsize } = statfsSync(folder);
  const handle = openSync(path, 'w');
  try {
    // Of that size, but with holes: it takes no room itself.
    ftruncateSync(handle, Math.min(bavail * bsize, 2 ** 43));
  } finally {
    closeSync(handle);
  }
  const handlers = createStoreHandlers();
  await handlers.open({ path: join(folder, 'retail.duecast'), create: true }, UNHEARD);
  try {
    await assert.rejects(async () => handlers.importFile(request(path), UNHEARD), {
      code: 'portfolio-read-only',
      message: /free, and this import may need .* not begun, and nothing was changed/,
    });
    assert.equal((await handlers.info({}, UNHEARD)).historyRows, 0);
  } finally {
    await handlers.close({}, UNHEARD);
  }
});
