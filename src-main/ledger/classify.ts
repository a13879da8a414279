import { E4, type LedgerLine } from './ledger-line.ts';
import { NONE, type RuleBook } from './rule-book.ts';
import { salariesByRhythm } from './salary-rhythm.ts';

/** [lines]: the rule that each transaction of one customer falls to, NONE where none does. Lines by their days. */
export function classify(lines: readonly LedgerLine[], book: RuleBook): Int32Array {
  const found = new Int32Array(lines.length);
  for (let i = 0; i < lines.length; i++) found[i] = book.ruleOf(lines[i]!.description, lines[i]!.amountE4);
  const rhythm = book.rules.findIndex((rule) => rule.rhythm);
  if (rhythm === NONE) return found;
  const { least, most } = book.rules[rhythm]!;
  const isSalary = (place: number) => found[place] !== NONE && book.rules[found[place]!]!.behaviour === 'salary';
  const isOpen = (place: number) => {
    const amount = lines[place]!.amountE4 / E4;
    return found[place] === NONE && amount >= (least ?? 0) && amount <= (most ?? Infinity);
  };
  for (const place of salariesByRhythm(lines, isSalary, isOpen)) found[place] = rhythm;
  return found;
}
