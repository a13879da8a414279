import type { Behaviour, LedgerDraft, LedgerOptions, LedgerRule } from '../ipc/ledger.ts';
import { DuecastError } from '../ipc/errors.ts';
import { BEHAVIOURS } from './behaviours.ts';
import { partsOf } from './patterns.ts';

/** A rule as files write it: what is left out has its usual value. */
export type WrittenRule = Pick<LedgerRule, 'id' | 'title' | 'behaviour'> & Partial<LedgerRule>;

const USUAL: Omit<LedgerRule, 'id' | 'title' | 'behaviour'> = {
  country: null,
  patterns: [],
  unless: [],
  sign: 'any',
  least: null,
  most: null,
  payee: 'pattern',
  rhythm: false,
  enabled: true,
};

export const noOptions = (): LedgerOptions => ({
  countries: null,
  startingBalance: 0,
  startingBalances: [],
  dueDays: [],
});

/** Only money in is a salary, only money out is spent; what a rule doesn't say follows from that. */
const usualSign = (behaviour: Behaviour): LedgerRule['sign'] => {
  if (behaviour === 'salary') return 'in';
  return ['atm-withdrawal', 'utility', 'discretionary', 'return-fee', 'fee'].includes(behaviour) ? 'out' : 'any';
};

export const completeRule = (rule: WrittenRule): LedgerRule => {
  const { id, title, behaviour, ...rest } = rule;
  return { id, title, behaviour, ...USUAL, sign: usualSign(behaviour), ...rest };
};

/** Throws `usage`, naming the rule, for a set that can't be used. */
export function checkDraft({ rules, options }: LedgerDraft): void {
  const ids = new Set<string>();
  for (const rule of rules) {
    const { id, title, patterns, unless, least, most, rhythm } = rule;
    const wrong = (what: string) => usage(`Rule “${title || id}”: ${what}`);
    if (id.trim() === '') throw wrong('it needs an id.');
    if (ids.has(id)) throw wrong(`another rule has the id “${id}” too; each rule needs one of its own.`);
    ids.add(id);
    if (!(BEHAVIOURS as readonly string[]).includes(rule.behaviour)) {
      throw wrong(`there is no behaviour “${rule.behaviour}”. There are ${BEHAVIOURS.join(', ')}.`);
    }
    if (!rhythm && rule.enabled && patterns.length === 0)
      throw wrong('it needs at least one word or phrase to look for.');
    const empty = [...patterns, ...unless].find((pattern) => partsOf(pattern) === null);
    if (empty !== undefined) throw wrong(`“${empty}” holds no letters or digits to look for.`);
    if (!rhythm && least !== null && most !== null && least > most) {
      throw wrong(`its least amount, ${least}, is above its most, ${most}.`);
    }
    if (rhythm && rule.behaviour !== 'salary') throw wrong('only a salary can be told by its rhythm.');
  }
  if (rules.filter(({ rhythm, enabled }) => rhythm && enabled).length > 1) {
    throw usage('Only one enabled rule can go by the rhythm of salaries.');
  }
  for (const { day, payee } of options.dueDays) {
    if (!Number.isInteger(day) || day < 1 || day > 31) {
      throw usage(`The due day of ${payee} must be a day of the month from 1 to 31, not ${day}.`);
    }
  }
}

/** A rule set as `writeDraft` wrote it, or with its rules alone. Throws `usage`. */
export function readDraft(text: string): LedgerDraft {
  let read: unknown;
  try {
    read = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw usage('This file is not a rule set: it is not JSON.', String(error));
  }
  const found = Array.isArray(read) ? { rules: read as unknown } : read;
  if (!isRecord(found) || !Array.isArray(found['rules'])) {
    throw usage('This file is not a rule set: it has no list of “rules”.');
  }
  const country = typeof found['country'] === 'string' ? found['country'] : null;
  const rules = found['rules'].map((rule: unknown, i): LedgerRule => {
    if (!isRecord(rule)) throw usage(`Rule ${i + 1} of this file is not a rule.`);
    return ruleOf({ country, ...rule }, i);
  });
  const draft = { rules, options: optionsOf(found['options']) };
  checkDraft(draft);
  return draft;
}

/** JSON for people: one rule a line's worth, usual values left out. */
export function writeDraft({ rules, options }: LedgerDraft): string {
  const written = rules.map((rule) => {
    const usual: Record<string, unknown> = { ...USUAL, sign: usualSign(rule.behaviour) };
    return Object.fromEntries(
      Object.entries(rule).filter(
        ([key, value]) => RULE_KEYS.has(key) && JSON.stringify(usual[key]) !== JSON.stringify(value),
      ),
    );
  });
  return `${JSON.stringify({ rules: written, options }, null, 2)}\n`;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function ruleOf(written: Record<string, unknown>, i: number): LedgerRule {
  const where = `Rule ${i + 1} of this file${typeof written['id'] === 'string' ? ` (${written['id']})` : ''}`;
  const unknown = Object.keys(written).find((key) => !RULE_KEYS.has(key));
  if (unknown !== undefined) throw usage(`${where} has “${unknown}”, which no rule has.`);
  for (const key of ['id', 'title', 'behaviour']) {
    if (typeof written[key] !== 'string') throw usage(`${where} needs “${key}”, a text.`);
  }
  const rule = completeRule(written as unknown as WrittenRule);
  const isText = (value: unknown) => typeof value === 'string';
  const isAmount = (value: unknown) => value === null || (typeof value === 'number' && Number.isFinite(value));
  const wrong =
    (rule.country !== null && !isText(rule.country) && 'country') ||
    (!(Array.isArray(rule.patterns) && rule.patterns.every(isText)) && 'patterns') ||
    (!(Array.isArray(rule.unless) && rule.unless.every(isText)) && 'unless') ||
    (!['in', 'out', 'any'].includes(rule.sign) && 'sign') ||
    (!isAmount(rule.least) && 'least') ||
    (!isAmount(rule.most) && 'most') ||
    (!['pattern', 'text'].includes(rule.payee) && 'payee') ||
    (typeof rule.rhythm !== 'boolean' && 'rhythm') ||
    (typeof rule.enabled !== 'boolean' && 'enabled');
  if (wrong !== false) throw usage(`${where}: its “${wrong}” can't be used.`);
  return rule;
}

const RULE_KEYS = new Set(['id', 'title', 'behaviour', ...Object.keys(USUAL)]);

function optionsOf(written: unknown): LedgerOptions {
  if (written === undefined || written === null) return noOptions();
  const options = { ...noOptions(), ...(isRecord(written) ? written : {}) };
  const { countries, startingBalance, startingBalances, dueDays } = options;
  const fits =
    isRecord(written) &&
    Object.keys(options).length === 4 &&
    (countries === null || (Array.isArray(countries) && countries.every((country) => typeof country === 'string'))) &&
    Number.isFinite(startingBalance) &&
    Array.isArray(startingBalances) &&
    startingBalances.every(
      (one) =>
        isRecord(one) &&
        typeof one.customer === 'string' &&
        (one.account === null || typeof one.account === 'string') &&
        Number.isFinite(one.amount),
    ) &&
    Array.isArray(dueDays) &&
    dueDays.every(
      (one) =>
        isRecord(one) && typeof one.payee === 'string' && (one.customer === null || typeof one.customer === 'string'),
    );
  if (!fits) {
    throw usage(
      'The “options” of this file can’t be used: they are countries, startingBalance, startingBalances (customer, account, amount) and dueDays (payee, customer, day).',
    );
  }
  return options;
}

const usage = (message: string, detail?: string) => new DuecastError('usage', message, detail);
