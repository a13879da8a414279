import assert from 'node:assert/strict';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { test } from 'node:test';
import Database from 'better-sqlite3';
import { MIGRATIONS, migrate, versionOf } from '../../src-main/store/migrate.ts';
import { openForReading } from '../../src-main/store/open.ts';
import { createPortfolio, readLevelBounds } from '../../src-main/store/portfolio.ts';
import { importRows, newPortfolio, temporaryFolder } from './portfolio-file.ts';

const next = { name: '0003-diary', sql: 'CREATE TABLE diary (id INTEGER PRIMARY KEY, words TEXT NOT NULL) STRICT' };

test('from an empty file, every table is STRICT and no backup is made', (t) => {
  const path = join(temporaryFolder(t), 'p.duecast');
  writeFileSync(path, '');
  const db = new Database(path);
  assert.equal(migrate(db, path), null);
  assert.equal(versionOf(db), MIGRATIONS.length);
  const tables = db
    .prepare<[], { name: string; strict: number }>(
      "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%'",
    )
    .all();
  assert.equal(tables.length, 30);
  assert.deepEqual(
    tables.filter(({ strict }) => strict !== 1),
    [],
  );
  assert.equal(migrate(db, path), null, 'a second time changes nothing');
  db.close();
  assert.deepEqual(readdirSync(dirname(path)), ['p.duecast']);
});

test('migrations are numbered in order, by name', () => {
  MIGRATIONS.forEach(({ name }, i) => {
    assert.match(name, /^\d{4}-[a-z0-9]+(-[a-z0-9]+)*$/);
    assert.equal(Number(name.slice(0, 4)), i + 1);
    assert.ok(existsSync(new URL(`../../src-main/store/migrations/${name}.ts`, import.meta.url)));
  });
});

test('an older file is backed up before it is migrated', async (t) => {
  const { db, path } = newPortfolio(t);
  await importRows(db, { history: ['x'], records: [{ customer: 'c', steps: [1], values: [[0.1]] }] });
  const backup = migrate(db, path, [...MIGRATIONS, next]);
  assert.equal(backup && basename(backup), `retail.duecast.format-${MIGRATIONS.length}.backup`);
  assert.equal(versionOf(db), MIGRATIONS.length + 1);
  assert.equal(db.prepare('SELECT x FROM history').pluck().get(), 0.1);
  const old = openForReading(backup!);
  assert.equal(versionOf(old), MIGRATIONS.length);
  assert.equal(old.prepare('SELECT x FROM history').pluck().get(), 0.1);
  old.close();
});

test('an earlier backup is not overwritten', (t) => {
  const { db, path } = newPortfolio(t);
  writeFileSync(`${path}.format-${MIGRATIONS.length}.backup`, 'mine');
  assert.equal(migrate(db, path, [...MIGRATIONS, next]), `${path}.format-${MIGRATIONS.length}-2.backup`);
});

test('a migration that fails leaves the file as it was', (t) => {
  const { db, path } = newPortfolio(t);
  const broken = { name: '0003-broken', sql: `${next.sql}; INSERT INTO nothing VALUES (1)` };
  assert.throws(() => migrate(db, path, [...MIGRATIONS, broken]), /nothing/);
  assert.equal(versionOf(db), MIGRATIONS.length);
  assert.equal(db.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'diary'").pluck().get(), 0);
});

test('a file of the first format gets its levels and keeps its rows', (t) => {
  const path = join(temporaryFolder(t), 'p.duecast');
  writeFileSync(path, '');
  const db = new Database(path);
  migrate(db, path, MIGRATIONS.slice(0, 1));
  db.exec("INSERT INTO portfolio (id, name, currency, created_at) VALUES (1, 'Retail', 'INR', '2026-04-30T00:00:00Z')");
  migrate(db, path);
  assert.equal(db.prepare('SELECT name FROM portfolio').pluck().get(), 'Retail');
  assert.deepEqual(readLevelBounds(db), { critical: 0.75, high: 0.5, medium: 0.25 });
  db.close();
});

test('a reader does not migrate: an older file is refused', (t) => {
  const path = join(temporaryFolder(t), 'p.duecast');
  createPortfolio(path, 'P', '');
  const db = new Database(path);
  db.pragma('user_version = 0');
  db.close();
  assert.throws(() => openForReading(path), { code: 'not-allowed' });
});
