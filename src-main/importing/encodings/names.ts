import { TextDecoder } from 'node:util';
import { DuecastError } from '../../ipc/errors.ts';

/** What people and other programs call an encoding where the Encoding Standard has no such label; without signs. */
const ALIASES: Record<string, string> = {
  ansi: 'windows-1252',
  windows: 'windows-1252',
  western: 'windows-1252',
  utf: 'utf-8',
  utf8bom: 'utf-8',
  utf8sig: 'utf-8',
  utf8mb4: 'utf-8',
  unicode: 'utf-16le',
  ucs2: 'utf-16le',
  utf16: 'utf-16le',
  utf16le: 'utf-16le',
  utf16be: 'utf-16be',
  latin1: 'windows-1252',
  latin2: 'iso-8859-2',
  latin5: 'windows-1254',
  latin7: 'iso-8859-13',
  latin9: 'iso-8859-15',
  latin0: 'iso-8859-15',
  cp932: 'shift_jis',
  ms932: 'shift_jis',
  windows932: 'shift_jis',
  windows31j: 'shift_jis',
  shiftjis: 'shift_jis',
  eucjp: 'euc-jp',
  ujis: 'euc-jp',
  euckr: 'euc-kr',
  cp949: 'euc-kr',
  ms949: 'euc-kr',
  windows949: 'euc-kr',
  uhc: 'euc-kr',
  cp936: 'gbk',
  ms936: 'gbk',
  windows936: 'gbk',
  euccn: 'gbk',
  gb2312: 'gbk',
  gb180302000: 'gb18030',
  cp950: 'big5',
  windows950: 'big5',
  cp866: 'ibm866',
  koi8: 'koi8-r',
  koi8r: 'koi8-r',
  koi8u: 'koi8-u',
  cp65001: 'utf-8',
};

/**
 * The Encoding Standard's name for an encoding as an analyst writes it: `latin1`, `cp1250`, `ANSI`, `gb2312`, `sjis` and
 * the like. Unknown: `usage`.
 */
export function encodingNamed(name: string): string {
  const written = name.trim().toLowerCase();
  const bare = written.replaceAll(/[\s_-]/g, '');
  const page = /^(?:windows|win|cp|ms)?(125\d|874)$/.exec(bare)?.[1];
  const part = /^(?:iso)?8859(\d{1,2})$/.exec(bare.replace(/:\d{4}$/, ''))?.[1];
  const candidates = [
    ALIASES[bare],
    page === undefined ? undefined : `windows-${page}`,
    part === undefined ? undefined : `iso-8859-${part}`,
    written,
    bare,
  ];
  for (const candidate of candidates) {
    if (candidate === undefined) continue;
    try {
      return new TextDecoder(candidate).encoding;
    } catch {
      // The next candidate may be a name.
    }
  }
  throw new DuecastError(
    'usage',
    `encoding=${name} is not known. Known are, among others: utf-8, utf-16le, utf-16be, windows-1250, windows-1251, ` +
      'windows-1252, windows-1254, windows-1257, iso-8859-1, iso-8859-2, iso-8859-15, gb18030, shift_jis, euc-jp, euc-kr.',
  );
}
