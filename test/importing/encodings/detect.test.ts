import assert from 'node:assert/strict';
import { TextDecoder } from 'node:util';
import { describe, test } from 'node:test';
import { EncodingEvidence } from '../../../src-main/importing/encodings/detect.ts';
import { encode } from './encode.ts';

const detected = (bytes: Uint8Array) => {
  const evidence = new EncodingEvidence();
  evidence.add(bytes);
  return evidence.decide();
};

const lines = (rows: string[]) => rows.map((row) => `${row}\r\n`).join('');

/** Short exports by the encodings that banks give them. */
const TEXTS: [string, string[]][] = [
  [
    'windows-1250 iso-8859-2',
    [
      lines(['Datum;Částka;Měna;Účet', '01.02.2024;-100,00;CZK;123']),
      lines(['Datum;Popis;Suma', '1.2.2024;Potraviny Novák;5', '2.2.2024;Škoda Auto;6', '3.2.2024;Kavárna U Kříže;1']),
    ],
  ],
  [
    'windows-1250 iso-8859-2 windows-1257',
    [
      lines([
        'Data operacji;Opis;Kwota;Saldo',
        '2024-01-02;SPÓŁKA Z O.O. ŁÓDŹ;-5,00;1',
        '2024-01-03;ŻABKA Z1234 KRAKÓW;-5,00;1',
      ]),
      lines(['Data operacji;Opis;Kwota;Saldo', '2024-01-02;Spółka;-5,00;1']),
      lines(['Data;Tytuł;Kwota', '2024-01-02;x;-5,00']),
    ],
  ],
  [
    'windows-1250 iso-8859-2',
    [
      lines(['Dátum;Összeg;Közlemény', '2024.01.02;-5;Győri Pékség']),
      lines(['Datum;Osszeg;Megnevezes', '2024.01.02;-5;FŰSZER KFT']),
    ],
  ],
  [
    'windows-1252 iso-8859-15',
    [
      lines(['Buchungstag;Empfänger;Betrag', '01.02.2024;Müller GmbH;-5,00']),
      lines(['Datum;Text;Betrag', '01.02.2024;REWE Köln;-5,00']),
      lines(['Datum;Text;Betrag', '01.02.2024;BÄCKEREI;-5,00']),
      lines(['Datum;Text;Betrag', '01.02.2024;Straße;-5,00']),
    ],
  ],
  [
    'windows-1252 iso-8859-15',
    [
      lines(['Date;Libellé;Débit;Crédit', '01/02/2024;CAFÉ DE LA GARE;5,00;']),
      lines(['Date;Libelle;Montant', '01/02/2024;CAFÉ;5']),
      lines(['Date;Montant', '01/02/2024;1\u00a0234,56']),
    ],
  ],
  [
    'iso-8859-15 windows-1252',
    [
      lines(['Date;Libelle;Montant', '01/02/2024;Sœurs Œuvre;5 €']),
      lines(['Date;Libelle;Montant', '01/02/2024;Achat;5,00 €']),
      lines(['Date;Libelle;Montant (€)', '01/02/2024;Achat;5,00']),
    ],
  ],
  [
    'windows-1252',
    [
      lines(['Fecha;Descripción;Importe', '01/02/2024;Señor Muñoz;5']),
      lines(['Fecha;Concepto;Importe', '01/02/2024;MUÑOZ;5']),
      lines(['Fecha;Concepto;Importe', '01/02/2024;Nómina;5']),
    ],
  ],
  [
    'windows-1252',
    [
      lines(['Data;Descrição;Valor', '01/02/2024;PÃO DE AÇÚCAR;5']),
      lines(['Data;Historico;Valor', '01/02/2024;João;5']),
      lines(['Data;Historico;Valor', '01/02/2024;CARTÃO;5']),
    ],
  ],
  ['windows-1252', [lines(['Data;Descrizione;Importo', '01/02/2024;Caffè Città;5'])]],
  ['windows-1252', [lines(['Datum;Text;Belopp', '2024-01-02;Överföring;5', '2024-01-02;ICA Åhlens;5'])]],
  [
    'windows-1252',
    [lines(['Dato;Tekst;Beløb', '2024-01-02;Køb;5']), lines(['Dato;Tekst;Belob', '2024-01-02;KØBENHAVN;5'])],
  ],
  ['windows-1252', [lines(['Dagsetning;Skýring;Upphæð', '2024-01-02;Þórður;5'])]],
  ['windows-1252 windows-1257', [lines(['Kuupäev;Selgitus;Summa', '2024-01-02;Põlva Tööstus;5', '2024-01-02;Võru;5'])]],
  [
    'windows-1257',
    [
      lines(['Data;Gavėjas;Sąskaita;Paskirtis;Suma', '2024-01-02;UAB Šviežia žuvis;LT1;x;5']),
      lines(['Data;Gavėjas;Suma', '2024-01-02;x;5']),
      lines(['Data;Moketojas;Suma', '2024-01-02;Jonas Žukauskas;5', '2024-01-02;Rūta Šimkutė;5']),
    ],
  ],
  [
    'windows-1257',
    [
      lines(['Datums;Saņēmējs;Summa', '2024-01-02;Bērziņš Jānis;5']),
      lines(['Datums;Partneris;Summa', '2024-01-02;RĪGAS ŪDENS;5']),
    ],
  ],
  [
    'windows-1254',
    [
      lines(['Tarih;Açıklama;Tutar;Bakiye', '01.02.2024;İşlem ücreti;5,00;1']),
      lines(['Tarih;Aciklama;Tutar', '01.02.2024;ŞİŞLİ GIDA;5,00']),
      lines(['Tarih;Aciklama;Tutar', '01.02.2024;Yılmaz;5,00']),
    ],
  ],
  [
    'windows-1250 iso-8859-2',
    [
      lines(['Data;Descriere;Sumă', '01.02.2024;Plată chirie;5']),
      lines(['Data;Descriere;Suma', '01.02.2024;Bucureşti;5']),
    ],
  ],
  ['windows-1250 iso-8859-2', [lines(['Datum;Opis plaćanja;Iznos', '01.02.2024;Račun Kovačević;5'])]],
  ['windows-1250 iso-8859-2', [lines(['Dátum;Suma;Poznámka', '01.02.2024;5;Košice'])]],
  [
    'windows-1251',
    [
      lines(['Дата;Сумма;Описание', '01.02.2024;5;Магазин']),
      lines(['Date;Amount;Text', '01.02.2024;5;МОСКВА', '01.02.2024;5;Пятёрочка']),
    ],
  ],
  ['windows-1251', [lines(['Дата;Сума;Призначення платежу', '01.02.2024;5;Київ'])]],
  ['windows-1251', [lines(['Дата;Сума;Основание', '01.02.2024;5;София'])]],
  ['windows-1253', [lines(['Ημερομηνία;Ποσό;Περιγραφή', '01/02/2024;5;Αθήνα'])]],
  [
    'gb18030',
    [
      lines(['交易日期,摘要,金额,余额', '20240102,支付宝,-5,1']),
      lines(['date,amount,description', '20240102,5,转账']),
      lines(['日期,金额', '20240102,5']),
      lines(['客户号,日期,余额', '007,20240102,5']),
      lines(['date,amount,text', '20240102,5,麦当劳餐厅']),
    ],
  ],
  [
    'shift_jis euc-jp',
    [
      lines(['日付,摘要,お支払金額,残高', '20240102,振込 ﾔﾏﾀﾞ ﾀﾛｳ,5,1']),
      lines(['date,amount,text', '20240102,5,ｶﾄﾞ']),
      lines(['日付,金額', '20240102,5']),
      lines(['date,amount,text', '20240102,5,セブンイレブン']),
      lines(['date,amount,text', '20240102,5,ﾌﾘｺﾐ']),
    ],
  ],
  [
    'euc-kr',
    [
      lines(['거래일자,적요,출금액,잔액', '20240102,카드결제,5,1']),
      lines(['date,amount,text', '20240102,5,이체']),
      lines(['일자,금액', '20240102,5']),
      lines(['date,amount,text', '20240102,5,스타벅스']),
    ],
  ],

  [
    'windows-1252',
    [
      'Date;Text;Amount\n1;M&S;£5\n',
      'Date;Text;Amount\n1;M&S;5 €\n',
      'Date;Text;Amount\n1;it’s;€5\n',
      'Date;Text;Amount\n1;Tom – Jerry;5\n',
      'Date;Text;Amount\n1;“Pub”;5\n',
      'Date;Text;Amount (¥)\n1;x;5\n',
      'Date;Text;Amount\n1;McDonald®;5\n',
      'Date;Text;Amount\n1;N° 5;5\n1;1ª;3\n1;Nº 4;5\n',
      'Date;Text;Amount\n1;Beyoncé;5\n1;JALAPEÑO;2\n',
      'Date;Text;Amount\n1;Zoë;5\n',
      'Date;Text;Amount\n1;Citroën;5\n',
    ],
  ],
  ['windows-1252', ['Datum;Naam;Bedrag\n1;Café de Zoë;5\n', 'Datum;Omschrijving;Bedrag\n1;België;5\n']],
  [
    'windows-1252',
    [
      'Kunde;Datum;Umsätze\n1;1;2\n',
      'customer_id;day;groß\n1;1;2\n',
      'x;y\n1;Übung\n',
      'x;y\n1;ÖBB\n',
      'x;y\n1;GRÜN & SÖHNE\n',
      'x;y\n1;MÜLLERSTRAßE\n',
      'x;y\n1;Lärm\n',
      'Id;Währung\n1;2\n',
    ],
  ],
  [
    'windows-1252',
    [
      'Date;Libelle\n1;HÔTEL\n',
      'Date;Libelle\n1;Noël\n',
      'Date;Libelle\n1;À RECEVOIR\n',
      'Date;Libelle\n1;garçon\n',
      'Date;Libelle\n1;où\n',
      'Date;Opération\n1;x\n',
      'Date;Libelle\n1;l’été\n',
      'Date;Libelle\n1;PRÉLÈVEMENT\n',
      'Date;Libelle\n1;CRÈME BRÛLÉE\n',
    ],
  ],
  [
    'windows-1250 iso-8859-2',
    [
      'Datum;Popis\n1;Řezník\n',
      'Datum;Popis\n1;Dvořák\n',
      'Datum;Popis\n1;Kč\n',
      'Datum;Popis\n1;Jiří\n',
      'Datum;Popis\n1;ČEZ PRODEJ\n',
      'Datum;Popis\n1;Žižkov\n',
      'Datum;Popis\n1;Těšín\n',
      'Datum;Popis\n1;Plzeň\n',
      'Datum;Popis\n1;Kůň\n',
      'Datum;Popis\n1;Účet\n',
      'Datum;Popis\n1;TŘÍDA\n',
    ],
  ],
  [
    'windows-1250 iso-8859-2',
    [
      'Data;Opis\n1;Łódź\n',
      'Data;Opis\n1;Zapłata\n',
      'Data;Opis\n1;PRZELEW WŁASNY\n',
      'Data;Opis\n1;Poznań\n',
      'Data;Opis\n1;Częstochowa\n',
      'Data;Opis\n1;Gdańsk\n',
      'Data;Opis\n1;ŻABKA\n',
      'Data;Opis\n1;ŚWIEŻE\n',
      'Data;Kwota;Nazwa\n1;2;Kraków\n',
    ],
  ],
  [
    'windows-1250 iso-8859-2',
    [
      'Datum;Nev\n1;Győr\n',
      'Datum;Nev\n1;Fűtés\n',
      'Datum;Nev\n1;Petőfi\n',
      'Datum;Osszeg\n1;ERDŐ\n',
      'Datum;Összeg\n1;2\n',
    ],
  ],
  [
    'windows-1254',
    [
      'Tarih;Aciklama\n1;Işık\n',
      'Tarih;Aciklama\n1;Şahin\n',
      'Tarih;Aciklama\n1;DOĞAN\n',
      'Tarih;Aciklama\n1;İZMİR\n',
      'Tarih;Tutar\n1;ÇIKIŞ\n',
      'Tarih;Tutar\n1;Ağaç\n',
      'Musteri;Tarih\n1;Yıldız\n',
    ],
  ],
  [
    'windows-1257',
    [
      'Data;Pavadinimas\n1;Šiauliai\n',
      'Data;Pavadinimas\n1;Klaipėda\n',
      'Data;Suma\n1;MAXIMA Žirmūnai\n',
      'Data;Suma\n1;Panevėžys\n',
      'Datums;Summa\n1;Jūrmala\n',
      'Datums;Summa\n1;RĪGA\n',
      'Datums;Summa\n1;Ķekava\n',
      'Date;Amount\n1;Liepāja\n',
    ],
  ],
  [
    'gb18030',
    [
      'a,b\n1,王小明\n',
      'a,b\n1,沃尔玛\n',
      'a,b\n1,张伟\n',
      'a,b\n1,余额\n',
      'a,b\n1,滴滴出行\n',
      'a,b\n1,（备注）\n',
      'a,b\n1,刘德华\n',
      'a,b\n1,账单分期还款\n',
      'a,b\n1,中国石化加油\n',
      'a,b\n1,星巴克咖啡\n',
      'a,b\n1,金额\n',
      'a,b\n1,客户\n',
    ],
  ],
  [
    'euc-kr',
    [
      'a,b\n1,김민수\n',
      'a,b\n1,잔액\n',
      'a,b\n1,이마트\n',
      'a,b\n1,쿠팡\n',
      'a,b\n1,씨유편의점\n',
      'a,b\n1,고객\n',
      'a,b\n1,배달의민족\n',
      'a,b\n1,㈜한국전력\n',
    ],
  ],
  [
    'shift_jis euc-jp',
    [
      'a,b\n1,山田太郎\n',
      'a,b\n1,残高\n',
      'a,b\n1,ローソン\n',
      'a,b\n1,電気代\n',
      'a,b\n1,ｶ)ﾄｳﾖｳ\n',
      'a,b\n1,ﾃﾞﾝｷ\n',
      'a,b\n1,給与\n',
      'a,b\n1,ありがとう\n',
      'a,b\n1,お客様\n',
      'a,b\n1,株式会社\n',
      'a,b\n1,ｽｲﾄﾞｳ\n',
      'a,b\n1,イオン\n',
      'a,b\n1,￥５，０００\n',
    ],
  ],
  [
    'windows-1251',
    [
      'a,b\n1,Иванов\n',
      'a,b\n1,Магнит\n',
      'a,b\n1,ПЕРЕВОД\n',
      'a,b\n1,руб\n',
      'a,b\n1,№ 5\n',
      'a,b\n1,Счёт № 5\n',
      'a,b\n1,Лидл\n',
    ],
  ],
  ['windows-1253', ['a,b\n1,Παπαδόπουλος\n', 'a,b\n1,ΑΒ ΒΑΣΙΛΟΠΟΥΛΟΣ\n']],
];

