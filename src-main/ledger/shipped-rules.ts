import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { LedgerRule } from '../ipc/ledger.ts';
import { completeRule, type WrittenRule } from './rule-sets.ts';

/** A country whose banks' words the program knows. */
export interface Country {
  /** ISO 3166. */
  country: string;
  title: string;
  /** ISO 4217. */
  currencies: string[];
}

export interface ShippedRules {
  countries: Country[];
  /** Country by country; the rules that hold everywhere come last. */
  rules: LedgerRule[];
}

const FOLDER = fileURLToPath(new URL('../../resources/rules/', import.meta.url));

interface RulesFile extends Omit<Country, 'country'> {
  /** Null: everywhere. */
  country: string | null;
  rules: WrittenRule[];
}

export function loadRules(folder = FOLDER): ShippedRules {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')) as RulesFile);
  const ofCountry = files.filter(({ country }) => country !== null);
  const everywhere = files.filter(({ country }) => country === null);
  return {
    countries: ofCountry.map(({ country, title, currencies }) => ({ country: country!, title, currencies })),
    rules: [...ofCountry, ...everywhere].flatMap(({ country, rules }) =>
      rules.map((rule) => completeRule({ country, ...rule })),
    ),
  };
}

let shipped: ShippedRules | null = null;

/** As `loadRules`, read once a process. */
export const shippedRules = (): ShippedRules => (shipped ??= loadRules());
