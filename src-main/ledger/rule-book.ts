import type { LedgerRule } from '../ipc/ledger.ts';
import { compilePatterns } from './patterns.ts';
import { stemOf } from './words.ts';

/** No rule. */
export const NONE = -1;

/** Rules made ready to be asked a million times. */
export interface RuleBook {
  /** Those that are enabled and whose country is active, in order; results are places in this list. */
  readonly rules: readonly LedgerRule[];
  /** The first rule by words that catches a transaction of this text and amount; NONE where none does. */
  ruleOf(description: string, amountE4: number): number;
  /** All rules that a text may fall to, in order, whatever the amount. */
  candidatesOf(description: string): readonly Candidate[];
  /** What tells the payee of a transaction from others that the same rule caught. */
  payeeOf(description: string, rule: number): string;
}

export interface Candidate {
  rule: number;
  /** The first of the rule's patterns that the text holds. */
  pattern: string;
}

interface Bounds {
  in: boolean;
  out: boolean;
  leastE4: number;
  mostE4: number;
}

/** Distinct texts whose rules are kept. Most banks write a code into each text, so that few come again. */
const KEPT_TEXTS = 50_000;

/** The rules that are enabled, of these countries or of none, in the set's order. */
export const activeRules = (rules: readonly LedgerRule[], countries: readonly string[]): LedgerRule[] =>
  rules.filter(({ country, enabled }) => enabled && (country === null || countries.includes(country)));

export function createRuleBook(all: readonly LedgerRule[], countries: readonly string[]): RuleBook {
  const rules = activeRules(all, countries);
  const patterns: { text: string; rule: number; unless: boolean }[] = [];
  rules.forEach((rule, place) => {
    for (const text of rule.rhythm ? [] : rule.patterns) patterns.push({ text, rule: place, unless: false });
    for (const text of rule.rhythm ? [] : rule.unless) patterns.push({ text, rule: place, unless: true });
  });
  const matcher = compilePatterns(patterns.map(({ text }) => text));
  const bounds = rules.map(({ sign, least, most }): Bounds => ({
    in: sign !== 'out',
    out: sign !== 'in',
    leastE4: least === null ? 0 : Math.round(least * 10_000),
    mostE4: most === null ? Infinity : Math.round(most * 10_000),
  }));

  const search = (description: string): readonly Candidate[] => {
    const found = matcher.find(description);
    if (found.length === 0) return NOTHING;
    const refused: number[] = [];
    for (const number of found) if (patterns[number]!.unless) refused.push(patterns[number]!.rule);
    const candidates: Candidate[] = [];
    // Patterns lie in the order of the rules.
    for (const number of found) {
      const { text, rule, unless } = patterns[number]!;
      if (unless || refused.includes(rule) || candidates[candidates.length - 1]?.rule === rule) continue;
      candidates.push({ rule, pattern: text });
    }
    return candidates;
  };

  let kept = new Map<string, readonly Candidate[]>();
  const candidatesOf = (description: string) => {
    const known = kept.get(description);
    if (known !== undefined) return known;
    if (kept.size >= KEPT_TEXTS) kept = new Map();
    const candidates = search(description);
    kept.set(description, candidates);
    return candidates;
  };

  return {
    rules,
    candidatesOf,
    ruleOf(description, amountE4) {
      const size = Math.abs(amountE4);
      for (const { rule } of candidatesOf(description)) {
        const { in: takesIn, out: takesOut, leastE4, mostE4 } = bounds[rule]!;
        if (amountE4 > 0 ? !takesIn : amountE4 < 0 && !takesOut) continue;
        if (size >= leastE4 && size <= mostE4) return rule;
      }
      return NONE;
    },
    payeeOf(description, rule) {
      const { id, payee } = rules[rule]!;
      const pattern = candidatesOf(description).find((candidate) => candidate.rule === rule)?.pattern ?? '';
      const text = payee === 'text' ? stemOf(description, PAYEE_WORDS) : '';
      return text !== '' ? text : pattern !== '' ? pattern : id;
    },
  };
}

const NOTHING: readonly Candidate[] = [];
const PAYEE_WORDS = 4;
