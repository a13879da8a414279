import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { gzipSync } from 'node:zlib';
import { openTable } from '../../../src-main/importing/containers/open-table.ts';
import { failure, fileOf, importPath, importText, RecordingTarget } from '../recording-target.ts';
import { inline, workbookOf } from '../workbooks/workbook.ts';
import { zipOf } from './zip.ts';

const CSV = 'customer,day,x\nA,0,1\nA,1,2\n';
const OTHER = 'customer,day,x\nB,0,3\n';
const sha256 = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest('hex');

const opened = (path: string, signal = new AbortController().signal) => openTable(path, { sheet: null, signal });

async function textOf(t: TestContext, content: Uint8Array, name: string, inside = '') {
  const file = await opened(join(fileOf(t, content, name), inside));
  t.after(() => file.close());
  return { text: Buffer.from(await file.readAt(0, file.size)).toString(), file };
}

const rowsOf = async (t: TestContext, content: Uint8Array) => (await importText(t, content)).target.rows.length;

describe('gzip', () => {
  test('is unpacked, all members of it, and keeps its own name and hash', async (t) => {
    const packed = Buffer.concat([gzipSync(CSV), gzipSync('A,2,3\n')]);
    const { text, file } = await textOf(t, packed, 'april.csv.gz');
    assert.equal(text, `${CSV}A,2,3\n`);
    assert.deepEqual([file.name, file.sha256], ['april.csv.gz', sha256(packed)]);
    const { document } = await importText(t, packed);
    assert.deepEqual([document.sha256, document.rows.accepted], [sha256(packed), 3]);
  });

  test('a workbook in it, and it in an archive', async (t) => {
    const book = workbookOf([{ name: 'S', rows: { 1: ['a', 'b', 'c'].map(inline), 2: ['1', '2', '3'].map(inline) } }]);
    assert.equal((await textOf(t, gzipSync(book), 'book.xlsx.gz')).text, 'a,b,c\n1,2,3\n');
    assert.equal(await rowsOf(t, zipOf([{ name: 'x.csv.gz', content: gzipSync(CSV) }])), 2);
  });

  test('cut anywhere or damaged it is refused', async (t) => {
    const packed = gzipSync(CSV.repeat(50));
    for (let length = 3; length < packed.length; length++) {
      await assert.rejects(
        textOf(t, packed.subarray(0, length), 'cut.gz'),
        failure('data-refused', 'cut.gz', 'ends too early'),
      );
    }
    const damaged = Buffer.from(packed);
    damaged[packed.length - 6]! ^= 1;
    await assert.rejects(textOf(t, damaged, 'bad.gz'), failure('data-refused', 'bad.gz', 'damaged'));
  });

  test('what grows into more than a table is refused', async (t) => {
    await assert.rejects(
      textOf(t, gzipSync(Buffer.alloc(300_000_000)), 'bomb.gz'),
      failure('data-refused', 'bomb.gz', 'MB', 'grows'),
    );
    let packed: Buffer = gzipSync(CSV);
    for (let i = 0; i < 5; i++) packed = gzipSync(packed);
    await assert.rejects(textOf(t, packed, 'deep.gz'), failure('data-refused', 'again and again'));
    await assert.rejects(textOf(t, gzipSync(''), 'none.gz'), failure('data-refused', 'empty'));
  });
});

