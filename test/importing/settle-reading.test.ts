import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test, type TestContext } from 'node:test';
import { openFileBytes } from '../../src-main/importing/bytes.ts';
import { importFile } from '../../src-main/importing/import-file.ts';
import { previewFile, wholePreview } from '../../src-main/importing/preview.ts';
import { readSample } from '../../src-main/importing/sample.ts';
import { importInto } from '../../src-main/store/import-session.ts';
import { newPortfolio } from '../store/portfolio-file.ts';
import { EMPTY_PORTFOLIO, failure, fileOf, importPath, RecordingTarget } from './recording-target.ts';

const UNHEARD = { signal: new AbortController().signal, progress: () => undefined };

interface LongFile {
  header: string;
  row(at: number): string;
  /** Rows that stand where no sample looks. */
  hidden: string[];
  bytes?: number;
}

/** A file of some MB, with rows that no sample holds in its second half. */
async function longFile(t: TestContext, { header, row, hidden, bytes = 3 << 20 }: LongFile): Promise<string> {
  const lines = [header];
  let size = 0;
  let isHidden = false;
  // Between the fifth and the sixth of the places that are looked at.
  const start = (1 << 18) + ((bytes - (1 << 18)) * 11) / 16;
  for (let at = 0; size < bytes; at++) {
    const hides: boolean = !isHidden && size >= start;
    isHidden ||= hides;
    for (const line of hides ? hidden : [row(at)]) {
      lines.push(line);
      size += line.length + 1;
    }
  }
  const path = fileOf(t, `${lines.join('\n')}\n`);
  const file = await openFileBytes(path);
  const sample = await readSample(file, 'utf-8');
  await file.close();
  for (const line of hidden) assert.ok(![sample.head, ...sample.spots].some((text) => text.includes(line)), line);
  return path;
}

const two = (n: number) => String(n).padStart(2, '0');
/** A customer a hundred rows, each with a date of its own whose day and month can be either way round. */
const ambiguous = (at: number) =>
  `C${Math.floor(at / 100)};${two((at % 10) + 1)}/${two((Math.floor(at / 10) % 10) + 1)}`;

