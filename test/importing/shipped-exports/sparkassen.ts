import type { ShippedExport } from './shipped-export.ts';

/** German banks with branches. */
export const SPARKASSEN_EXPORTS: ShippedExport[] = [
  {
    profile: 'sparkasse-camt',
    lines: [
      '"Auftragskonto";"Buchungstag";"Valutadatum";"Buchungstext";"Verwendungszweck";"Glaeubiger ID";"Mandatsreferenz";"Kundenreferenz (End-to-End)";"Sammlerreferenz";"Lastschrift Ursprungsbetrag";"Auslagenersatz Ruecklastschrift";"Beguenstigter/Zahlungspflichtiger";"Kontonummer/IBAN";"BIC (SWIFT-Code)";"Betrag";"Waehrung";"Info"',
      '"DE00000000000000000001";"05.03.24";"05.03.24";"GUTSCHR. UEBERWEISUNG";"LOHN";"";"";"NOTPROVIDED";"";"";"";"Muehle GmbH";"DE00000000000000000009";"XXXXDEXX";"1500,00";"EUR";"Umsatz gebucht"',
      '"DE00000000000000000001";"04.03.24";"04.03.24";"RUECKLASTSCHRIFT";"STROM";"DE00ZZZ";"M1";"";"";"50,00";"3,00";"Stadtwerke";"DE00000000000000000008";"XXXXDEXX";"-53,00";"EUR";"Umsatz gebucht"',
      '"DE00000000000000000001";"04.03.24";"05.03.24";"KARTENZAHLUNG";"LADEN";"";"";"";"";"";"";"Laden";"DE00000000000000000007";"XXXXDEXX";"-9,99";"EUR";"Umsatz vorgemerkt"',
    ],
    rows: [2, 1],
    sum: '1447.00',
    first: ['2024-03-05', '1500.00'],
    last: ['2024-03-04', '-53.00'],
    customers: ['DE00000000000000000001'],
  },
  {
    profile: 'sparkasse-mt940',
    lines: [
      '"Auftragskonto";"Buchungstag";"Valutadatum";"Buchungstext";"Verwendungszweck";"Beguenstigter/Zahlungspflichtiger";"Kontonummer";"BLZ";"Betrag";"Waehrung";"Info"',
      '"1000000001";"05.03.18";"05.03.18";"LOHN";"MAERZ";"Muehle GmbH";"DE00000000000000000009";"XXXXDEXX";"1500,00";"EUR";"Umsatz gebucht"',
      '"1000000001";"04.03.18";"04.03.18";"FOLGELASTSCHRIFT";"KABEL";"Kabel GmbH";"DE00000000000000000008";"XXXXDEXX";"-36,99";"EUR";"Umsatz gebucht"',
      '"1000000001";"03.03.18";"03.03.18";"KARTENZAHLUNG";"LADEN";"Laden";"DE00000000000000000007";"XXXXDEXX";"-3,01";"EUR";"Umsatz gebucht"',
    ],
    rows: [3, 0],
    sum: '1460.00',
    first: ['2018-03-05', '1500.00'],
    last: ['2018-03-03', '-3.01'],
    customers: ['1000000001'],
  },
  {
    profile: 'sparkasse-credit-card',
    lines: [
      '"Umsatz getätigt von";"Belegdatum";"Buchungsdatum";"Originalbetrag";"Originalwährung";"Umrechnungskurs";"Buchungsbetrag";"Buchungswährung";"Transaktionsbeschreibung";"Transaktionsbeschreibung Zusatz";"Buchungsreferenz";"Gebührenschlüssel";"Länderkennzeichen";"BAR-Entgelt+Buchungsreferenz";"AEE+Buchungsreferenz";"Abrechnungskennzeichen"',
      '"51_1 0000 0000 0000001";"20.02.18";"21.02.18";"-5,00";"USD";"1,25";"-4,00";"EUR";"CAFE BOSTON";"";"05100000000";"";"US";"";"";"201800000"',
      '"51_1 0000 0000 0000001";"22.02.18";"23.02.18";"-15,50";"EUR";"1,00";"-15,50";"EUR";"LADEN BREMEN";"";"05100000001";"";"DE";"";"";"201800000"',
      '"51_1 0000 0000 0000001";"26.02.18";"26.02.18";"20,00";"EUR";"1,00";"20,00";"EUR";"AUSGLEICH";"";"05100000002";"";"";"";"";"201800000"',
    ],
    rows: [3, 0],
    sum: '0.50',
    first: ['2018-02-21', '-4.00'],
    last: ['2018-02-26', '20.00'],
    customers: ['51_1 0000 0000 0000001'],
  },
  {
    profile: 'commerzbank',
    lines: [
      'Buchungstag;Wertstellung;Umsatzart;Buchungstext;Betrag;Währung;Auftraggeberkonto;Bankleitzahl Auftraggeberkonto;IBAN Auftraggeberkonto',
      '02.03.2018;02.03.2018;Lastschrift;"Kartenzahlung LADEN";-17,22;EUR;000000001;20040000;DE00000000000000000001',
      '05.03.2018;05.03.2018;Gutschrift;"Muehle GmbH Lohn";1500,00;EUR;000000001;20040000;DE00000000000000000001',
      '06.03.2018;06.03.2018;Dauerauftrag;"Miete";-700,78;EUR;000000001;20040000;DE00000000000000000001',
    ],
    rows: [3, 0],
    sum: '782.00',
    first: ['2018-03-02', '-17.22'],
    last: ['2018-03-06', '-700.78'],
    customers: ['DE00000000000000000001'],
  },
  {
    profile: 'volksbank',
    lines: [
      'Bezeichnung Auftragskonto;IBAN Auftragskonto;BIC Auftragskonto;Bankname Auftragskonto;Buchungstag;Valutadatum;Name Zahlungsbeteiligter;IBAN Zahlungsbeteiligter;BIC (SWIFT-Code) Zahlungsbeteiligter;Buchungstext;Verwendungszweck;Betrag;Waehrung;Saldo nach Buchung;Bemerkung;Gekennzeichneter Umsatz;Glaeubiger ID;Mandatsreferenz',
      'VR-Giro;DE00000000000000000001;XXXXDEXX;VOLKSBANK;06.03.2024;06.03.2024;Stadtwerke;DE00000000000000000008;XXXXDEXX;Basislastschrift;Strom;-6;EUR;1000;;;DE00ZZZ;M1',
      'VR-Giro;DE00000000000000000001;XXXXDEXX;VOLKSBANK;05.03.2024;05.03.2024;Mühle;DE00000000000000000009;XXXXDEXX;Gutschrift;Lohn;600,5;EUR;1006;;;;',
      'VR-Giro;DE00000000000000000001;XXXXDEXX;VOLKSBANK;04.03.2024;04.03.2024;Laden;DE00000000000000000007;XXXXDEXX;Kartenzahlung;Kauf;-17,25;EUR;405,5;;;;',
    ],
    rows: [3, 0],
    sum: '577.25',
    first: ['2024-03-06', '-6.00'],
    last: ['2024-03-04', '-17.25'],
    customers: ['DE00000000000000000001'],
  },
  {
    profile: 'deutsche-bank',
    lines: [
      'Buchungstag;Wert;Umsatzart;Begünstigter / Auftraggeber;Verwendungszweck;IBAN / Kontonummer;BIC;Kundenreferenz;Mandatsreferenz;Gläubiger ID;Fremde Gebühren;Betrag;Abweichender Empfänger;Anzahl der Aufträge;Anzahl der Schecks;Soll;Haben;Währung',
      '06.03.2024;06.03.2024;SEPA-Lastschrift;Stadtwerke;Strom;DE00000000000000000008;XXXXDEXX;;;;;;;;;-39,95;;EUR',
      '05.03.2024;05.03.2024;SEPA-Gutschrift;Muehle GmbH;Lohn;DE00000000000000000009;XXXXDEXX;;;;;;;;;;1.500,00;EUR',
      '15.02.2024;15.02.2024;Kartenzahlung;Laden;Kauf;DE00000000000000000007;XXXXDEXX;;;;;;;;;-0,05;;EUR',
    ],
    rows: [3, 0],
    sum: '1460.00',
    first: ['2024-03-06', '-39.95'],
    last: ['2024-02-15', '-0.05'],
  },
];
