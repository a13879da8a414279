import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Behaviour } from '../../src-main/ipc/ledger.ts';
import { chooseCountries } from '../../src-main/ledger/countries.ts';
import { checkDraft, noOptions, readDraft, writeDraft } from '../../src-main/ledger/rule-sets.ts';
import { shippedRules } from '../../src-main/ledger/shipped-rules.ts';
import { bookOf } from './small-ledger.ts';

/** A text as banks of the country write it; `+` is money in. */
const NARRATIONS: Record<string, [string, Behaviour | null][]> = {
  IN: [
    ['+NEFT CR-SBIN0001234-INFOSYS LTD-SALARY APR26', 'salary'],
    ['+BY SAL', 'salary'],
    ['+ACH C-TATA CONSULTANCY-SALARY', 'salary'],
    ['+ACH C- HDFC BANK DIVIDEND', 'other'],
    ['-ATW-512345XXXXXX1234-S1ANBG01-BANGALORE', 'atm-withdrawal'],
    ['-NWD-512345XXXXXX1234-12345678-CHENNAI', 'atm-withdrawal'],
    ['-EAW-512345XXXXXX1234-PUNE', 'atm-withdrawal'],
    ['-ATM WDL ATM CASH 1234 MG ROAD', 'atm-withdrawal'],
    ['-CASH WITHDRAWAL BY SELF', 'atm-withdrawal'],
    ['-BIL/ONL/000234/BESCOM BANGALORE', 'utility'],
    ['-BILLPAY DR-HDFC-AIRTEL 9845', 'utility'],
    ['-UPI-TATA POWER-BBPS', 'utility'],
    ['-ECS RTN-LIC 1234', 'failed-autodebit'],
    ['+NACH RTN CR 12345 HDB', 'failed-autodebit'],
    ['+ACH DR RETURN-BAJAJ FIN', 'failed-autodebit'],
    ['+I/W CHQ RTN 000123', 'failed-autodebit'],
    ['-EMI BOUNCE CHG 05/26', 'return-fee'],
    ['-RTN CHG', 'return-fee'],
    ['-O/W RTN CHQ 123 XYZ', 'other'],
    ['+UPI/KREDITBEE/12345/LOAN', 'peer-lending'],
    ['-UPI-SLICE-SLICE@YESBANK', 'peer-lending'],
    ['-UPI/RAKESH SHARMA/OKAXIS', 'other'],
    ['-EMI 123456 CHQ S1', 'loan-instalment'],
    ['-ACH D- HDFC LTD-77881', 'loan-instalment'],
    ['-POS 512345XXXXXX1234 LIFESTYLE', 'discretionary'],
    ['-VPS/BIGBAZAAR/2026', 'discretionary'],
    ['-UPI-ZOMATO-ZOMATO@HDFC', 'discretionary'],
    ['-SIP ICICI PRU MF', 'not-spending'],
    ['-IMPS-SELF-ICICI', 'not-spending'],
    ['-FD BOOKING 1234', 'not-spending'],
    ['-SMS ALERT CHRG Q1', 'fee'],
    ['+INT PD 01-01 TO 31-03', 'other'],
  ],
  GB: [
    ['+ACME LTD SALARY BGC', 'salary'],
    ['+BACS SMITH & CO WAGES', 'salary'],
    ['+ACME LTD BGC', 'salary'],
    ['+DWP UC BGC', 'other'],
    ['-LNK BARCLAYS HIGH ST 12:04', 'atm-withdrawal'],
    ['-CASH NATWEST 04APR', 'atm-withdrawal'],
    ['-BRITISH GAS DDR', 'utility'],
    ['-OCTOPUS ENERGY DD', 'utility'],
    ['-LEEDS COUNCIL TAX DD', 'utility'],
    ['+UNPAID DDR VODAFONE', 'failed-autodebit'],
    ['+RTD DD SKY', 'failed-autodebit'],
    ['-UNPAID ITEM CHARGE', 'return-fee'],
    ['-KLARNA LONDON VIS', 'peer-lending'],
    ['-HALIFAX MORTGAGE DDR', 'loan-instalment'],
    ['-VIS INT’L ANYSHOP', 'discretionary'],
    ['-CARD PAYMENT TO CAFE ROMA', 'discretionary'],
    ['-TFR TO 12345678', 'not-spending'],
    ['-CASH ISA FPO', 'not-spending'],
    ['-J SMITH FPO', 'other'],
  ],
  DE: [
    ['+LOHN/GEHALT 04/26 MUSTER GMBH', 'salary'],
    ['+BEZUEGE LANDESAMT', 'salary'],
    ['+Bezüge Landesamt', 'salary'],
    ['-GELDAUTOMAT GA NR00012345', 'atm-withdrawal'],
    ['-GA NR00012345 BLZ10050000', 'atm-withdrawal'],
    ['-BARGELDAUSZAHLUNG 04.04', 'atm-withdrawal'],
    ['-STADTWERKE MUENCHEN ABSCHLAG', 'utility'],
    ['-STROM ABSCHLAG 04/26', 'utility'],
    ['-RUNDFUNK ARD ZDF DRADIO', 'utility'],
    ['+RÜCKLASTSCHRIFT VODAFONE', 'failed-autodebit'],
    ['+RUECKLASTSCHRIFT VODAFONE', 'failed-autodebit'],
    ['-ENTGELT RÜCKLASTSCHRIFT', 'return-fee'],
    ['-KLARNA BANK AB', 'peer-lending'],
    ['-DARLEHEN 4711 TILGUNG', 'loan-instalment'],
    ['-RATE 12/48 AUTOKREDIT', 'loan-instalment'],
    ['-KARTENZAHLUNG THALIA', 'discretionary'],
    ['-UMBUCHUNG TAGESGELD', 'not-spending'],
    ['-SPARPLAN ETF', 'not-spending'],
    ['-MIETE APRIL', 'other'],
  ],
  US: [
    ['+ACME CORP PAYROLL PPD', 'salary'],
    ['+DIR DEP ACME', 'salary'],
    ['-ATM WITHDRAWAL 0423 MAIN ST', 'atm-withdrawal'],
    ['-NON-CHASE ATM WITHDRAW 0423', 'atm-withdrawal'],
    ['-NON-CHASE ATM FEE', 'fee'],
    ['-PG&E WEB ONLINE 0423', 'utility'],
    ['-COMCAST CABLE', 'utility'],
    ['-CITY WATER DEPT', 'utility'],
    ['-NSF FEE RETURNED ITEM', 'return-fee'],
    ['+RETURNED ITEM ACH', 'failed-autodebit'],
    ['+ACH RETURN R01', 'failed-autodebit'],
    ['-OVERDRAFT FEE', 'return-fee'],
    ['+DAVE INC', 'peer-lending'],
    ['-AFFIRM PAY', 'peer-lending'],
    ['-LOAN PMT TOYOTA', 'loan-instalment'],
    ['-CHECKCARD 0423 CORNER STORE', 'discretionary'],
    ['-DEBIT CARD PURCHASE XYZ', 'discretionary'],
    ['-TRANSFER TO SAV XXXX12', 'not-spending'],
  ],
  CZ: [
    ['+PRIJEM PREVOD Z UCTU DUCHOD', 'salary'],
    ['+PRIJEM PREVOD Z UCTU', null],
    ['-VYDAJ VYBER', 'atm-withdrawal'],
    ['-VYDAJ VYBER KARTOU', 'discretionary'],
    ['-VYDAJ PREVOD NA UCET SIPO', 'utility'],
    ['-VYDAJ PREVOD NA UCET UVER', 'loan-instalment'],
    ['-VYDAJ VYBER SANKC. UROK', 'failed-autodebit'],
    ['+PRIJEM UROK', 'other'],
    ['-VYDAJ VYBER SLUZBY', 'fee'],
    ['-VYDAJ PREVOD NA UCET POJISTNE', 'other'],
  ],
  FR: [
    ['+VIR SEPA SALAIRE AVRIL', 'salary'],
    ['-RETRAIT DAB 04/04 PARIS', 'atm-withdrawal'],
    ['-PRLV SEPA EDF', 'utility'],
    ['+REJET PRLV FREE MOBILE', 'failed-autodebit'],
    ['-FRAIS REJET PRLV', 'return-fee'],
    ['-ECHEANCE PRET 1234', 'loan-instalment'],
    ['-CARTE 04/04 BOUTIQUE', 'discretionary'],
  ],
  ES: [
    ['+ABONO NÓMINA EMPRESA', 'salary'],
    ['-RETIRADA EFECTIVO CAJERO', 'atm-withdrawal'],
    ['-RECIBO IBERDROLA', 'utility'],
    ['+DEVOLUCION RECIBO VODAFONE', 'failed-autodebit'],
    ['-CUOTA PRESTAMO 12', 'loan-instalment'],
    ['-COMPRA TARJ. BAZAR', 'discretionary'],
    ['-TRASPASO CUENTA AHORRO', 'not-spending'],
  ],
  IT: [
    ['+ACCREDITO STIPENDIO', 'salary'],
    ['-PRELIEVO BANCOMAT', 'atm-withdrawal'],
    ['-ADDEBITO SDD ENEL ENERGIA', 'utility'],
    ['-ADDEBITO RATA MUTUO', 'loan-instalment'],
    ['+SDD INSOLUTO', 'failed-autodebit'],
    ['-PAGAMENTO POS NEGOZIO', 'discretionary'],
    ['-GIROCONTO', 'not-spending'],
  ],
  NL: [
    ['+SALARIS APRIL', 'salary'],
    ['-GELDAUTOMAAT ABN', 'atm-withdrawal'],
    ['-SEPA INCASSO ENECO', 'utility'],
    ['+STORNERING INCASSO', 'failed-autodebit'],
    ['-HYPOTHEEK OBVION', 'loan-instalment'],
    ['-BEA BETAALPAS WINKEL', 'discretionary'],
    ['-NAAR SPAARREKENING', 'not-spending'],
  ],
  PL: [
    ['+WYNAGRODZENIE ZA KWIECIEŃ', 'salary'],
    ['-WYPŁATA Z BANKOMATU', 'atm-withdrawal'],
    ['-TAURON SPRZEDAZ', 'utility'],
    ['-SPŁATA RATY KREDYTU', 'loan-instalment'],
    ['-PŁATNOŚĆ KARTĄ SKLEP', 'discretionary'],
    ['-PRZELEW WŁASNY', 'not-spending'],
  ],
  IE: [
    ['+ACME SALARY', 'salary'],
    ['-ATM DAME ST', 'atm-withdrawal'],
    ['-SEPA DD ELECTRIC IRELAND', 'utility'],
    ['+UNPAID DD VODAFONE', 'failed-autodebit'],
    ['-VDP-SUPERSHOP', 'discretionary'],
  ],
};