describe('the deciding value stands far behind the sample', () => {
  const dates = (hidden: string, bytes?: number) => ({
    header: 'customer;date;balance',
    row: (at: number) => `${ambiguous(at)}/2024;${at % 1000}`,
    hidden: [hidden],
    ...(bytes === undefined ? {} : { bytes }),
  });

  for (const bytes of [3 << 20, 6 << 20]) {
    const how = bytes > 4 << 20 ? 'read by a thread' : 'read here';
    test(`day before month, ${how}`, async (t) => {
      const path = await longFile(t, dates('ZZ;25/03/2024;1', bytes));
      const document = await importPath(path, new RecordingTarget());
      assert.equal(document.dialect.dateFormat, 'dd/MM/yyyy');
      assert.deepEqual([document.rows.accepted, document.rows.rejected], [document.rows.read, 0]);
    });

    test(`month before day, ${how}`, async (t) => {
      const path = await longFile(t, dates('ZZ;03/25/2024;1', bytes));
      const target = new RecordingTarget();
      const document = await importPath(path, target);
      assert.equal(document.dialect.dateFormat, 'MM/dd/yyyy');
      assert.deepEqual([document.rows.accepted, document.rows.rejected], [document.rows.read, 0]);
      assert.deepEqual(
        target.rows.find(([customer]) => customer === 'ZZ'),
        ['ZZ', Date.UTC(2024, 2, 25) / 864e5, 1],
      );
    });
  }

  test('nothing in all of the file decides', async (t) => {
    const path = await longFile(t, dates('ZZ;02/03/2024;1'));
    await assert.rejects(importPath(path, new RecordingTarget()), failure('data-refused', 'every date', 'dateFormat='));
    const document = await importPath(path, new RecordingTarget(), ['dateFormat=dd/MM/yyyy']);
    assert.equal(document.rows.rejected, 0);
  });

  const numbers = (row: (at: number) => string, hidden: string[]) => ({
    header: 'customer;step;balance',
    row: (at: number) => `C${Math.floor(at / 100)};${at % 100};${row(at)}`,
    hidden,
  });

  test('a decimal comma', async (t) => {
    const path = await longFile(
      t,
      numbers((at) => `${(at % 9) + 1}.${100 + (at % 900)}`, ['ZZ;1;1,5']),
    );
    const target = new RecordingTarget();
    const document = await importPath(path, target);
    assert.deepEqual([document.dialect.decimal, document.dialect.thousands], [',', '.']);
    assert.deepEqual(target.rows[0], ['C0', 0, 1100]);
    assert.deepEqual(
      target.rows.find(([customer]) => customer === 'ZZ'),
      ['ZZ', 1, 1.5],
    );
  });

  test('a thousands sign: what was read before is taken back', async (t) => {
    const path = await longFile(
      t,
      numbers((at) => String(at % 1000), ['ZZ;1;1,234.50', 'ZZ;2;2,500.00']),
    );
    const target = new RecordingTarget();
    const document = await importPath(path, target);
    assert.deepEqual([document.dialect.decimal, document.dialect.thousands], ['.', ',']);
    assert.deepEqual([document.rows.accepted, document.rows.rejected], [document.rows.read, 0]);
    assert.equal(target.rows.length, document.rows.read);

    const { db } = newPortfolio(t);
    const request = { file: path, profile: null, settings: [], dryRun: false, onConflict: 'keep' as const };
    const kept = await importInto(db, request, (into) => importFile(request, into, UNHEARD));
    assert.deepEqual([kept.rows, kept.batchId], [document.rows, '1']);
    assert.equal(db.prepare('SELECT count(*) FROM history').pluck().get(), document.rows.read);
    assert.deepEqual(db.pragma('foreign_key_check'), []);
  });

  test('two ways in one file are refused, wherever they stand', async (t) => {
    const other = Array.from({ length: 2_500 }, (_, i) => `ZZ;${i};${i + 1}.000,50`);
    const path = await longFile(
      t,
      numbers((at) => `${at % 1000}${at % 100 === 0 ? '.5' : ''}`, other),
    );
    await assert.rejects(importPath(path, new RecordingTarget()), failure('data-refused', 'decimal='));
  });

  test('a stray is set aside, and the rest stays as it was read', async (t) => {
    const path = await longFile(
      t,
      numbers((at) => `${at % 1000}.5`, ['ZZ;1;1.000,50', 'ZZ;2;7.5']),
    );
    const document = await importPath(path, new RecordingTarget());
    assert.deepEqual([document.rows.accepted, document.rows.rejected], [document.rows.read - 1, 1]);
    assert.equal(document.rejected[0]!.text, 'ZZ;1;1.000,50');
  });

  test('what was given is not doubted', async (t) => {
    const path = await longFile(
      t,
      numbers((at) => String(at % 1000), ['ZZ;1;1,234.50']),
    );
    const document = await importPath(path, new RecordingTarget(), ['decimal=.', 'thousands=']);
    assert.equal(document.rows.rejected, 1);
  });

  test('the preview is provisional, the survey says what the import does', async (t) => {
    const file = await longFile(t, dates('ZZ;03/25/2024;1'));
    const request = { file, profile: null, settings: [] };
    const first = await previewFile(request, EMPTY_PORTFOLIO, []);
    assert.deepEqual([first.provisional, first.reading, first.toSet], [true, null, ['dateFormat']]);
    const told: string[] = [];
    const context = {
      signal: UNHEARD.signal,
      progress: ({ phase, done, total }: { phase: string; done: number; total: number }) =>
        void (done === total && told.push(phase)),
    };
    const whole = await wholePreview(request, EMPTY_PORTFOLIO, [], context);
    assert.deepEqual([whole.provisional, whole.problem], [false, null]);
    assert.deepEqual(whole.dialect, (await importPath(file, new RecordingTarget())).dialect);
    assert.deepEqual(told, ['encoding', 'survey', 'rows']);
    assert.equal(whole.rows[0]![0], 'C0');

    const ended = new AbortController();
    const cancelling = { signal: ended.signal, progress: () => ended.abort() };
    await assert.rejects(wholePreview(request, EMPTY_PORTFOLIO, [], cancelling), failure('cancelled'));
  });
});

test('a short file is previewed for good', async (t) => {
  const file = fileOf(t, 'customer,step,balance\nA,1,2.5\nA,2,3.5\n');
  assert.equal((await previewFile({ file, profile: null, settings: [] }, EMPTY_PORTFOLIO, [])).provisional, false);
});

test('an encoding that only the middle of a long file shows', async (t) => {
  const row = (at: number) => `C${Math.floor(at / 100)};${at % 100};${at % 7};Koeln`;
  const path = await longFile(t, { header: 'customer;step;balance;town', row, hidden: ['ZZ;1;1;Bonn'] });
  const bytes = readFileSync(path);
  const at = bytes.indexOf('ZZ;1;1;Bonn');
  bytes[at + 8] = 0xf6;
  const file = fileOf(t, bytes);
  const document = await importPath(file, new RecordingTarget(), ['static=town']);
  assert.equal(document.dialect.encoding, 'windows-1252');
});
