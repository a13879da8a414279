import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { listExports } from '../../src-main/app/list-exports.ts';

function folderOf(t: TestContext, files: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'duecast-exports-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const file of files) {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), 'a;b\n');
  }
  return folder;
}

test('a folder gives the exports in it and below, by name, and nothing else', async (t) => {
  const files = ['m10.csv', 'm9.CSV', 'notes.pdf', '.hidden.csv', '~$open.xlsx', '2024/m1.txt', 'Retail.duecast'];
  const folder = folderOf(t, files);
  const { files: found, left } = await listExports([folder]);
  assert.deepEqual(
    found.map(({ file, bytes }) => [file.replaceAll('\\', '/'), bytes]),
    [
      ['2024/m1.txt', 4],
      ['m9.CSV', 4],
      ['m10.csv', 4],
    ],
  );
  assert.deepEqual(left, []);
});

test('files that are named are taken whatever they are called, each once; what is missing says so', async (t) => {
  const folder = folderOf(t, ['export', 'a.csv']);
  const paths = ['export', 'a.csv', 'a.csv', 'nowhere.csv'].map((name) => join(folder, name));
  const { files, left } = await listExports(paths);
  assert.deepEqual(
    files.map(({ file }) => file),
    ['export', 'a.csv'],
  );
  assert.deepEqual(left, [{ file: 'nowhere.csv', reason: 'it can’t be looked at (ENOENT)' }]);
});

test('a folder without exports says so', async (t) => {
  const folder = folderOf(t, ['deep/notes.pdf']);
  assert.match((await listExports([folder])).left[0]!.reason, /holds no exports/);
});
