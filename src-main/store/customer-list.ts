import type { TimeStep } from '../ipc/documents.ts';
import type { CustomerRow, CustomersFilter, CustomersPage, ListedSince } from '../ipc/views.ts';
import { customersCsv } from '../scoring/customers-csv.ts';
import { levelOf } from '../scoring/levels.ts';
import { mostReasoned } from '../scoring/most-reasoned.ts';
import { countChanges, matchingPlaces } from './customer-filter.ts';
import { SnapshotKeeper, type CustomerSnapshot } from './customer-snapshot.ts';
import type { PortfolioDb } from './database.ts';
import { notesByCustomer } from './notes.ts';
import { portfolioShape, stepDates } from './portfolio.ts';
import { describeScoring } from './score-history.ts';
import { reasonsKept } from './score-reasons.ts';
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
    return this.#reading(filter.since, (snapshot) => {
      const places = this.#places(snapshot, filter);
      const rowAt = rowMaker(this.#db, snapshot);
      return {
        scoring: describe(this.#db, snapshot),
        levels: snapshot.levels,
        levelsBefore: snapshot.levelsBefore,
        changes: countChanges(snapshot, filter.list),
        matching: places.length,
        rows: Array.from(places.subarray(offset, offset + limit), rowAt),
      };
    });
  }

  ids(filter: CustomersFilter): string[] {
    return this.#reading(filter.since, (snapshot) =>
      Array.from(this.#places(snapshot, filter), (place) => snapshot.customers.ids[place]),
    );
  }

  /** A customer in the latest scoring, by its number. */
  one(customer: number): { scoring: CustomersPage['scoring']; row: CustomerRow | null } {
    return this.#reading(null, (snapshot) => {
      const place = snapshot.customers.placeOf[customer] ?? -1;
      return {
        scoring: describe(this.#db, snapshot),
        row: place < 0 ? null : rowMaker(this.#db, snapshot)(place),
      };
    });
  }

  /** Those that match, or of them the chosen ones, as CSV in the list's order. */
  csv(filter: CustomersFilter, chosen: readonly string[] | null, delimiter = ','): { text: string; customers: number } {
    return this.#reading(filter.since, (snapshot) => {
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
        delimiter,
      );
      return { text, customers: places.length };
    });
  }

  #reading<T>(since: string | null | undefined, work: (snapshot: CustomerSnapshot) => T): T {
    return this.#db.transaction(() => work(this.#keeper.read(since ?? null)))();
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

function describe(db: PortfolioDb, { scoring, before, levels }: CustomerSnapshot): CustomersPage['scoring'] {
  const described = describeScoring(db, scoring, before);
  if (described === null) return null;
  const { kind, reasoned } = described;
  const wanted = Math.min(levels.Critical + levels.High + levels.Medium, mostReasoned(kind));
  return { ...described, unreasoned: reasoned === null ? 0 : Math.max(0, wanted - reasoned) };
}

function rowMaker(db: PortfolioDb, snapshot: CustomerSnapshot): (place: number) => CustomerRow {
  const { customers, scoring, scorings, bounds, pd, earlierPd, since, recent, notes } = snapshot;
  const reasonOf = unscoredReasons(db, scoring);
  const reasonsOf = reasonsKept(db, scoring?.id ?? null);
  const listedSince = runWriter(db, snapshot);
  return (place) => {
    const number = customers.numbers[place];
    const score = orNull(pd[place]);
    return {
      customer: customers.ids[place],
      pd: score,
      riskLevel: score === null ? null : levelOf(score, bounds),
      reason: score === null ? reasonOf(number) : null,
      change: orNull(pd[place] - earlierPd[place]),
      previousLevel: Number.isNaN(earlierPd[place]) ? null : levelOf(earlierPd[place], bounds),
      recent: recent.map((scores) => orNull(scores[number])),
      onListSince: since[place] < 0 ? null : scorings[since[place]].createdAt,
      listed: since[place] < 0 ? null : listedSince(since[place]),
      topReasons: reasonsOf(number),
      seenInTraining: customers.seen[place] === 1,
      notes: notes[place],
    };
  };
}

const DAYS: Record<TimeStep, number | null> = { day: 1, week: 7, month: null };
const MS_PER_DAY = 86_400_000;

/** Describes runs on the watchlist by the scoring, as its index, that they began with. */
function runWriter(db: PortfolioDb, { scorings }: CustomerSnapshot): (since: number) => ListedSince {
  const dateOf = stepDates(db);
  const daysPerStep = DAYS[portfolioShape(db).timeStep ?? 'month'];
  const last = scorings[scorings.length - 1];
  const known = new Map<number, ListedSince>();
  return (since) => {
    const found = known.get(since);
    if (found !== undefined) return found;
    const { asOfStep } = scorings[since];
    const [from, to] = [dateOf(asOfStep), dateOf(last.asOfStep)];
    const undated = daysPerStep === null ? null : (last.asOfStep - asOfStep) * daysPerStep;
    const days = from === null || to === null ? undated : (Date.parse(to) - Date.parse(from)) / MS_PER_DAY;
    const run = {
      asOf: from ?? String(asOfStep),
      days: days === null ? null : Math.max(0, days),
      scorings: scorings.length - since,
    };
    known.set(since, run);
    return run;
  };
}

const orNull = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? null : value);
