import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import Database from 'better-sqlite3';
import { APPLICATION_ID } from '../../src-main/store/database.ts';
import { openForReading, openForWriting } from '../../src-main/store/open.ts';
import { createPortfolio, integrityProblems, portfolioInfo, saveCopy } from '../../src-main/store/portfolio.ts';
import { importRows, newPortfolio, temporaryFolder } from './portfolio-file.ts';

function closedPortfolio(t: TestContext): string {
  const path = join(temporaryFolder(t), 'p.duecast');
  createPortfolio(path, 'P', 'EUR');
  return path;
}

const someRows = (customers: number) =>
  Array.from({ length: customers }, (_, c) => ({
    customer: `c${c}`,
    steps: [1, 2, 3],
    values: [[c], [c + 0.5], [null]],
  }));

test('a new portfolio has its name and currency and is empty', (t) => {
  const path = closedPortfolio(t);
  assert.deepEqual(readdirSync(dirname(path)), ['p.duecast'], 'no lock, no WAL, nothing unfinished');
  const { db, close } = openForWriting(path);
  assert.deepEqual(portfolioInfo(db, path), {
    path,
    name: 'P',
    currency: 'EUR',
    timeStep: null,
    dated: null,
    outcomeKind: 'none',
    features: [],
    customers: 0,
    historyRows: 0,
    firstStep: null,
    lastStep: null,
    events: 0,
    splitSeed: null,
    testUses: 0,
    levelBounds: { critical: 0.75, high: 0.5, medium: 0.25 },
    isSample: false,
    hasTransactions: false,
    watched: null,
  });
  assert.equal(db.pragma('journal_mode', { simple: true }), 'wal');
  assert.equal(db.pragma('foreign_keys', { simple: true }), 1);
  assert.deepEqual(integrityProblems(db), []);
  close();
  assert.deepEqual(readdirSync(dirname(path)), ['p.duecast']);
});

test('an existing file is not overwritten, and a missing folder is named', (t) => {
  const path = closedPortfolio(t);
  const before = readFileSync(path);
  assert.throws(() => createPortfolio(path, 'Q', 'EUR'), { code: 'file-exists' });
  assert.deepEqual(readFileSync(path), before);
  assert.throws(() => createPortfolio(join(dirname(path), 'no', 'p.duecast'), 'Q', 'EUR'), { code: 'file-missing' });
});

test('a missing file', (t) => {
  const path = join(temporaryFolder(t), 'none.duecast');
  assert.throws(() => openForWriting(path), { code: 'portfolio-missing' });
  assert.throws(() => openForReading(path), { code: 'portfolio-missing' });
  assert.deepEqual(readdirSync(dirname(path)), []);
});

test('files that are not portfolios', (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, 'x.duecast');
  const other = join(folder, 'other.db');
  const db = new Database(other);
  db.exec('CREATE TABLE history (a)');
  db.close();
  const contents = [Buffer.alloc(0), Buffer.from('customer_id,day\n1,2\n'.repeat(20)), readFileSync(other)];
  for (const content of contents) {
    writeFileSync(path, content);
    assert.throws(() => openForWriting(path), { code: 'portfolio-invalid' });
    assert.throws(() => openForReading(path), { code: 'portfolio-invalid' });
    assert.deepEqual(readFileSync(path), content);
  }
  assert.throws(() => openForWriting(folder), { code: 'portfolio-invalid' });
  assert.deepEqual(readdirSync(folder).sort(), ['other.db', 'x.duecast']);
});

test('a file of a newer format', (t) => {
  const path = closedPortfolio(t);
  const db = new Database(path);
  db.pragma('user_version = 99');
  db.close();
  const before = readFileSync(path);
  assert.throws(() => openForWriting(path), { code: 'portfolio-newer', message: /99/ });
  assert.throws(() => openForReading(path), { code: 'portfolio-newer' });
  assert.deepEqual(readFileSync(path), before);
  assert.deepEqual(readdirSync(dirname(path)), ['p.duecast']);
});

test('damaged files', async (t) => {
  const { db, path, close } = newPortfolio(t);
  await importRows(db, { history: ['x'], records: someRows(3_000) });
  close();
  const whole = readFileSync(path);
  const damages: Record<string, (file: string) => void> = {
    'cut off': (file) => truncateSync(file, Math.floor(whole.length / 2)),
    'pages overwritten': (file) => {
      const handle = openSync(file, 'r+');
      writeSync(handle, Buffer.alloc(3 * 4096, 0xa5), 0, 3 * 4096, Math.floor(whole.length / 8192) * 4096);
    },
    'the header overwritten behind its name': (file) => {
      const handle = openSync(file, 'r+');
      writeSync(handle, Buffer.alloc(40, 0xff), 0, 40, 16);
    },
  };
  for (const [what, damage] of Object.entries(damages)) {
    await t.test(what, () => {
      const file = join(dirname(path), `${what}.duecast`);
      writeFileSync(file, whole);
      damage(file);
      assert.throws(() => openForWriting(file), { code: 'portfolio-damaged' });
      assert.equal(existsSync(`${file}.lock`), false);
    });
  }
});

