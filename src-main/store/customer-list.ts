import type { CustomerRow, CustomersFilter, CustomersPage } from '../ipc/views.ts';
import { customersCsv } from '../scoring/customers-csv.ts';
import { levelOf } from '../scoring/levels.ts';
import { countChanges, matchingPlaces } from './customer-filter.ts';
import { SnapshotKeeper, type CustomerSnapshot } from './customer-snapshot.ts';
import type { PortfolioDb } from './database.ts';
import { notesByCustomer } from './notes.ts';
import { stepDates } from './portfolio.ts';
import { describeScoring } from './score-history.ts';
import { unscoredReasons } from './unscored.ts';

/** The last answers stay, since the pages of a list ask for the same order again and again. */
const KEPT_RESULTS = 4;

/** Lists of customers as the analyst filters them, over the latest scoring. Levels are by the portfolio's bounds. */
export class CustomerLists {
  readonly #db: PortfolioDb;
  readonly #keeper: SnapshotKeeper;
  #results: { snapshot: CustomerSnapshot; key: string; places: Int32Array }[] = [];

  /** `db` is a connection of its own: it notices what others commit. */
  constructor(db: PortfolioDb) {
    this.#db = db;
    this.#keeper = new SnapshotKeeper(db);
  }

  page({ offset, limit, ...filter }: CustomersFilter & { offset: number; limit: number }): CustomersPage {
    return this.#reading((snapshot) => {
      const places = this.#places(snapshot, filter);
      const rowAt = rowMaker(this.#db, snapshot);
      return {
        scoring: describeScoring(this.#db, snapshot.scoring, snapshot.before),
        levels: snapshot.levels,
        levelsBefore: snapshot.levelsBefore,
        changes: countChanges(snapshot, filter.list),
        matching: places.length,
        rows: Array.from(places.subarray(offset, offset + limit), rowAt),
      };
    });
  }

  ids(filter: CustomersFilter): string[] {
    return this.#reading((snapshot) =>
      Array.from(this.#places(snapshot, filter), (place) => snapshot.customers.ids[place]),
    );
  }

  /** A customer in the latest scoring, by its number. */
  one(customer: number): { scoring: CustomersPage['scoring']; row: CustomerRow | null } {
    return this.#reading((snapshot) => {
      const place = snapshot.customers.placeOf[customer] ?? -1;
      return {
        scoring: describeScoring(this.#db, snapshot.scoring, snapshot.before),
        row: place < 0 ? null : rowMaker(this.#db, snapshot)(place),
      };
    });
  }

  /** Those that match, or of them the chosen ones, as CSV in the list's order. */
  csv(filter: CustomersFilter, chosen: readonly string[] | null): { text: string; customers: number } {
    return this.#reading((snapshot) => {
      const { scoring, customers } = snapshot;
      const wanted = chosen === null ? null : new Set(chosen);
      const places = this.#places(snapshot, filter).filter(
        (place) => wanted === null || wanted.has(customers.ids[place]),
      );
      const rowAt = rowMaker(this.#db, snapshot);
      const dateOf = stepDates(this.#db);
      const steps = new Map(
        this.#db
          .prepare<[number], [number, number]>('SELECT customer, step FROM scores WHERE scoring = ?')
          .raw()
          .all(scoring?.id ?? -1),
      );
      const dates = new Map([...new Set(steps.values())].map((step) => [step, dateOf(step) ?? `step ${step}`]));
      const notes = notesByCustomer(this.#db);
      const text = customersCsv(
        Array.from(places, (place) => {
          const number = customers.numbers[place];
          const asOf = dates.get(steps.get(number) ?? NaN) ?? null;
          return { row: rowAt(place), asOf, notes: notes.get(number) ?? [] };
        }),
        scoring?.kind ?? null,
      );
      return { text, customers: places.length };
    });
  }

  #reading<T>(work: (snapshot: CustomerSnapshot) => T): T {
    return this.#db.transaction(() => work(this.#keeper.read()))();
  }

  #places(snapshot: CustomerSnapshot, filter: CustomersFilter): Int32Array {
    const key = JSON.stringify(filter);
    const known = this.#results.find((result) => result.snapshot === snapshot && result.key === key);
    if (known !== undefined) return known.places;
    const places = matchingPlaces(snapshot, filter);
    const current = this.#results.filter((result) => result.snapshot === snapshot);
    this.#results = [{ snapshot, key, places }, ...current].slice(0, KEPT_RESULTS);
    return places;
  }
}

function rowMaker(db: PortfolioDb, snapshot: CustomerSnapshot): (place: number) => CustomerRow {
  const { customers, scoring, scorings, bounds, pd, earlierPd, since, recent, notes } = snapshot;
  const reasonOf = unscoredReasons(db, scoring);
  return (place) => {
    const number = customers.numbers[place];
    const score = orNull(pd[place]);
    return {
      customer: customers.ids[place],
      pd: score,
      riskLevel: score === null ? null : levelOf(score, bounds),
      reason: score === null ? reasonOf(number) : null,
      change: orNull(pd[place] - earlierPd[place]),
      recent: recent.map((scores) => orNull(scores[number])),
      onListSince: since[place] < 0 ? null : scorings[since[place]].createdAt,
      seenInTraining: customers.seen[place] === 1,
      notes: notes[place],
    };
  };
}

const orNull = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? null : value);
