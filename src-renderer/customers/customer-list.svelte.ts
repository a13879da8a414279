import type { RiskLevel } from '../../src-main/ipc/documents.ts';
import type { Failure } from '../../src-main/ipc/errors.ts';
import type { ChangeFilter, CustomerRow, CustomersFilter, CustomersPage } from '../../src-main/ipc/views.ts';
import { session } from '../frame/session.svelte.ts';
import { call, failureOf } from '../frame/transport.ts';
import type { Sort } from '../ui/columns.ts';
import type { RowSource } from '../ui/row-source.ts';

export type Range = CustomersFilter['ranges'][number];

export const CHANGE_WORDS: Record<Exclude<ChangeFilter, 'any'>, string> = {
  up: 'PD up by more than 5 points',
  down: 'PD down by more than 5 points',
  entered: 'Entered the watchlist',
  left: 'Left the watchlist',
};

const PAGE_ROWS = 100;
/** Pages far from the view are forgotten, so that a long scroll does not fill the window's memory. */
const MOST_PAGES = 40;

/** One list as the analyst left it: its filters, order, choice and place, with the rows that are loaded. */
class CustomerListState {
  readonly list: CustomersFilter['list'];
  search = $state('');
  levels = $state.raw<RiskLevel[]>([]);
  change = $state<ChangeFilter>('any');
  /** Who stood at one level before and stands at another now. */
  moved = $state.raw<NonNullable<CustomersFilter['moved']> | null>(null);
  /** The scoring that changes are measured against; null: the one before the latest. */
  since = $state<string | null>(null);
  ranges = $state.raw<Range[]>([]);
  sort = $state.raw<CustomersFilter['sort']>({ key: 'pd', direction: 'descending' });
  /** Null until something was loaded. */
  head = $state.raw<Omit<CustomersPage, 'rows'> | null>(null);
  failure = $state.raw<Failure | null>(null);
  chosen = $state.raw<ReadonlySet<string>>(new Set());
  cursor = $state(-1);
  scrollTop = $state(0);
  /** Anew whenever rows arrive, so that the table looks again. */
  source = $state.raw<RowSource<CustomerRow>>({ count: 0, at: () => undefined });

  #portfolio: string | null = null;
  #pages = new Map<number, CustomerRow[]>();
  /** Of the filter or the data: what is asked for, and what is loaded. */
  #wanted = 0;
  #loaded = -1;
  #need = { first: 0, end: PAGE_ROWS };
  #isLoading = false;

  constructor(list: CustomersFilter['list']) {
    this.list = list;
  }

  get filter(): CustomersFilter {
    const { list, search, levels, change, moved, since, ranges, sort } = this;
    return { list, search, levels, change, moved, since, ranges, sort };
  }

  get isFiltered(): boolean {
    const { search, levels, change, moved, ranges } = this;
    return search.trim() !== '' || levels.length > 0 || change !== 'any' || moved !== null || ranges.length > 0;
  }

  /** Of another portfolio nothing stays. */
  enter(portfolio: string): void {
    if (portfolio !== this.#portfolio) {
      this.#portfolio = portfolio;
      this.head = null;
      this.#pages.clear();
      this.source = { count: 0, at: () => undefined };
      this.since = null;
      this.clear();
    }
    this.renew();
  }

  clear(): void {
    this.search = '';
    this.levels = [];
    this.change = 'any';
    this.moved = null;
    this.ranges = [];
    this.filtered();
  }

  /** These customers only, of a figure that was clicked elsewhere. */
  showOnly(only: { change: ChangeFilter } | { moved: NonNullable<CustomersFilter['moved']> }): void {
    this.search = '';
    this.levels = [];
    this.change = 'change' in only ? only.change : 'any';
    this.moved = 'moved' in only ? only.moved : null;
    this.ranges = [];
    this.filtered();
  }

  /** Measures changes against another scoring; null: the one before the latest. */
  measureSince(scoringId: string | null): void {
    if (scoringId === this.since) return;
    this.since = scoringId;
    this.moved = null;
    this.filtered();
  }

  /** The filter has changed: the list begins anew. */
  filtered(): void {
    this.chosen = new Set();
    this.cursor = -1;
    this.scrollTop = 0;
    this.#need = { first: 0, end: PAGE_ROWS };
    this.renew();
  }

  sortBy({ key, direction }: Sort): void {
    this.sort = { key: key as CustomersFilter['sort']['key'], direction };
    this.cursor = -1;
    this.scrollTop = 0;
    this.#need = { first: 0, end: PAGE_ROWS };
    this.renew();
  }

  toggleLevel(level: RiskLevel): void {
    const { levels } = this;
    this.levels = levels.includes(level) ? levels.filter((other) => other !== level) : [...levels, level];
    this.filtered();
  }

  /** What is loaded may be old; it stays in sight until the new is there. */
  renew(): void {
    this.#wanted++;
    void this.#load();
  }

  need(first: number, end: number): void {
    this.#need = { first, end };
    void this.#load();
  }

  /** Asked for only when somebody goes through the list or chooses all of it. Throws a RequestFailure. */
  async ids(): Promise<string[]> {
    return (await call('customerIds', this.filter)).customers;
  }

  async #load(): Promise<void> {
    if (this.#isLoading) return;
    this.#isLoading = true;
    try {
      for (let page = this.#nextPage(); page !== null; page = this.#nextPage()) await this.#loadPage(page);
      this.failure = null;
    } catch (error) {
      this.failure = failureOf(error);
    } finally {
      this.#isLoading = false;
    }
  }

  /** The first page that is needed and not loaded; null where all are. */
  #nextPage(): number | null {
    const first = Math.floor(this.#need.first / PAGE_ROWS);
    if (this.#loaded !== this.#wanted) return first;
    const last = Math.floor((Math.min(this.#need.end, this.source.count) - 1) / PAGE_ROWS);
    for (let page = first; page <= last; page++) if (!this.#pages.has(page)) return page;
    return null;
  }

  async #loadPage(page: number): Promise<void> {
    const wanted = this.#wanted;
    const portfolio = this.#portfolio;
    const { rows, ...head } = await call('customers', { ...this.filter, offset: page * PAGE_ROWS, limit: PAGE_ROWS });
    if (portfolio !== this.#portfolio) return;
    if (this.#loaded !== wanted) this.#pages = new Map();
    // A page of an order that nobody wants any more only says that there is a newer one to load.
    this.#loaded = wanted;
    this.#pages.delete(page);
    this.#pages.set(page, rows);
    for (const old of this.#pages.keys()) if (this.#pages.size > MOST_PAGES) this.#pages.delete(old);
    const pages = this.#pages;
    this.head = head;
    this.source = {
      count: head.matching,
      at: (index) => pages.get(Math.floor(index / PAGE_ROWS))?.[index % PAGE_ROWS],
    };
  }
}

export const customerLists = {
  watchlist: new CustomerListState('watchlist'),
  all: new CustomerListState('all'),
};

/** Opens a customer with the list behind it, whose ids follow as soon as they are there. */
export async function openFromList(list: CustomersFilter['list'], customer: string): Promise<void> {
  const screen = list === 'all' ? 'customers' : 'watchlist';
  session.showCustomer(customer, { screen, customers: [] });
  const opened = session.list;
  await session.attempt(async () => {
    const customers = await customerLists[list].ids();
    if (session.list === opened) session.list = { screen, customers };
  });
}
