import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodingNamed } from '../../../src-main/importing/encodings/names.ts';
import { failure } from '../recording-target.ts';

test('what people call an encoding', () => {
  const names: Record<string, string> = {
    'utf-8': 'utf8 UTF-8 utf_8 utf-8-sig cp65001',
    'utf-16le': 'utf16 UTF-16 utf-16le ucs-2 unicode',
    'utf-16be': 'utf16be UTF-16BE',
    'windows-1252':
      'latin1 latin-1 iso-8859-1 iso8859-1 ISO_8859-1 8859-1 cp1252 win1252 windows1252 1252 ansi ANSI us-ascii',
    'windows-1250': 'cp1250 win-1250 windows-1250 1250',
    'windows-1251': 'cp1251 win1251',
    'windows-1254': 'cp1254 latin5 iso-8859-9',
    'windows-1257': 'cp1257',
    'iso-8859-2': 'latin2 iso8859-2 iso_8859-2:1987',
    'iso-8859-15': 'iso8859-15 latin9 Latin-9 8859-15',
    gbk: 'gbk gb2312 GB_2312 cp936 euc-cn',
    gb18030: 'gb18030 GB-18030',
    shift_jis: 'sjis shift-jis Shift_JIS cp932 ms932 windows-31j',
    'euc-jp': 'eucjp EUC_JP',
    'euc-kr': 'euckr EUC-KR cp949 uhc ks_c_5601-1987 windows-949',
    big5: 'big5 cp950',
  };
  for (const [encoding, written] of Object.entries(names)) {
    for (const name of written.split(' ')) assert.equal(encodingNamed(name), encoding, name);
  }
  assert.throws(() => encodingNamed('klingon'), failure('usage', 'klingon', 'gb18030'));
  assert.throws(() => encodingNamed(''), failure('usage'));
});
