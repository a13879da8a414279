import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { expandSources } from '../../src-main/importing/sources.ts';
import { zipOf } from './containers/zip.ts';
import { failure, importPath, RecordingTarget } from './recording-target.ts';
import { inline, workbookOf } from './workbooks/workbook.ts';

const CSV = 'customer,day,x\nA,0,1\n';

function folderOf(t: TestContext, files: Record<string, string | Uint8Array>): string {
  const folder = mkdtempSync(join(tmpdir(), 'duecast-sources-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, 'bank', name, '..'), { recursive: true });
    writeFileSync(join(folder, 'bank', name), content);
  }
  return join(folder, 'bank');
}

test('a folder is the tables in it, in the order of their names', async (t) => {
  const book = workbookOf([{ name: 'S', rows: { 1: [inline('a'), inline('b')], 2: [inline('1'), inline('2')] } }]);
  const folder = folderOf(t, {
    'm10.csv': CSV,
    'm2.csv': CSV,
    'sub/book.xlsx': book,
    'sub/year.zip': zipOf([
      { name: 'b.csv', content: CSV },
      { name: 'in/a.csv', content: CSV },
      { name: 'readme.md', content: 'x' },
    ]),
    'one.zip': zipOf([{ name: 'c.csv', content: CSV }]),
    '.hidden/x.csv': CSV,
    '.x.csv': CSV,
    '~$book.xlsx': 'x',
    'scan.csv': '%PDF-1.7',
    'none.csv': '',
    'liesmich.txt': 'x',
  });
  symlinkSync(folder, join(folder, 'loop'));
  const { sources, passedOver } = await expandSources([folder]);
  assert.deepEqual(
    sources.map(({ name }) => name),
    [
      'bank/m2.csv',
      'bank/m10.csv',
      'bank/one.zip',
      'bank/sub/book.xlsx',
      'bank/sub/year.zip/b.csv',
      'bank/sub/year.zip/in/a.csv',
    ],
  );
  assert.deepEqual([sources[0]!.entry, sources[5]!.entry, sources[5]!.bytes], [null, 'in/a.csv', CSV.length]);
  assert.deepEqual(passedOver.map(({ name, reason }) => `${name}: ${reason}`).sort(), [
    'bank/.x.csv: hidden',
    'bank/liesmich.txt: a text to read',
    'bank/none.csv: empty',
    'bank/scan.csv: a PDF',
    'bank/sub/year.zip/readme.md: a text to read',
    'bank/~$book.xlsx: left by Excel',
  ]);
  for (const { path, name } of sources.filter((source) => !source.path.endsWith('.xlsx'))) {
    assert.equal((await importPath(path, new RecordingTarget())).rows.accepted, 1, name);
  }
});

test('files that were named stay, whatever they are', async (t) => {
  const folder = folderOf(t, { 'a.csv': CSV, 'x.pdf': '%PDF-1.7', 'bad.zip': 'PK\u0003\u0004', 'e/.x': '' });
  const paths = ['a.csv', 'x.pdf', 'bad.zip', 'missing.csv'].map((name) => join(folder, name));
  const { sources, passedOver } = await expandSources(paths);
  assert.deepEqual(
    sources.map(({ path, bytes }) => [path, bytes]),
    [
      [paths[0], CSV.length],
      [paths[1], 8],
      [paths[2], 4],
      [paths[3], 0],
    ],
  );
  assert.deepEqual(passedOver, []);
  await assert.rejects(expandSources([join(folder, 'e')]), failure('data-refused', 'no table'));
});
