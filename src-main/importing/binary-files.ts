import { DuecastError } from '../ipc/errors.ts';
import { encodingOfHead } from './text.ts';

/** So many bytes of a file show what it is. */
export const SIGNATURE_BYTES = 4_096;

/** What a file is by its first bytes: text, something that holds tables, or something else that has a name. */
export type ContentSort = { sort: 'text' | 'zip' | 'gzip' } | { sort: 'other'; what: string; advice: string };

const CSV = 'Save the table as CSV or as an Excel workbook (.xlsx) and import that.';
const UNPACK = 'Unpack it and import the files in it.';

/** Signatures at the start of a file; the first that fits counts. */
const SIGNATURES: readonly { bytes: string; at?: number; what: string; advice?: string }[] = [
  { bytes: '%PDF-', what: 'a PDF', advice: 'Ask your bank for the same table as CSV or as an Excel workbook.' },
  { bytes: 'SQLite format 3\0', what: 'an SQLite database' },
  { bytes: 'PAR1', what: 'a Parquet file' },
  { bytes: 'ARROW1', what: 'an Arrow file' },
  { bytes: 'Obj\x01', what: 'an Avro file' },
  { bytes: '\x89PNG', what: 'a picture' },
  { bytes: 'GIF8', what: 'a picture' },
  { bytes: '\xff\xd8\xff', what: 'a picture' },
  { bytes: 'II*\0', what: 'a picture' },
  { bytes: 'MM\0*', what: 'a picture' },
  { bytes: 'WEBP', at: 8, what: 'a picture' },
  { bytes: 'ftyp', at: 4, what: 'a film or a picture' },
  { bytes: '7z\xbc\xaf\x27\x1c', what: 'a 7-Zip archive', advice: UNPACK },
  { bytes: 'Rar!', what: 'a RAR archive', advice: UNPACK },
  { bytes: 'BZh', what: 'a bzip2 archive', advice: UNPACK },
  { bytes: '\xfd7zXZ', what: 'an xz archive', advice: UNPACK },
  { bytes: '\x28\xb5\x2f\xfd', what: 'a Zstandard archive', advice: UNPACK },
  { bytes: 'ustar', at: 257, what: 'a tar archive', advice: UNPACK },
  { bytes: '\x7fELF', what: 'a program' },
  { bytes: 'MZ\x90', what: 'a program' },
  { bytes: '\xcf\xfa\xed\xfe', what: 'a program' },
  { bytes: '\xca\xfe\xba\xbe', what: 'a program' },
  { bytes: '{\\rtf', what: 'a text document (RTF)' },
  { bytes: '%!PS', what: 'a PostScript file' },
  { bytes: '\xff\xfe\0\0', what: 'text in UTF-32', advice: 'Save it as UTF-8 and import that.' },
  { bytes: '\0\0\xfe\xff', what: 'text in UTF-32', advice: 'Save it as UTF-8 and import that.' },
];

const OLD_OFFICE = '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1';

/** What a file is, by its first bytes (up to `SIGNATURE_BYTES`), whatever its name. */
export function contentSort(head: Uint8Array): ContentSort {
  const start = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, SIGNATURE_BYTES)).toString('latin1');
  if (['PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08'].some((bytes) => start.startsWith(bytes))) return { sort: 'zip' };
  if (start.startsWith('\x1f\x8b')) return { sort: 'gzip' };
  if (start.startsWith(OLD_OFFICE)) return oldOffice(start);
  for (const { bytes, at = 0, what, advice = CSV } of SIGNATURES) {
    if (start.startsWith(bytes, at)) return { sort: 'other', what, advice };
  }
  return markup(start) ?? raw(head) ?? { sort: 'text' };
}

function oldOffice(start: string): ContentSort {
  const holds = (name: string) => start.includes([...name].map((letter) => `${letter}\0`).join(''));
  if (holds('EncryptedPackage')) {
    return {
      sort: 'other',
      what: 'a workbook that is protected by a password',
      advice: 'Open it in Excel, take the password away, save it and import that.',
    };
  }
  return {
    sort: 'other',
    what: 'an old Excel workbook (.xls)',
    advice: 'Open it in Excel, save it as an Excel workbook (.xlsx) or as CSV, and import that.',
  };
}

/** Pages and documents that many banks give the name of a table. */
function markup(start: string): ContentSort | null {
  const text = start.replaceAll('\0', '').replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '');
  const opening = /^\s*(?:<!--[^]*?-->\s*)*<(!doctype html|html|table|meta|head|\?xml|\?mso)[\s>]/i.exec(text)?.[1];
  if (opening === undefined) return null;
  const advice = 'Open it in Excel, save it as an Excel workbook (.xlsx) or as CSV, and import that.';
  const isXml = opening.startsWith('?') && !/<html[\s>]/i.test(text);
  return { sort: 'other', what: isXml ? 'an XML file' : 'a web page (HTML), whatever its name says', advice };
}

/** Zero bytes, and controls that no text has; UTF-16 is full of both. */
function raw(head: Uint8Array): ContentSort | null {
  if (encodingOfHead(head)?.startsWith('utf-16') === true) return null;
  const looked = head.subarray(0, SIGNATURE_BYTES);
  const odd = looked.reduce((count, byte) => count + Number(isNoText(byte)), 0);
  if (odd * 50 <= looked.length) return null;
  return { sort: 'other', what: 'binary data', advice: CSV };
}

const isNoText = (byte: number) => byte < 9 || (byte > 13 && byte < 26) || byte === 28 || byte === 29;

/** Refuses what is neither text nor holds tables, by its first bytes, and says what it is. */
export function refuseBinary(name: string, head: Uint8Array): void {
  const found = contentSort(head);
  if (found.sort === 'text') return;
  const { what, advice } = found.sort === 'other' ? found : { what: `a ${found.sort} archive`, advice: UNPACK };
  throw new DuecastError('data-refused', `${name} is ${what}, not a table; nothing was imported. ${advice}`);
}