test('the application id is in the file itself', (t) => {
  assert.equal(readFileSync(closedPortfolio(t)).readUInt32BE(68), APPLICATION_ID);
});

/** Runs as an ordinary user: permissions do not hold for root. */
function asOrdinaryUser(work: () => void): void {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid!(65_534);
  try {
    work();
  } finally {
    process.seteuid!(0);
  }
}

test('a read-only file, and a read-only folder', { skip: process.platform === 'win32' }, (t) => {
  const path = closedPortfolio(t);
  const folder = dirname(path);
  // Once opened, the file is in WAL mode, and even a reader needs files beside it.
  openForWriting(path).close();
  chmodSync(folder, 0o777);
  chmodSync(path, 0o444);
  asOrdinaryUser(() => assert.throws(() => openForWriting(path), { code: 'portfolio-read-only' }));
  chmodSync(path, 0o666);
  chmodSync(folder, 0o555);
  asOrdinaryUser(() => {
    assert.throws(() => openForWriting(path), { code: 'portfolio-read-only' });
    assert.throws(() => createPortfolio(join(folder, 'new.duecast'), 'N', ''), { code: 'portfolio-read-only' });
  });
  asOrdinaryUser(() => assert.throws(() => openForReading(path), { code: 'portfolio-read-only' }));
  chmodSync(path, 0o000);
  asOrdinaryUser(() => assert.throws(() => openForWriting(path), { code: 'file-unreadable' }));
  chmodSync(path, 0o666);
  chmodSync(folder, 0o777);
  assert.deepEqual(readdirSync(folder), ['p.duecast'], 'no lock is left');
  asOrdinaryUser(() => openForWriting(path).close());
});

test('the second opener is told who holds the portfolio', (t) => {
  const { path } = newPortfolio(t);
  assert.throws(() => openForWriting(path), {
    code: 'portfolio-locked',
    message: new RegExp(`process ${process.pid}`),
  });
  openForReading(path).close();
});

test('a portfolio that another program is writing to', (t) => {
  const path = closedPortfolio(t);
  const other = new Database(path);
  other.exec('BEGIN EXCLUSIVE');
  assert.throws(() => openForWriting(path), { code: 'portfolio-locked' });
  other.exec('ROLLBACK');
  other.close();
  openForWriting(path).close();
});

test('a left-over WAL is absorbed', async (t) => {
  const { db, path } = newPortfolio(t);
  await importRows(db, { history: ['x'], records: someRows(10) });
  const folder = join(dirname(path), 'moved');
  mkdirSync(folder);
  const copy = join(folder, 'p.duecast');
  copyFileSync(path, copy);
  copyFileSync(`${path}-wal`, `${copy}-wal`);
  assert.ok(statSync(`${copy}-wal`).size > 0);
  const reopened = openForWriting(copy);
  assert.equal(statSync(`${copy}-wal`).size, 0);
  assert.equal(reopened.db.prepare('SELECT count(*) FROM history').pluck().get(), 30);
  reopened.close();
  assert.deepEqual(readdirSync(folder), ['p.duecast']);
});

test('what was committed survives a kill, and what was not is gone', async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, 'p.duecast');
  const source = (file: string) => JSON.stringify(new URL(`../../src-main/store/${file}`, import.meta.url).href);
  const script = `
    const { createPortfolio } = await import(${source('portfolio.ts')});
    const { openForWriting } = await import(${source('open.ts')});
    createPortfolio(${JSON.stringify(path)}, 'P', '');
    const { db } = openForWriting(${JSON.stringify(path)});
    db.exec("UPDATE portfolio SET currency = 'EUR'");
    db.exec("BEGIN; UPDATE portfolio SET name = 'never'");
    console.log('ready');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await ended;
  const { db, close } = openForWriting(path);
  const { name, currency } = portfolioInfo(db, path);
  assert.deepEqual({ name, currency }, { name: 'P', currency: 'EUR' });
  close();
  assert.deepEqual(readdirSync(folder), ['p.duecast']);
});

test('a saved copy is whole and independent', async (t) => {
  const { db, path } = newPortfolio(t);
  await importRows(db, { history: ['x'], records: someRows(10) });
  const copy = join(dirname(path), 'copy.duecast');
  await saveCopy(db, copy);
  await assert.rejects(saveCopy(db, copy), { code: 'file-exists' });
  await importRows(db, { history: ['x'], records: someRows(12) });
  const { db: copied, close } = openForWriting(copy);
  assert.equal(portfolioInfo(copied, copy).customers, 10);
  assert.deepEqual(integrityProblems(copied), []);
  close();
  assert.deepEqual(
    readdirSync(dirname(path)).filter((name) => name.startsWith('copy')),
    ['copy.duecast'],
  );
});
