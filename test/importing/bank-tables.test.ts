import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readTable, readWith } from './table-texts.ts';

/** Exports in the manner of many countries' banks, made up, with the tables that stand in them. */
interface Export {
  of: string;
  text: string;
  delimiter: string;
  headerLine: number;
  names: string[];
  rows: (string | number)[][];
  preamble?: [string, string][];
  footerLines?: number;
}

const EXPORTS: Export[] = [
  {
    of: 'Germany: letterhead in quotes, closing balance below',
    text: `"Sparkasse Musterstadt"
"Kontoinhaber";"Max Müller"
"IBAN";"DE12500105170648489890"
"Zeitraum:";"01.01.2024 - 31.01.2024"

"Buchungstag";"Wertstellung";"Verwendungszweck";"Betrag";"Saldo"
"02.01.2024";"02.01.2024";"Miete; Januar";"-850,00";"1.150,00"
"05.01.2024";"05.01.2024";"Gehalt ""Firma"" GmbH";"2.500,00";"3.650,00"
"08.01.2024";"09.01.2024";"Einkauf";"-45,20";"3.604,80"
"";"";"Endsaldo";"";"3.604,80"
`,
    delimiter: ';',
    headerLine: 6,
    names: ['Buchungstag', 'Wertstellung', 'Verwendungszweck', 'Betrag', 'Saldo'],
    rows: [
      [7, '02.01.2024', '02.01.2024', 'Miete; Januar', '-850,00', '1.150,00'],
      [8, '05.01.2024', '05.01.2024', 'Gehalt "Firma" GmbH', '2.500,00', '3.650,00'],
      [9, '08.01.2024', '09.01.2024', 'Einkauf', '-45,20', '3.604,80'],
    ],
    preamble: [
      ['Kontoinhaber', 'Max Müller'],
      ['IBAN', 'DE12500105170648489890'],
      ['Zeitraum', '01.01.2024 - 31.01.2024'],
    ],
    footerLines: 1,
  },
  {
    of: 'the Netherlands: all quoted, apostrophes, signs before amounts',
    text: `"IBAN","Munt","Volgnr","Datum","Bedrag","Saldo na trn","Tegenrekening","Naam tegenpartij","Omschrijving"
"NL20RABO0123456789","EUR","000000000000007213","2019-09-01","+2,50","+1868,12","NL42RABO0987654321","J. Hulskamp 'de Boer'"," "
"NL20RABO0123456789","EUR","000000000000007214","2019-09-02","-100,00","+1768,12","","'t Hart","O'Brien"
`,
    delimiter: ',',
    headerLine: 1,
    names: [
      'IBAN',
      'Munt',
      'Volgnr',
      'Datum',
      'Bedrag',
      'Saldo na trn',
      'Tegenrekening',
      'Naam tegenpartij',
      'Omschrijving',
    ],
    rows: [
      [
        2,
        'NL20RABO0123456789',
        'EUR',
        '000000000000007213',
        '2019-09-01',
        '+2,50',
        '+1868,12',
        'NL42RABO0987654321',
        "J. Hulskamp 'de Boer'",
        '',
      ],
      [
        3,
        'NL20RABO0123456789',
        'EUR',
        '000000000000007214',
        '2019-09-02',
        '-100,00',
        '+1768,12',
        '',
        "'t Hart",
        "O'Brien",
      ],
    ],
  },
  {
    of: 'Poland: names above their values, a delimiter at the end of lines, accounts in single quotes',
    text: `Bank S.A. Bankowość Detaliczna;
Skrytka Pocztowa 2108;

#Klient;
JAN KOWALSKI;

#Za okres:;
01.01.2020;31.01.2020;

#Waluta;
PLN;

#Numer rachunku;
12 1140 2004 0000 3202 7654 3210;

#Data operacji;#Opis operacji;#Tytuł;#Numer konta;#Kwota;#Saldo po operacji;
2020-01-02;ZAKUP PRZY UŻYCIU KARTY;"BIEDRONKA";'';-45,67;1 234,56;
2020-01-05;PRZELEW WEWNĘTRZNY;"CZYNSZ";'12114020040000320276543210';-500,00;734,56;
2020-01-10;PRZELEW;"WYNAGRODZENIE";'99114020040000320276543210';5 000,00;5 734,56;
;;;;#Saldo końcowe;5 734,56 PLN;
`,
    delimiter: ';',
    headerLine: 16,
    names: ['#Data operacji', '#Opis operacji', '#Tytuł', '#Numer konta', '#Kwota', '#Saldo po operacji'],
    rows: [
      [17, '2020-01-02', 'ZAKUP PRZY UŻYCIU KARTY', 'BIEDRONKA', '', '-45,67', '1 234,56'],
      [18, '2020-01-05', 'PRZELEW WEWNĘTRZNY', 'CZYNSZ', '12114020040000320276543210', '-500,00', '734,56'],
      [19, '2020-01-10', 'PRZELEW', 'WYNAGRODZENIE', '99114020040000320276543210', '5 000,00', '5 734,56'],
    ],
    preamble: [
      ['Klient', 'JAN KOWALSKI'],
      ['Za okres', '01.01.2020 31.01.2020'],
      ['Waluta', 'PLN'],
      ['Numer rachunku', '12 1140 2004 0000 3202 7654 3210'],
    ],
    footerLines: 1,
  },
  {
    of: 'the Czech Republic: spaces in dates and numbers',
    text: `Datum provedení;Protiúčet;Částka;Měna;Zpráva
2. 1. 2024;123456789/0800;-1 500,00;CZK;Nájem
15. 1. 2024;987654321/0100;25 000,00;CZK;Mzda
`,
    delimiter: ';',
    headerLine: 1,
    names: ['Datum provedení', 'Protiúčet', 'Částka', 'Měna', 'Zpráva'],
    rows: [
      [2, '2. 1. 2024', '123456789/0800', '-1 500,00', 'CZK', 'Nájem'],
      [3, '15. 1. 2024', '987654321/0100', '25 000,00', 'CZK', 'Mzda'],
    ],
  },
  {
    of: 'Switzerland: lines that continue a text, a disclaimer below',
    text: `Konto:;CH93 0076 2011 6238 5295 7
Währung:;CHF
Saldo:;12'345.60

Buchungsdatum;Buchungstext;Belastung;Gutschrift;Valuta;Saldo
31.01.2024;E-Banking Auftrag;1'200.00;;31.01.2024;12'345.60
;Mietzins Januar;;;;
;Hausverwaltung AG, Zürich;;;;
30.01.2024;Lohn;;6'500.00;30.01.2024;13'545.60
29.01.2024;Bancomat;200.00;;29.01.2024;7'045.60
;Zürich HB;;;;
28.01.2024;Einkauf;45.60;;28.01.2024;7'245.60

Disclaimer:
Dies ist kein Kontoauszug, sondern eine Liste; ohne Gewähr.
`,
    delimiter: ';',
    headerLine: 5,
    names: ['Buchungsdatum', 'Buchungstext', 'Belastung', 'Gutschrift', 'Valuta', 'Saldo'],
    rows: [
      [
        6,
        '31.01.2024',
        'E-Banking Auftrag Mietzins Januar Hausverwaltung AG, Zürich',
        "1'200.00",
        '',
        '31.01.2024',
        "12'345.60",
      ],
      [9, '30.01.2024', 'Lohn', '', "6'500.00", '30.01.2024', "13'545.60"],
      [10, '29.01.2024', 'Bancomat Zürich HB', '200.00', '', '29.01.2024', "7'045.60"],
      [12, '28.01.2024', 'Einkauf', '45.60', '', '28.01.2024', "7'245.60"],
    ],
    preamble: [
      ['Konto', 'CH93 0076 2011 6238 5295 7'],
      ['Währung', 'CHF'],
      ['Saldo', "12'345.60"],
    ],
    footerLines: 2,
  },
  {
    of: 'India: a letter above, stars around the header, a summary below',
    text: `A BANK Ltd.                                    Page No .:   1
MR ANIL KUMAR
12 MG ROAD, BANGALORE
Account No : 50100012345678   PREFERRED
Statement From : 01/04/2023 To : 30/04/2023

********,********************,*************,********,************,************,************
Date,Narration,Chq./Ref.No.,Value Dt,Withdrawal Amt.,Deposit Amt.,Closing Balance
********,********************,*************,********,************,************,************
01/04/23,UPI-SWIGGY-SWIGGY@ICICI,0000309112345,01/04/23,350.00,,"24,650.00"
03/04/23,NEFT CR-SALARY-ACME LTD,N093232412345,03/04/23,,"1,45,000.00","1,69,650.00"
05/04/23,ATW-512345XXXXXX1234,0000000001234,05/04/23,"10,000.00",,"1,59,650.00"

STATEMENT SUMMARY  :-
Opening Balance,Dr Count,Cr Count,Debits,Credits,Closing Bal
"25,000.00",2,1,"10,350.00","1,45,000.00","1,59,650.00"
*** End Of Statement ***
`,
    delimiter: ',',
    headerLine: 8,
    names: ['Date', 'Narration', 'Chq./Ref.No.', 'Value Dt', 'Withdrawal Amt.', 'Deposit Amt.', 'Closing Balance'],
    rows: [
      [10, '01/04/23', 'UPI-SWIGGY-SWIGGY@ICICI', '0000309112345', '01/04/23', '350.00', '', '24,650.00'],
      [11, '03/04/23', 'NEFT CR-SALARY-ACME LTD', 'N093232412345', '03/04/23', '', '1,45,000.00', '1,69,650.00'],
      [12, '05/04/23', 'ATW-512345XXXXXX1234', '0000000001234', '05/04/23', '10,000.00', '', '1,59,650.00'],
    ],
    preamble: [
      ['Page No .', '1'],
      ['Account No', '50100012345678'],
      ['Statement From', '01/04/2023 To : 30/04/2023'],
    ],
    footerLines: 4,
  },
  {
    of: 'Brazil: names with a space before the delimiter',
    text: `Extrato Conta Corrente;
Conta ;123456-7
Período ;01/01/2024 a 31/01/2024
Saldo ;1.234,56

Data Lançamento;Histórico;Descrição;Valor;Saldo
31/01/2024;Pix enviado;Padaria;-25,90;1.234,56
30/01/2024;Pix recebido;João da Silva;1.000,00;1.260,46
`,
    delimiter: ';',
    headerLine: 6,
    names: ['Data Lançamento', 'Histórico', 'Descrição', 'Valor', 'Saldo'],
    rows: [
      [7, '31/01/2024', 'Pix enviado', 'Padaria', '-25,90', '1.234,56'],
      [8, '30/01/2024', 'Pix recebido', 'João da Silva', '1.000,00', '1.260,46'],
    ],
    preamble: [
      ['Conta', '123456-7'],
      ['Período', '01/01/2024 a 31/01/2024'],
      ['Saldo', '1.234,56'],
    ],
  },
  {
    of: 'Japan: dates with signs for year, month and day',
    text: `"日付","摘要","お支払金額","お預り金額","差引残高"
"2024年1月5日","給与","","300,000","512,345"
"2024年1月10日","口座振替 電気","8,765","","503,580"
"2024年1月12日","ＡＴＭ","30,000","","473,580"
`,
    delimiter: ',',
    headerLine: 1,
    names: ['日付', '摘要', 'お支払金額', 'お預り金額', '差引残高'],
    rows: [
      [2, '2024年1月5日', '給与', '', '300,000', '512,345'],
      [3, '2024年1月10日', '口座振替 電気', '8,765', '', '503,580'],
      [4, '2024年1月12日', 'ＡＴＭ', '30,000', '', '473,580'],
    ],
  },
  {
    of: 'China: tabs behind the values, drawn lines, totals below',
    text: `交易记录明细查询\t\t\t
账号:[someone@example.com]\t\t
起始日期:[2021-01-01 00:00:00]    终止日期:[2021-02-01 00:00:00]
---------------------------------交易记录明细列表------------------------------------
交易号\t,商家订单号\t,交易创建时间\t,类型\t,交易对方\t,商品名称\t,金额（元）\t,收/支\t,
2021010122001\t,T200P123\t,2021-01-01 10:00:00\t,即时到账\t,某商店\t,午餐\t,25.00\t,支出\t,
2021010222002\t,\t,2021-01-02 11:30:10\t,即时到账\t,某人\t,转账\t,100.00\t,收入\t,
2021010322003\t,T200P125\t,2021-01-03 12:00:00\t,担保交易\t,淘宝\t,书\t,48.50\t,支出\t,
------------------------------------------------------------------------
共3笔记录
已收入:1笔,100.00元
待收入:0笔,0.00元
已支出:2笔,73.50元
导出时间:[2021-02-01 12:00:00]\t用户:某人
`,
    delimiter: ',',
    headerLine: 5,
    names: ['交易号', '商家订单号', '交易创建时间', '类型', '交易对方', '商品名称', '金额（元）', '收/支'],
    rows: [
      [6, '2021010122001', 'T200P123', '2021-01-01 10:00:00', '即时到账', '某商店', '午餐', '25.00', '支出'],
      [7, '2021010222002', '', '2021-01-02 11:30:10', '即时到账', '某人', '转账', '100.00', '收入'],
      [8, '2021010322003', 'T200P125', '2021-01-03 12:00:00', '担保交易', '淘宝', '书', '48.50', '支出'],
    ],
    preamble: [
      ['账号', '[someone@example.com]'],
      ['起始日期', '[2021-01-01 00:00:00]'],
      ['终止日期', '[2021-02-01 00:00:00]'],
    ],
    footerLines: 5,
  },
  {
    of: 'the United Kingdom: a title, pounds in quotes',
    text: `Transaction history - Current account
As of 5 Jan 2024

Date,Type,Description,Paid out,Paid in,Balance
02 Jan 2024,DD,GAS CO,"£50.00",,"£950.00"
03 Jan 2024,BP,SMITH,,"£1,000.00","£1,950.00"
04 Jan 2024,VIS,SHOP,"£10.50",,"£1,939.50"
`,
    delimiter: ',',
    headerLine: 4,
    names: ['Date', 'Type', 'Description', 'Paid out', 'Paid in', 'Balance'],
    rows: [
      [5, '02 Jan 2024', 'DD', 'GAS CO', '£50.00', '', '£950.00'],
      [6, '03 Jan 2024', 'BP', 'SMITH', '', '£1,000.00', '£1,950.00'],
      [7, '04 Jan 2024', 'VIS', 'SHOP', '£10.50', '', '£1,939.50'],
    ],
  },
  {
    of: 'Austria: saved from a spreadsheet, so that every line is as wide as the table',
    text: `Erste Bank;;;;;
Erstellt am;01.02.2024;;;;
Konto;AT61 1904 3002 3457 3201;;;;
;;;;;
Datum;Text;Partner;Betrag;Währung;Saldo
02.01.2024;Miete;Haus AG;-850,00;EUR;1.150,00
03.01.2024;Gehalt;Firma;2.500,00;EUR;3.650,00
;;;;;
Summe;;;1.650,00;EUR;
Dieser Auszug ist ohne Gewähr;;;;;
`,
    delimiter: ';',
    headerLine: 5,
    names: ['Datum', 'Text', 'Partner', 'Betrag', 'Währung', 'Saldo'],
    rows: [
      [6, '02.01.2024', 'Miete', 'Haus AG', '-850,00', 'EUR', '1.150,00'],
      [7, '03.01.2024', 'Gehalt', 'Firma', '2.500,00', 'EUR', '3.650,00'],
    ],
    preamble: [
      ['Erstellt am', '01.02.2024'],
      ['Konto', 'AT61 1904 3002 3457 3201'],
    ],
    footerLines: 2,
  },
  {
    of: 'opening and closing balance with their dates among the rows',
    text: `Datum;Text;Betrag;Saldo
01.02.2024;Anfangssaldo;;1000,00
01.02.2024;Kauf;-10,00;990,00
02.02.2024;Total Tankstelle;-20,00;970,00
29.02.2024;Endsaldo;;970,00
`,
    delimiter: ';',
    headerLine: 1,
    names: ['Datum', 'Text', 'Betrag', 'Saldo'],
    rows: [
      [3, '01.02.2024', 'Kauf', '-10,00', '990,00'],
      [4, '02.02.2024', 'Total Tankstelle', '-20,00', '970,00'],
    ],
    footerLines: 1,
  },
];

describe('exports of banks', () => {
  for (const { of, text, delimiter, headerLine, names, rows, preamble = [], footerLines = 0 } of EXPORTS) {
    test(of, () => {
      for (const end of ['\n', '\r\n', '\r', '\r\r\n']) {
        const written = text.replaceAll('\n', end);
        const read = readTable(written);
        assert.equal(read.table.delimiter, delimiter);
        assert.equal(read.table.headerLine, headerLine);
        assert.deepEqual(read.names, names);
        assert.deepEqual(read.rows, rows);
        assert.deepEqual(
          read.table.preamble.map(({ name, value }) => [name, value]),
          preamble,
        );
        assert.equal(read.reader.footerLines, footerLines);
        assert.equal(read.table.footerLines, footerLines);
        for (const piece of [1, 3, 64]) assert.deepEqual(readWith(read.table, written, piece).rows, rows);
      }
    });
  }
});
