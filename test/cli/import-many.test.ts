import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Failure } from '../../src-main/ipc/errors.ts';
import type { ImportDocument } from '../../src-main/ipc/documents.ts';
import { zipOf } from '../importing/containers/zip.ts';
import { runDuecast } from './run-duecast.ts';

interface Many {
  files: (Partial<ImportDocument> & { file: string; error?: Failure })[];
  passedOver: { name: string; reason: string }[];
}

test('folders, archives and files at once, each a batch of its own', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'duecast-cli-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const rows = (day: number) => `customer,day,x\nA,${day},1\nB,${day},2\n`;
  mkdirSync(join(folder, 'months'));
  writeFileSync(join(folder, 'months', 'm10.csv'), rows(10));
  writeFileSync(join(folder, 'months', 'm9.csv'), rows(9));
  writeFileSync(join(folder, 'months', 'notes.pdf'), '%PDF-1.7');
  writeFileSync(
    join(folder, 'year.zip'),
    zipOf([
      { name: 'a.csv', content: rows(20) },
      { name: 'b/c.csv', content: rows(21) },
    ]),
  );
  writeFileSync(join(folder, 'bad.csv'), 'customer\n');
  const run = async (...words: string[]) => {
    const { code, stdout } = await runDuecast(['import', ...words, '--portfolio', 'p.duecast', '--json'], {
      cwd: folder,
    });
    return { code, document: JSON.parse(stdout) as Many };
  };

  const good = await run('months', 'year.zip');
  assert.equal(good.code, 0);
  assert.deepEqual(
    good.document.files.map(({ file, batchId, rows: counts }) => [file, batchId, counts!.accepted]),
    [
      ['m9.csv', '1', 2],
      ['m10.csv', '2', 2],
      ['year.zip/a.csv', '3', 2],
      ['year.zip/b/c.csv', '4', 2],
    ],
  );
  assert.deepEqual(good.document.passedOver, [{ name: 'months/notes.pdf', reason: 'a PDF' }]);

  const mixed = await run('bad.csv', 'none.csv', join('year.zip', 'a.csv'));
  assert.equal(mixed.code, 3);
  assert.deepEqual(
    mixed.document.files.map(({ file, error, rows: counts }) => [file, error?.code, counts?.unchanged]),
    [
      ['bad.csv', 'data-refused', undefined],
      ['none.csv', 'file-missing', undefined],
      ['year.zip/a.csv', undefined, 2],
    ],
  );
  const again = await run('months');
  assert.deepEqual([again.code, again.document.files.map(({ batchId }) => batchId)], [0, [null, null]]);
  assert.equal((await run('months', '--set', 'customer=nobody')).code, 2);
});
