import type { LedgerExample, LedgerRule, RuleCatch, RuleMove, UncaughtGroup } from '../ipc/ledger.ts';
import { isoDate } from '../sequences/calendar.ts';
import { E4, type LedgerLine } from './ledger-line.ts';
import { NONE } from './rule-book.ts';
import { stemOf } from './words.ts';

const EXAMPLES = 3;
const GROUPS_LISTED = 200;
/** Groups kept while counting; beyond, the smallest go to the others. */
const GROUPS_KEPT = 40_000;
const MOVES_LISTED = 200;

interface Sums {
  transactions: number;
  moneyInE4: number;
  moneyOutE4: number;
}

const noSums = (): Sums => ({ transactions: 0, moneyInE4: 0, moneyOutE4: 0 });

function addTo(sums: Sums, amountE4: number): void {
  sums.transactions++;
  if (amountE4 > 0) sums.moneyInE4 += amountE4;
  else sums.moneyOutE4 -= amountE4;
}

const shown = ({ transactions, moneyInE4, moneyOutE4 }: Sums) => ({
  transactions,
  moneyIn: moneyInE4 / E4,
  moneyOut: moneyOutE4 / E4,
});

const exampleOf = (customer: string, { bookingDay, amountE4, description }: LedgerLine): LedgerExample => ({
  customer,
  date: isoDate(bookingDay),
  amount: amountE4 / E4,
  description,
});

/** Counts what rules catch and what nothing catches, customer by customer, in bounded memory. */
export class CatchCounter {
  readonly #rules: readonly LedgerRule[];
  readonly #caught: (Sums & { customers: number; lastCustomer: string | null; examples: LedgerExample[] })[];
  readonly #uncaught = noSums();
  readonly #groups = new Map<string, Sums & { example: LedgerExample }>();
  readonly #moves = new Map<string, Sums & { from: string | null; to: string | null; example: LedgerExample }>();

  /** `rules`: as the book has them. */
  constructor(rules: readonly LedgerRule[]) {
    this.#rules = rules;
    this.#caught = rules.map(() => ({ ...noSums(), customers: 0, lastCustomer: null, examples: [] }));
  }

  /** Takes one transaction, and the rule of this book that it fell to. */
  add(customer: string, line: LedgerLine, rule: number): void {
    if (rule === NONE) {
      addTo(this.#uncaught, line.amountE4);
      this.#group(customer, line);
      return;
    }
    const caught = this.#caught[rule]!;
    addTo(caught, line.amountE4);
    if (caught.lastCustomer !== customer) {
      caught.customers++;
      caught.lastCustomer = customer;
      if (caught.examples.length < EXAMPLES) caught.examples.push(exampleOf(customer, line));
    }
  }

  /** Takes one transaction that another rule set gives to another rule; ids, null: no rule. */
  move(customer: string, line: LedgerLine, from: string | null, to: string | null): void {
    const key = JSON.stringify([from, to]);
    let move = this.#moves.get(key);
    if (move === undefined)
      this.#moves.set(key, (move = { ...noSums(), from, to, example: exampleOf(customer, line) }));
    addTo(move, line.amountE4);
  }

  rules(): RuleCatch[] {
    return this.#caught.map((caught, place) => ({
      ruleId: this.#rules[place]!.id,
      ...shown(caught),
      customers: caught.customers,
      examples: caught.examples,
    }));
  }

  /** By words of the text, largest sum first. */
  uncaught(): ReturnType<typeof shown> & { groups: UncaughtGroup[]; others: number } {
    const ordered = this.#ordered();
    const groups = ordered
      .slice(0, GROUPS_LISTED)
      .map(([words, group]): UncaughtGroup => ({ words, ...shown(group), example: group.example }));
    const listed = groups.reduce((sum, { transactions }) => sum + transactions, 0);
    return { ...shown(this.#uncaught), groups, others: this.#uncaught.transactions - listed };
  }

  moved(): RuleMove[] {
    return [...this.#moves.values()]
      .sort((a, b) => b.transactions - a.transactions)
      .slice(0, MOVES_LISTED)
      .map(({ from, to, example, ...sums }) => ({ from, to, ...shown(sums), example }));
  }

  #group(customer: string, line: LedgerLine): void {
    const words = stemOf(line.description);
    let group = this.#groups.get(words);
    if (group === undefined) {
      if (this.#groups.size >= GROUPS_KEPT)
        for (const [least] of this.#ordered().slice(GROUPS_KEPT / 2)) this.#groups.delete(least);
      this.#groups.set(words, (group = { ...noSums(), example: exampleOf(customer, line) }));
    }
    addTo(group, line.amountE4);
  }

  #ordered() {
    const size = ({ moneyInE4, moneyOutE4 }: Sums) => moneyInE4 + moneyOutE4;
    return [...this.#groups].sort(([a, one], [b, other]) => size(other) - size(one) || (a < b ? -1 : 1));
  }
}