for (const [country, narrations] of Object.entries(NARRATIONS)) {
  test(`what banks write in ${country} falls to the behaviour that it means`, () => {
    const book = bookOf(country);
    const behaviours = narrations.map(([text]) => {
      const rule = book.ruleOf(text.slice(1), (text.startsWith('+') ? 1 : -1) * 5_000_000);
      return [text, rule < 0 ? null : book.rules[rule]!.behaviour];
    });
    assert.deepEqual(behaviours, narrations);
  });
}

test('the shipped rules can be used, written and read again', () => {
  const draft = { rules: shippedRules().rules, options: noOptions() };
  checkDraft(draft);
  assert.deepEqual(readDraft(writeDraft(draft)), draft);
  for (const { id, patterns } of draft.rules) assert.equal(new Set(patterns).size, patterns.length, id);
});

test('countries follow from the currency and the texts', () => {
  const { countries, rules } = shippedRules();
  const textsOf = (country: string) => NARRATIONS[country]!.map(([text]) => text.slice(1));
  const chosen = (currency: string, texts: string[]) => chooseCountries(countries, rules, currency, texts).countries;
  for (const country of ['DE', 'FR', 'ES', 'IT', 'NL']) {
    assert.equal(chosen('EUR', textsOf(country))[0], country);
    assert.equal(chosen('', textsOf(country))[0], country);
  }
  assert.deepEqual(chosen('INR', textsOf('IN')), ['IN']);
  assert.deepEqual(chosen('GBP', textsOf('GB')), ['GB']);
  assert.deepEqual(chosen('CZK', []), ['CZ']);
  assert.deepEqual(chosen('', []), []);
  assert.deepEqual(chosen('XXX', ['nothing that any rule knows']), []);
  assert.deepEqual(new Set(chosen('EUR', [...textsOf('DE'), ...textsOf('FR')])), new Set(['DE', 'FR']));
});

