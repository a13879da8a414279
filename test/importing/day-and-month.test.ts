import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayMonthEvidence } from '../../src-main/importing/date-evidence.ts';
import { detectDateFormat } from '../../src-main/importing/dates.ts';
import { detectTable } from '../../src-main/importing/dialect.ts';
import { readSettings } from '../../src-main/importing/settings.ts';
import { importText } from './recording-target.ts';

const evidenceOf = (text: string) => {
  const sample = { head: text, whole: true, spots: [] };
  const table = detectTable(sample, readSettings([]));
  return dayMonthEvidence(table, 0);
};

const CASES: Record<string, { text: string; first: 'day' | 'month' | null; why: RegExp }> = {
  'another column of dates': {
    text: 'Booked,Settled,Text,Amount\n03/04/2026,04/20/2026,Rent,-700.00\n03/05/2026,04/21/2026,Gas,-30.00\n',
    first: 'month',
    why: /“Settled” have the month first/,
  },
  'the period above the rows': {
    text: 'Statement from 01/03/2026 to 31/03/2026\nBooked,Text,Amount\n03/04/2026,Rent,-700.00\n04/04/2026,Gas,-30.00\n',
    first: 'day',
    why: /31\/03\/2026 above the rows/,
  },
  'the language of the header': {
    text: 'Fecha,Concepto,Importe\n03/04/2026,Renta,-700.00\n04/04/2026,Luz,-30.00\n',
    first: 'day',
    why: /Spanish/,
  },
  'the letters of the header': {
    text: 'תאריך,תיאור,סכום\n03/04/2026,דירה,-700.00\n04/04/2026,חשמל,-30.00\n',
    first: 'day',
    why: /Hebrew/,
  },
  pounds: {
    text: 'Date,Text,Amount\n03/04/2026,Rent,-£700.00\n04/04/2026,Gas,-£30.00\n',
    first: 'day',
    why: /The money is £/,
  },
  'a decimal comma': {
    text: 'Date;Text;Amount\n03/04/2026;Rent;-700,00\n04/04/2026;Gas;-30,00\n',
    first: 'day',
    why: /-700,00 has a decimal comma/,
  },
  'dollars in English': {
    text: 'Date,Text,Amount,Currency\n03/04/2026,Rent,-700.00,USD\n04/04/2026,Gas,-30.00,USD\n',
    first: null,
    why: /^$/,
  },
  'English alone': {
    text: 'Date,Text,Amount\n03/04/2026,Rent,-700.00\n04/04/2026,Gas,-30.00\n',
    first: null,
    why: /^$/,
  },
};

for (const [name, { text, first, why }] of Object.entries(CASES)) {
  test(`day and month: ${name}`, () => {
    const found = evidenceOf(text);
    assert.equal(found?.first ?? null, first);
    assert.match(found?.why ?? '', why);
  });
}

test('values that say which is which lead over all else', () => {
  const dates = Array.from({ length: 12 }, (_, i) => `04/${String(i + 10)}/2026`);
  assert.equal(detectDateFormat('Fecha', dates, 'day'), 'MM/dd/yyyy');
});

test('what decides is asked for where nothing does', async (t) => {
  const text = 'Date,Description,Amount\n03/04/2026,Rent,-700.00\n04/04/2026,Gas,-30.00\n04/05/2026,Shop,-12.00\n';
  await assert.rejects(importText(t, text), /dateFormat=dd\/MM\/yyyy or dateFormat=MM\/dd\/yyyy/);
});
