import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { CallContext, Progress } from '../../src-main/processes/rpc.ts';
import type { ImportRequest } from '../../src-main/processes/store-api.ts';
import { createStoreHandlers } from '../../src-main/processes/store-handlers.ts';

function context(signal = new AbortController().signal): CallContext & { seen: Progress[] } {
  const seen: Progress[] = [];
  return { signal, progress: (progress) => void seen.push(progress), seen };
}

/** A folder, and handlers that are closed with the test. */
function workshop(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'duecast-handlers-'));
  const handlers = createStoreHandlers();
  t.after(async () => {
    await handlers.close({}, context());
    rmSync(folder, { recursive: true, force: true });
  });
  return { folder, handlers, portfolio: join(folder, 'retail.duecast') };
}

function exportFile(folder: string, name: string, customers: number, days: number): string {
  const lines = ['customer_id,day,salary_amount,daily_expenses,will_default'];
  for (let c = 0; c < customers; c++) {
    for (let day = 0; day < days; day++) lines.push(`C${c},${day},${1000 + c},${day / 2},${c % 3 === 0 ? 1 : 0}`);
  }
  const path = join(folder, name);
  writeFileSync(path, lines.join('\n') + '\n');
  return path;
}

const request = (file: string, more: Partial<ImportRequest> = {}): ImportRequest => ({
  file,
  profile: null,
  settings: [],
  dryRun: false,
  onConflict: 'keep',
  ...more,
});

test('from a new portfolio through import and undo to close', async (t) => {
  const { folder, handlers, portfolio } = workshop(t);
  await assert.rejects(async () => handlers.info({}, context()), { code: 'not-allowed' });
  await assert.rejects(async () => handlers.open({ path: portfolio, create: false }, context()), {
    code: 'portfolio-missing',
  });
  const empty = await handlers.open({ path: portfolio, create: true }, context());
  assert.deepEqual([empty.name, empty.currency, empty.customers], ['retail', '', 0]);
  await assert.rejects(async () => handlers.open({ path: portfolio, create: false }, context()), {
    code: 'not-allowed',
  });

  const file = exportFile(folder, 'march.csv', 30, 20);
  const preview = await handlers.importFile(request(file, { dryRun: true }), context());
  assert.deepEqual([preview.batchId, preview.rows.accepted, preview.steps], [null, 600, 600]);
  assert.equal((await handlers.info({}, context())).historyRows, 0);
  const asked = context();
  const imported = await handlers.importFile(request(file), asked);
  assert.deepEqual({ ...imported, batchId: null, seconds: 0 }, { ...preview, seconds: 0 });
  assert.equal(imported.batchId, '1');
  assert.ok(asked.seen.length > 0);
  const info = await handlers.info({}, context());
  assert.deepEqual([info.customers, info.historyRows, info.events, info.outcomeKind], [30, 600, 10, 'constant']);

  assert.deepEqual(await handlers.assignParts({ splitSeed: null }, context()), { splitSeed: 1 });
  assert.deepEqual(await handlers.countTestUse({ why: 'compare' }, context()), { testUses: 1 });
  assert.deepEqual(await handlers.models({}, context()), { models: [] });
  assert.deepEqual(
    (await handlers.imports({}, context())).imports.map(({ batchId, undone }) => [batchId, undone]),
    [['1', false]],
  );
  const undone = await handlers.undoImport({ batchId: '1' }, context());
  assert.equal(undone.removed, 630);
  assert.equal((await handlers.info({}, context())).historyRows, 0);

  await handlers.close({}, context());
  assert.deepEqual(readdirSync(folder).sort(), ['march.csv', 'retail.duecast']);
  await handlers.close({}, context());
});

test('requests during an import: what reads is answered from before, what writes waits its turn', async (t) => {
  const { folder, handlers, portfolio } = workshop(t);
  await handlers.open({ path: portfolio, create: true }, context());
  const order: string[] = [];
  const noted = <T>(what: string, answer: T | Promise<T>) =>
    Promise.resolve(answer).then((value) => {
      order.push(what);
      return value;
    });
  const [, info, undone, , after] = await Promise.all([
    noted('import', handlers.importFile(request(exportFile(folder, 'a.csv', 200, 60)), context())),
    noted('info', handlers.info({}, context())),
    noted('undo', handlers.undoImport({ batchId: '1' }, context())),
    noted('second import', handlers.importFile(request(exportFile(folder, 'b.csv', 5, 5)), context())),
    noted('parts', handlers.assignParts({ splitSeed: 9 }, context())),
  ]);
  assert.deepEqual(order, ['info', 'import', 'undo', 'second import', 'parts']);
  assert.equal(info.historyRows, 0);
  assert.equal(undone.removed, 200 * 60 + 200);
  assert.deepEqual(after, { splitSeed: 9 });
  const { customers, historyRows } = await handlers.info({}, context());
  assert.deepEqual({ customers, historyRows }, { customers: 5, historyRows: 25 });
});

test('a cancelled import leaves nothing, and the next request is answered', async (t) => {
  const { folder, handlers, portfolio } = workshop(t);
  await handlers.open({ path: portfolio, create: true }, context());
  const file = exportFile(folder, 'a.csv', 500, 60);
  const abort = new AbortController();
  let rowsSeen = false;
  const importing = Promise.resolve(
    handlers.importFile(request(file), {
      signal: abort.signal,
      progress: ({ phase, done }) => {
        if (phase === 'rows' && done > 0) {
          rowsSeen = true;
          abort.abort();
        }
      },
    }),
  );
  await assert.rejects(importing, { code: 'cancelled' });
  assert.equal(rowsSeen, true);
  const { historyRows, features } = await handlers.info({}, context());
  assert.deepEqual({ historyRows, features }, { historyRows: 0, features: [] });
  assert.equal((await handlers.importFile(request(file), context())).steps, 30_000);
});

test('a failed import is told apart, and closing waits for what runs', async (t) => {
  const { folder, handlers, portfolio } = workshop(t);
  await handlers.open({ path: portfolio, create: true }, context());
  await assert.rejects(async () => handlers.importFile(request(join(folder, 'none.csv')), context()), {
    code: 'file-missing',
  });
  const importing = handlers.importFile(request(exportFile(folder, 'a.csv', 50, 60)), context());
  const closing = handlers.close({}, context());
  assert.equal((await importing).steps, 3_000);
  await closing;
  assert.equal(existsSync(`${portfolio}-wal`), false);
  assert.equal((await handlers.open({ path: portfolio, create: true }, context())).historyRows, 3_000);
});
