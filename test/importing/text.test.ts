import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { encodingNamed, encodingOfChunks, encodingOfHead, TextReader } from '../../src-main/importing/text.ts';
import { refuseBinary } from '../../src-main/importing/binary-files.ts';
import { failure } from './recording-target.ts';

async function* chunks(bytes: Uint8Array, length: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

const utf8 = (text: string) => Buffer.from(text, 'utf8');
const utf16 = (text: string) => Buffer.from(text, 'utf16le');
const bigEndian = (text: string) => utf16(text).swap16();

describe('encodings', () => {
  test('by a byte order mark, or by zero bytes', () => {
    assert.equal(encodingOfHead(utf8('\ufeffa,b')), 'utf-8');
    assert.equal(encodingOfHead(utf16('\ufeffa,b')), 'utf-16le');
    assert.equal(encodingOfHead(bigEndian('\ufeffa,b')), 'utf-16be');
    assert.equal(encodingOfHead(utf16('customer,day')), 'utf-16le');
    assert.equal(encodingOfHead(bigEndian('customer,day')), 'utf-16be');
    assert.equal(encodingOfHead(utf8('customer,day')), null);
  });

  test('UTF-16 in Chinese, and binary data that has zeros as well', () => {
    const text = '日期,金额,余额\n2024-01-02,5,6\n'.repeat(5);
    assert.equal(encodingOfHead(utf16(text)), 'utf-16le');
    assert.equal(encodingOfHead(bigEndian(text)), 'utf-16be');
    const numbers = new Uint8Array(new Uint32Array(500).map((_, i) => i * 77_777).buffer);
    assert.equal(encodingOfHead(numbers), null);
  });

  test('the whole file decides, however it is cut', async () => {
    const decided = async (bytes: Uint8Array, length: number) =>
      (await encodingOfChunks(chunks(bytes, length))).encoding;
    const text = 'Müller;€;😀;x\n'.repeat(3);
    for (const length of [1, 2, 3, 4, 5, 7, 1000]) {
      assert.equal(await decided(utf8(text), length), 'utf-8', String(length));
      assert.equal(await decided(Buffer.from('Müller;5\nGroß;6\n', 'latin1'), length), 'windows-1252', String(length));
    }
  });

  test('a few broken bytes leave UTF-8 what it is, and are counted', async () => {
    const text = utf8('Müller;5\n'.repeat(6));
    const late = Buffer.concat([text, Buffer.of(0xe4), utf8('abc\n')]);
    const cutOff = utf8('Müller;5\nJosé').subarray(0, -1);
    for (const bytes of [late, cutOff]) {
      const { encoding, brokenBytes } = await encodingOfChunks(chunks(bytes, 10));
      assert.deepEqual([encoding, brokenBytes], ['utf-8', 1]);
    }
  });

  test('decoding as the bytes arrive', () => {
    const decode = (bytes: Uint8Array, encoding: string, length: number) => {
      const reader = new TextReader(encoding);
      let text = '';
      for (let at = 0; at < bytes.length; at += length) text += reader.decode(bytes.subarray(at, at + length));
      return text + reader.end();
    };
    const text = 'Größe €5, “x” 😀';
    for (const length of [1, 3, 100]) {
      assert.equal(decode(utf8(`\ufeff${text}`), 'utf-8', length), text);
      assert.equal(decode(utf16(`\ufeff${text}`), 'utf-16le', length), text);
      assert.equal(decode(bigEndian(`\ufeff${text}`), 'utf-16be', length), text);
      assert.equal(decode(Uint8Array.of(0x80, 0x92, 0xe4), 'windows-1252', length), '€’ä');
    }
  });

  test('names of encodings', () => {
    assert.equal(encodingNamed('UTF8'), 'utf-8');
    assert.equal(encodingNamed('latin1'), 'windows-1252');
    assert.equal(encodingNamed('cp1252'), 'windows-1252');
    assert.equal(encodingNamed('UTF-16'), 'utf-16le');
    assert.throws(() => encodingNamed('klingon'), failure('usage', 'klingon', 'windows-1252'));
  });
});

test('what is no text is refused by name', () => {
  assert.throws(() => refuseBinary('a.xlsx', utf8('PK\u0003\u0004')), failure('data-refused', 'a.xlsx', 'zip'));
  assert.throws(() => refuseBinary('a.pdf', utf8('%PDF-1.7')), failure('data-refused', 'PDF'));
  refuseBinary('a.csv', utf8('PKW,day'));
});
