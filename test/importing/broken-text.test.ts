import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { encode } from './encodings/encode.ts';
import { importText } from './recording-target.ts';

const ROWS = 'customer,day,x,branch\n' + Array.from({ length: 20 }, (_, i) => `Müller ${i},0,1,Köln\n`).join('');

describe('an export in each encoding is read as it was written', () => {
  const texts: Record<string, string> = {
    'utf-8': ROWS,
    'utf-16le': ROWS,
    'utf-16be': ROWS,
    'windows-1252': ROWS,
    'windows-1250': 'customer;day;x;Město\nDvořák;0;1;Plzeň\nŘezník;0;2;Žatec\n',
    'iso-8859-2': 'customer;day;x;Město\nDvořák;0;1;Plzeň\nŽižka;0;2;Šumperk\n',
    'windows-1251': 'customer;day;x;город\nИванов;0;1;Москва\n',
    'windows-1254': 'customer;day;x;şube\nYılmaz;0;1;Kadıköy\n',
    'windows-1257': 'customer;day;x;miestas\nŽukauskas;0;1;Klaipėda\nŠimkutė;0;2;Panevėžys\n',
    'iso-8859-15': 'customer;day;x;branch\nLecœur;0;1;Œuvres à 5 €\n',
    'koi8-r': 'customer;day;x;город\nИванов;0;1;Москва\nПетрова;0;2;Казань\n',
    'windows-1255': 'לקוח,day,x,סניף\nכהן,0,1,ירושלים\nמזרחי,0,2,בית שמש\n',
    macintosh: ROWS,
    big5: '客戶,day,x,分行\n王小明,0,1,臺北分行\n陳美玲,0,2,高雄分行\n',
    gb18030: '客户,day,x,支行\n王小明,0,1,北京分行\n',
    shift_jis: '顧客,day,x,支店\n山田太郎,0,1,大阪支店\nﾀﾅｶ,0,1,ﾄｳｷﾖｳ\n',
    'euc-jp': '顧客,day,x,支店\n山田太郎,0,1,大阪支店\n',
    'euc-kr': '고객,day,x,지점\n김민수,0,1,서울지점\n',
  };
  for (const [encoding, text] of Object.entries(texts)) {
    for (const mark of encoding.startsWith('utf') ? ['', '\ufeff'] : ['']) {
      test(`${encoding}${mark === '' ? '' : ' with its mark'}`, async (t) => {
        const lines = text.trim().split('\n');
        const column = lines[0]!.split(/[,;]/)[0]!;
        const settings = [`customer=${column}`, 'step=day', 'features=x', `static=${lines[0]!.split(/[,;]/)[3]!}`];
        const bytes = encode(mark + text, encoding);
        const { document, target } = await importText(t, bytes, settings);
        assert.equal(document.dialect.encoding, encoding);
        assert.deepEqual(
          target.records.map(({ customer, statics }) => [customer, ...statics]),
          lines
            .slice(1)
            .map((line) => line.split(/[,;]/))
            .map(([customer, , , branch]) => [customer, branch]),
        );
        const forced = await importText(t, bytes, [...settings, `encoding=${encoding}`]);
        assert.deepEqual(forced.target.records, target.records);
      });
    }
  }
});

test('a row whose text was broken is set aside, with its line and column', async (t) => {
  const bytes = Buffer.concat([
    Buffer.from(ROWS),
    Buffer.from('M\xfcller,0,1,Berlin\n', 'latin1'),
    Buffer.from('Schulz,0,1,K\xf6ln\n', 'latin1'),
    Buffer.from('Schmidt,0,1\xff,Bonn\n', 'latin1'),
  ]);
  const { document } = await importText(t, bytes, ['static=branch']);
  assert.equal(document.dialect.encoding, 'utf-8');
  assert.equal(document.rows.accepted, 20);
  assert.deepEqual(
    document.rejected.map(({ line, column }) => [line, column]),
    [
      [22, 'customer'],
      [23, 'branch'],
      [24, 'x'],
    ],
  );
  assert.match(document.rejected[1]!.reason, /bytes that the encoding does not have/);
  assert.match(document.warnings.join(), /3 bytes of the file are not valid utf-8/);
});

test('UTF-16 asked for by its plain name goes by its mark', async (t) => {
  const bytes = encode(`\ufeff${ROWS}`, 'utf-16be');
  const { document } = await importText(t, bytes, ['encoding=utf-16', 'static=branch']);
  assert.deepEqual([document.dialect.encoding, document.rows.accepted], ['utf-16be', 20]);
});
