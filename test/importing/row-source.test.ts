import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { openFileBytes } from '../../src-main/importing/bytes.ts';
import { examineFile, understand } from '../../src-main/importing/examine.ts';
import { importFile } from '../../src-main/importing/import-file.ts';
import type { ReaderTask } from '../../src-main/importing/reading-thread.ts';
import { BlockCursor, rowBlocks, type RowBlock } from '../../src-main/importing/row-blocks.ts';
import { openRows } from '../../src-main/importing/row-source.ts';
import { EMPTY_PORTFOLIO, failure, fileOf, importPath, RecordingTarget } from './recording-target.ts';

const UNHEARD = { signal: new AbortController().signal, progress: () => undefined };

const task = (file: string): ReaderTask => ({
  file,
  asked: { profile: null, settings: [{ key: 'static', value: 'branch' }] },
  profiles: [],
  portfolio: EMPTY_PORTFOLIO,
  encoding: { encoding: 'utf-8', why: '', brokenBytes: 0 },
  survey: null,
});

const ROWS = 120_000;

/** Long enough for a thread: histories with an attribute, quoted texts, and rows of every fate. */
function longExport(t: TestContext): string {
  const lines = ['customer;step;balance;spending;branch;will_default'];
  for (let i = 0; i < ROWS; i++) {
    const customer = Math.floor(i / 40);
    const branch = `"Zweigstelle Köln; ${customer % 9}"`;
    lines.push(
      `C${customer};${i % 40};${1000 + (i % 977)},25;${i % 5 === 0 ? '' : i % 613};${branch};${customer % 7 === 0 ? 1 : 0}`,
    );
    if (i % 10_000 === 5) lines.push(`C${customer};${i % 40};oops;1;${branch};0`);
    if (i % 10_000 === 6) lines.push(lines[lines.length - 1]!);
    if (i % 10_000 === 7) lines.push(`C${customer};${i % 40};9,5;1;${branch};0`);
    if (i % 10_000 === 8) lines.push(`C${customer};${i % 40};9,5;1;"Elsewhere";0`);
  }
  return fileOf(t, `${lines.join('\r\n')}\r\n`);
}

test('a thread reads what is read here, block by block', async (t) => {
  const path = longExport(t);
  const file = await openFileBytes(path);
  t.after(() => file.close());
  const reading = await examineFile(file, understand(task(path).asked, []), [], EMPTY_PORTFOLIO, UNHEARD);
  const source = openRows(file);
  source.start(task(path));
  t.after(() => source.close());
  const here = rowBlocks(file, reading, UNHEARD.signal);
  const plain = (block: RowBlock) => ({ ...block, text: Buffer.from(block.text).toString('utf16le') });
  let records = 0;
  const cursor = new BlockCursor();
  for await (const block of source.rows(reading, UNHEARD.signal)) {
    const expected = await here.next();
    assert.deepEqual(plain(block), plain(expected.value as RowBlock));
    if (records === 0) {
      cursor.open(block);
      cursor.moveTo(1);
      assert.deepEqual([cursor.line, cursor.text], [3, 'C0;1;1001,25;1;"Zweigstelle Köln; 0";1']);
    }
    records += block.lines.length;
  }
  assert.equal((await here.next()).done, true);
  assert.equal(records, ROWS + 48);
});

test('rows of every fate have their line and text, whoever read them', async (t) => {
  const document = await importPath(longExport(t), new RecordingTarget(), ['static=branch']);
  // Of a row that was there already the customer's outcome is new.
  assert.deepEqual(document.rows, { read: ROWS + 48, accepted: ROWS + 12, unchanged: 0, conflicting: 0, rejected: 36 });
  assert.deepEqual(
    document.rejected.slice(0, 3).map(({ line, column, text }) => [line, column, text]),
    [
      [8, 'balance', 'C0;5;oops;1;"Zweigstelle Köln; 0";0'],
      [12, null, 'C0;7;9,5;1;"Zweigstelle Köln; 0";0'],
      [14, 'branch', 'C0;8;9,5;1;"Elsewhere";0'],
    ],
  );
  assert.deepEqual(document.examples.unchanged[0], { line: 10, text: 'C0;6;1006,25;6;"Zweigstelle Köln; 0";1' });
  assert.equal(document.examples.accepted.length, 50);
});

test('rows that can not be packed come through a thread as well', async (t) => {
  const lines = ['customer;defaulted on'];
  for (let i = 0; i < 260_000; i++) lines.push(`C${i};${i % 3 === 0 ? '2024-05-17' : ''}`);
  const target = new RecordingTarget();
  const document = await importPath(fileOf(t, lines.join('\n')), target, ['kind=outcomes', 'outcomeDate=defaulted on']);
  assert.deepEqual([document.kind, document.rows.accepted], ['outcomes', 260_000]);
  assert.deepEqual(target.outcomes.slice(0, 2), [
    ['C0', 1, Date.UTC(2024, 4, 17) / 864e5],
    ['C1', 0, null],
  ]);
});

test('a runtime without threads reads here', async (t) => {
  const path = longExport(t);
  const told = t.mock.method(console, 'error', () => undefined);
  const file = await openFileBytes(path);
  t.after(() => file.close());
  const reading = await examineFile(file, understand(task(path).asked, []), [], EMPTY_PORTFOLIO, UNHEARD);
  const source = openRows(file, new URL('./no-such-thread.ts', import.meta.url));
  source.start(task(path));
  let records = 0;
  for await (const block of source.rows(reading, UNHEARD.signal)) records += block.lines.length;
  await source.close();
  assert.equal(records, ROWS + 48);
  assert.equal(told.mock.callCount(), 1);
});

test('cancelled while a thread reads', async (t) => {
  const abort = new AbortController();
  const request = { file: longExport(t), profile: null, settings: [], dryRun: false, onConflict: 'keep' as const };
  const context = {
    signal: abort.signal,
    progress: ({ phase }: { phase: string }) => void (phase === 'rows' && abort.abort()),
  };
  await assert.rejects(importFile(request, new RecordingTarget(), context), failure('cancelled'));
});
