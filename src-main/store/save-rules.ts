import type { LedgerDraft, LedgerRulesSaved } from '../ipc/ledger.ts';
import { counted } from '../ipc/grouped.ts';
import { checkDraft, noOptions } from '../ledger/rule-sets.ts';
import { shippedRules } from '../ledger/shipped-rules.ts';
import { writeAudit } from './audit.ts';
import { now, type PortfolioDb } from './database.ts';
import { refreshDerivedInTurns, timeStepOf, type DerivingContext } from './derived-history.ts';
import { customersWithLedger } from './ledger-lines.ts';
import { countriesOf, keyOf, readRules } from './rule-sets.ts';
import { clearTimelines } from './timelines.ts';

/**
 * Saves a draft as the next version of the rules (null: the shipped rules and no options) and derives the history of
 * all customers with transactions anew, in one transaction. Where nothing differs no version is made; history is derived
 * anew all the same where it was derived otherwise, as after an update of the program. Nothing else may write through
 * `db` meanwhile. Throws `usage` for a draft that can't be used, `cancelled`; then everything is as before.
 */
export async function saveRules(
  db: PortfolioDb,
  draft: LedgerDraft | null,
  context: DerivingContext,
): Promise<LedgerRulesSaved> {
  const startedAtMs = performance.now();
  const wanted = draft ?? { rules: shippedRules().rules, options: noOptions() };
  checkDraft(wanted);
  db.exec('BEGIN IMMEDIATE');
  try {
    const before = readRules(db);
    const words = differenceOf(before, wanted);
    const version = words === null ? null : addVersion(db, wanted, words);
    const timeStep = timeStepOf(db, null);
    const derivedWith = db.prepare<[], string>('SELECT rules_key FROM derived_with').pluck().get();
    const key = keyOf(wanted, countriesOf(db, wanted).countries, timeStep);
    const customers = derivedWith === key ? [] : customersWithLedger(db);
    const batch = db.prepare<[], number | null>("SELECT max(id) FROM import_batches WHERE kind = 'ledger'").pluck();
    const derived = await refreshDerivedInTurns(db, batch.get() ?? 0, customers, context);
    if (version !== null || derived.customers > 0) {
      clearTimelines(db);
      const what = version === null ? 'Derived history anew with the rules' : `Rules for ledgers, version ${version}`;
      writeAudit(
        db,
        'rules',
        `${what}${words === null ? '' : `: ${words}`}; ${counted(derived.customers, 'customer')} derived anew`,
      );
    }
    db.exec('COMMIT');
    return { version, ...derived, seconds: (performance.now() - startedAtMs) / 1000 };
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

function addVersion(db: PortfolioDb, { rules, options }: LedgerDraft, words: string): number {
  // Rules that are those of the program stay those of the program, also of its next version.
  const isShipped = same(rules, shippedRules().rules);
  return db
    .prepare('INSERT INTO rule_sets (rules, options, words, created_at) VALUES (?, ?, ?, ?)')
    .run(isShipped ? null : JSON.stringify(rules), JSON.stringify(options), words, now()).lastInsertRowid as number;
}

const same = (a: unknown, b: unknown) => canonical(a) === canonical(b);

/** The order of keys in what a file or a window sends says nothing. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

/** In words, for the list of versions and the log; null where two drafts say the same. */
function differenceOf(before: LedgerDraft, after: LedgerDraft): string | null {
  const known = new Map(before.rules.map((rule) => [rule.id, rule]));
  const added = after.rules.filter(({ id }) => !known.has(id)).length;
  const removed = before.rules.length - (after.rules.length - added);
  const changed = after.rules.filter((rule) => known.has(rule.id) && !same(known.get(rule.id), rule)).length;
  const kept = (draft: LedgerDraft, other: LedgerDraft) => {
    const ids = new Set(other.rules.map(({ id }) => id));
    return draft.rules.flatMap(({ id }) => (ids.has(id) ? [id] : []));
  };
  const moved = !same(kept(before, after), kept(after, before));
  const parts = [
    added > 0 ? `${counted(added, 'rule')} added` : '',
    removed > 0 ? `${counted(removed, 'rule')} removed` : '',
    changed > 0 ? `${counted(changed, 'rule')} changed` : '',
    moved ? 'other order' : '',
    same(before.options.countries, after.options.countries)
      ? ''
      : `countries ${after.options.countries?.join(', ') ?? 'by evidence'}`,
    same({ ...before.options, countries: null }, { ...after.options, countries: null })
      ? ''
      : 'other balances or due days',
  ].filter((part) => part !== '');
  return parts.length === 0 ? null : parts.join(', ');
}