describe('zip', () => {
  test('one table is read as the archive, and what is passed over is said', async (t) => {
    const archive = zipOf([
      { name: '__MACOSX/._cards.csv', content: 'x' },
      { name: 'exports/', content: '' },
      { name: 'exports/.hidden.csv', content: CSV },
      { name: 'exports/cards.csv', content: CSV },
      { name: 'exports/README.txt', content: 'read me' },
      { name: 'exports/logo.png', content: Buffer.from('\x89PNG\r\n', 'latin1') },
    ]);
    const { document } = await importText(t, archive);
    assert.deepEqual([document.file, document.sha256, document.rows.accepted], ['export.csv', sha256(archive), 2]);
    for (const name of ['README.txt', '.hidden.csv', 'logo.png (a picture)', '__MACOSX'])
      assert.ok(document.warnings.join().includes(name), name);
  });

  test('of several each is named with the archive and has its own hash', async (t) => {
    const archive = zipOf([
      { name: 'b/may.csv', content: OTHER, stored: true },
      { name: 'april.csv', content: CSV },
    ]);
    await assert.rejects(
      textOf(t, archive, 'year.zip'),
      failure('data-refused', '2 tables', 'year.zip/april.csv', 'year.zip/b/may.csv'),
    );
    const path = fileOf(t, archive, 'year.zip');
    const document = await importPath(join(path, 'b', 'may.csv'), new RecordingTarget());
    assert.deepEqual([document.file, document.sha256], ['year.zip/b/may.csv', sha256(OTHER)]);
    await assert.rejects(opened(join(path, 'june.csv')), failure('file-missing', 'june.csv', 'year.zip'));
    await assert.rejects(opened(join(fileOf(t, CSV), 'june.csv')), failure('file-missing', 'june.csv'));
  });

  test('names in the encoding of the system that packed them', async (t) => {
    const gbk = Buffer.from([0xbd, 0xbb, 0xd2, 0xd7, 0x2e, 0x63, 0x73, 0x76]);
    const { file } = await textOf(
      t,
      zipOf([
        { name: gbk, content: CSV },
        { name: 'b.csv', content: OTHER },
      ]),
      'a.zip',
      '交易.csv',
    );
    assert.equal(file.name, 'a.zip/交易.csv');
  });

  test('refused: protected, a bomb, no table, documents, damaged', async (t) => {
    const refused = async (content: Uint8Array, ...words: string[]) =>
      assert.rejects(textOf(t, content, 'a.zip'), failure('data-refused', 'a.zip', ...words));
    await refused(zipOf([{ name: 'x.csv', content: CSV, encrypted: true }]), 'password');
    await refused(zipOf([{ name: 'x.csv', content: CSV, claimedBytes: 4_000_000_000 }]), '3.73 GB', 'grows');
    await refused(zipOf([{ name: 'x.csv', content: CSV, claimedBytes: 5 }]), 'damaged');
    await refused(zipOf([{ name: 'x.pdf', content: '%PDF-1.7' }]), 'no table', 'x.pdf');
    await refused(zipOf([]), 'no table');
    await refused(
      zipOf([
        { name: 'mimetype', content: 'x' },
        { name: 'content.xml', content: '<x/>' },
      ]),
      'OpenDocument',
    );
    await refused(zipOf([{ name: 'xl/workbook.bin', content: 'x' }]), '.xlsb');
    const whole = zipOf([{ name: 'x.csv', content: CSV.repeat(20) }]);
    for (let length = 4; length < whole.length; length++) await refused(whole.subarray(0, length), 'damaged');
    for (let at = 40; at < whole.length - 22; at++) {
      const changed = Buffer.from(whole);
      changed[at]! ^= 0x55;
      // A byte that doesn't matter may be changed; a name may be another.
      const text = await textOf(t, changed, 'a.zip').then(
        (found) => found.text,
        (error: { code?: string }) => error.code,
      );
      assert.ok(text === CSV.repeat(20) || text === 'data-refused' || text === 'file-missing', `${at}: ${text}`);
    }
  });
});

test('nothing is left in the folder of temporary files', async (t) => {
  const left = () => readdirSync(tmpdir()).filter((name) => /^duecast-[0-9a-f-]{36}\.tmp$/.test(name)).length;
  const before = left();
  const path = fileOf(t, gzipSync(CSV.repeat(100_000)), 'a.csv.gz');
  const file = await opened(path);
  await file.close();
  const another = fileOf(t, gzipSync(CSV.repeat(100_000)), 'b.csv.gz');
  await assert.rejects(opened(another, AbortSignal.abort()), failure('cancelled'));
  assert.equal(left(), before);
});

test('what is no table is refused by what it is', async (t) => {
  const oldBook = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]);
  const protectedBook = Buffer.concat([oldBook, Buffer.from('EncryptedPackage', 'utf16le')]);
  const cases: [Uint8Array, string][] = [
    [Buffer.from('%PDF-1.7\n'), 'a PDF'],
    [oldBook, '.xls'],
    [protectedBook, 'password'],
    [Buffer.from('SQLite format 3\0x'), 'SQLite'],
    [Buffer.from('PAR1....PAR1'), 'Parquet'],
    [Buffer.from('7f454c4602010100', 'hex'), 'a program'],
    [Buffer.from('ffd8ffe000104a46', 'hex'), 'a picture'],
    [Buffer.from('<html><body><table><tr><td>1</td></tr></table>'), 'a web page'],
    [Buffer.from('<?xml version="1.0"?>\n<Document xmlns="urn:x">'), 'XML'],
    [new Uint8Array(new Float64Array(300).map((_, i) => i * 1.37).buffer), 'binary data'],
    [Buffer.from('7z\xbc\xaf\x27\x1c', 'latin1'), '7-Zip'],
  ];
  for (const [content, words] of cases) await assert.rejects(importText(t, content), failure('data-refused', words));
});

test('what was unpacked last is kept for the next who asks, and a changed file is unpacked anew', async (t) => {
  const path = fileOf(t, gzipSync(CSV), 'a.csv.gz');
  const read = async () => {
    const file = await opened(path);
    const text = Buffer.from(await file.readAt(0, file.size)).toString();
    await file.close();
    await file.close();
    return text;
  };
  assert.equal(await read(), CSV);
  assert.equal(await read(), CSV);
  const [first, second] = [await opened(path), await opened(path)];
  writeFileSync(path, gzipSync(OTHER));
  assert.equal(await read(), OTHER);
  await first.close();
  assert.equal(Buffer.from(await second.readAt(0, 8)).toString(), CSV.slice(0, 8));
  await second.close();
});
