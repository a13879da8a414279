import { createHash } from 'node:crypto';
import type { TimeStep } from '../ipc/documents.ts';
import { DuecastError } from '../ipc/errors.ts';
import type { LedgerDraft, LedgerOptions, LedgerRule, LedgerRulesView } from '../ipc/ledger.ts';
import { chooseCountries, type CountryChoice } from '../ledger/countries.ts';
import { activeRules } from '../ledger/rule-book.ts';
import { noOptions } from '../ledger/rule-sets.ts';
import { shippedRules } from '../ledger/shipped-rules.ts';
import type { PortfolioDb } from './database.ts';
import { sampleTexts } from './ledger-lines.ts';

export interface StoredRules extends LedgerDraft {
  version: number;
  /** The rules are the analyst's own. */
  edited: boolean;
  createdAt: string | null;
}

interface RuleSetRow {
  version: number;
  rules: string | null;
  options: string;
  words: string;
  created_at: string;
}

const SHIPPED_WORDS = 'As shipped';

/** A version of the rules; null: the newest. Throws `not-found`. */
export function readRules(db: PortfolioDb, version: number | null = null): StoredRules {
  const row =
    version === null
      ? db.prepare<[], RuleSetRow>('SELECT * FROM rule_sets ORDER BY version DESC LIMIT 1').get()
      : db.prepare<[number], RuleSetRow>('SELECT * FROM rule_sets WHERE version = ?').get(version);
  if (row !== undefined) {
    return {
      version: row.version,
      edited: row.rules !== null,
      createdAt: row.created_at,
      rules: row.rules === null ? shippedRules().rules : (JSON.parse(row.rules) as LedgerRule[]),
      options: { ...noOptions(), ...(JSON.parse(row.options) as Partial<LedgerOptions>) },
    };
  }
  if (version !== null && version !== 0) {
    throw new DuecastError('not-found', `This portfolio has no version ${version} of the rules. Nothing was changed.`);
  }
  return { version: 0, edited: false, createdAt: null, rules: shippedRules().rules, options: noOptions() };
}

/** Whose rules a draft uses: as its options say, else as the portfolio's currency and transactions show. */
export function countriesOf(db: PortfolioDb, { rules, options }: LedgerDraft): CountryChoice {
  if (options.countries !== null) return { countries: options.countries, why: 'As the analyst chose them.' };
  const currency = db.prepare<[], string>('SELECT currency FROM portfolio').pluck().get()!;
  return chooseCountries(shippedRules().countries, rules, currency, sampleTexts(db));
}

/** Changes whenever other history would be derived from the same transactions. */
export function keyOf({ rules, options }: LedgerDraft, countries: readonly string[], timeStep: TimeStep): string {
  const { startingBalance, startingBalances, dueDays } = options;
  const parts = [activeRules(rules, countries), startingBalance, startingBalances, dueDays, timeStep];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** Everything that the analyst sees of the rules; `version` null: the newest. Throws `not-found`. */
export const rulesView = (db: PortfolioDb, version: number | null): LedgerRulesView =>
  db.transaction((): LedgerRulesView => {
    const stored = readRules(db, version);
    const { countries, why } = countriesOf(db, stored);
    const rows = db.prepare<[], RuleSetRow>('SELECT * FROM rule_sets ORDER BY version DESC').all();
    const [transactions, customers] = db
      .prepare<[], [number, number]>('SELECT count(*), count(DISTINCT customer) FROM transactions')
      .raw()
      .get()!;
    return {
      ...stored,
      current: stored.version === (rows[0]?.version ?? 0),
      versions: [
        ...rows.map((row) => ({
          version: row.version,
          createdAt: row.created_at,
          edited: row.rules !== null,
          words: row.words,
        })),
        { version: 0, createdAt: null, edited: false, words: SHIPPED_WORDS },
      ],
      countries: shippedRules().countries.map(({ country, title }) => ({
        country,
        title,
        active: countries.includes(country),
        rules: stored.rules.filter((rule) => rule.country === country).length,
      })),
      whyCountries: why,
      transactions,
      customers,
    };
  })();