/** The same with three thousand plain rows below its header. */
const long = (text: string) => {
  const header = text.slice(0, text.indexOf('\n') + 1);
  const plain = Array.from({ length: 3_000 }, (_, i) => `${i};2024-01-02;12.50;SHOP ${i}`);
  return header + lines(plain) + text.slice(header.length);
};

describe('short exports are read as they were written', () => {
  for (const [encodings, texts] of TEXTS) {
    for (const encoding of encodings.split(' ')) {
      test(`${encoding}: ${texts[0]!.slice(0, 40).replaceAll(/\s+/g, ' ')}`, () => {
        for (const text of texts) {
          for (const written of [text, long(text)]) {
            const bytes = encode(written, encoding);
            const found = detected(bytes);
            const read = new TextDecoder(found.encoding).decode(bytes, { stream: true });
            // Where two encodings read a file alike, either is right.
            assert.ok(read === written, `${JSON.stringify(text)}: ${found.encoding}, ${found.why}`);
          }
        }
      });
    }
  }
});

test('UTF-8 stays UTF-8, and what only happens to be valid UTF-8 does not', () => {
  for (const text of [
    'Datum;Účet\n1;SPÓŁKA\n',
    'a;b\n1;Ü\n',
    '거래일자,적요\n',
    'Дата;Сумма\n',
    '日付,金額\n',
    'a;€\n',
    'a;ｶﾞｽ\n',
  ]) {
    assert.equal(detected(encode(text, 'utf-8')).encoding, 'utf-8', text);
  }
  assert.equal(detected(encode('Data;Opis\n1;SPÓŁKA\n', 'windows-1250')).encoding, 'windows-1250');
  assert.equal(detected(Buffer.from('a;b\n1;2\n')).encoding, 'utf-8');
  assert.equal(detected(Buffer.from('a;b\n1;Café', 'latin1')).encoding, 'windows-1252');
});

test('broken bytes are counted in the encodings of several bytes as well', () => {
  const text = encode(lines(Array.from({ length: 40 }, () => '交易日期,摘要,金额,余额')), 'gb18030');
  const { encoding, brokenBytes } = detected(Buffer.concat([text, Buffer.of(0xff, 0x0a)]));
  assert.deepEqual([encoding, brokenBytes], ['gb18030', 1]);
});
