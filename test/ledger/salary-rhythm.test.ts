import assert from 'node:assert/strict';
import { test } from 'node:test';
import { classify } from '../../src-main/ledger/classify.ts';
import type { LedgerLine } from '../../src-main/ledger/ledger-line.ts';
import { createRuleBook } from '../../src-main/ledger/rule-book.ts';
import { shippedRules } from '../../src-main/ledger/shipped-rules.ts';
import { bookOf, line } from './small-ledger.ts';

const CZECH = bookOf('CZ');
const found = (lines: LedgerLine[], book = CZECH) =>
  Array.from(classify(lines, book), (rule) => (rule < 0 ? null : book.rules[rule]!.id));
const credit = (date: string, amount: number, text = 'PRIJEM PREVOD Z UCTU') => line(date, amount, text);

test('the third month of similar money in from the same payer is a salary, and those that go on', () => {
  const lines = [
    credit('1997-01-13', 20_000),
    credit('1997-02-12', 20_400),
    credit('1997-03-13', 19_800),
    credit('1997-04-14', 20_100),
    credit('1997-05-13', 41_000),
  ];
  assert.deepEqual(found(lines), [null, null, 'any-salary-rhythm', 'any-salary-rhythm', null]);
});

test('another rhythm, another payer or a small sum is none', () => {
  const weekly = ['01-01', '01-08', '01-15', '01-22'].map((day) => credit(`1997-${day}`, 500));
  assert.ok(found(weekly).every((id) => id === null));
  const payers = ['A', 'B', 'C'].map((payer, i) => credit(`1997-0${i + 1}-13`, 20_000, `FIRMA${payer} PREVOD`));
  assert.ok(found(payers).every((id) => id === null));
  const beside = [1, 2, 3, 4].flatMap((month) => [
    credit(`1997-0${month}-02`, 40_000, `JINY ${'ABCD'[month]}XY`),
    credit(`1997-0${month}-20`, 900, 'MAMA'),
  ]);
  assert.ok(found(beside).every((id) => id === null));
});

test('where words tell a salary, rhythm says nothing', () => {
  const lines = [1, 2, 3, 4].flatMap((month) => [
    credit(`1997-0${month}-10`, 20_000, 'MZDA FIRMA'),
    credit(`1997-0${month}-12`, 15_000, 'OD MANZELA'),
  ]);
  assert.deepEqual(new Set(found(lines)), new Set(['cz-salary', null]));
});

test('the rule can be switched off, and takes no more than its amounts', () => {
  const lines = [1, 2, 3].map((month) => credit(`1997-0${month}-13`, 20_000));
  const rules = shippedRules().rules;
  const off = rules.map((rule) => (rule.rhythm ? { ...rule, enabled: false } : rule));
  assert.deepEqual(found(lines, createRuleBook(off, ['CZ'])), [null, null, null]);
  const from = rules.map((rule) => (rule.rhythm ? { ...rule, least: 20_001 } : rule));
  assert.deepEqual(found(lines, createRuleBook(from, ['CZ'])), [null, null, null]);
});