test('rule sets of others are checked, and said what is wrong with them', () => {
  const refused = (text: string, message: RegExp) => assert.throws(() => readDraft(text), { code: 'usage', message });
  const rules = (rule: object) => JSON.stringify({ rules: [rule] });
  const whole = { id: 'a', title: 'A', behaviour: 'salary', patterns: ['x'] };
  assert.equal(readDraft(rules(whole)).rules[0]!.sign, 'in');
  refused('{', /not JSON/);
  refused('{}', /no list of “rules”/);
  refused(rules({ ...whole, id: undefined }), /Rule 1 of this file needs “id”/);
  refused(rules({ ...whole, pattern: [] }), /has “pattern”/);
  refused(rules({ ...whole, patterns: [] }), /at least one word/);
  refused(rules({ ...whole, patterns: ['--'] }), /no letters or digits/);
  refused(rules({ ...whole, behaviour: 'wages' }), /no behaviour “wages”/);
  refused(rules({ ...whole, sign: 'minus' }), /“sign” can't be used/);
  refused(rules({ ...whole, least: 5, most: 4 }), /above its most/);
  refused(JSON.stringify({ rules: [whole, whole] }), /another rule has the id/);
  refused(
    JSON.stringify({ rules: [whole], options: { dueDays: [{ payee: 'x', customer: null, day: 32 }] } }),
    /31, not 32/,
  );
});
