import type { RiskLevel } from '../ipc/documents.ts';
import type { LevelBounds } from '../ipc/views.ts';
import { levelOf } from '../scoring/levels.ts';
import type { PortfolioDb } from './database.ts';
import { readListedCustomers, readLatestValues, type ListedCustomers } from './listed-customers.ts';
import { readLevelBounds } from './portfolio.ts';
import { listScorings, ScoreHistory, type StoredScoringHead } from './score-history.ts';
import { findScoring } from './scoring-rows.ts';

const RECENT_SCORINGS = 12;

/** What lists are filtered and sorted by, in memory and by place: one entry a customer. */
export interface CustomerSnapshot {
  customers: ListedCustomers;
  bounds: LevelBounds;
  scorings: StoredScoringHead[];
  /** The latest, and the one that it is compared with: the one before it unless another is asked for. */
  scoring: StoredScoringHead | null;
  before: StoredScoringHead | null;
  /** NaN: not scored. */
  pd: Float32Array;
  earlierPd: Float32Array;
  /** Index into `scorings`: where the unbroken run on the watchlist began that ends with the latest; −1 off the list. */
  since: Int32Array;
  /** The last scorings by customer number, oldest first. */
  recent: Float32Array[];
  notes: Int32Array;
  levels: Record<RiskLevel, number>;
  levelsBefore: Record<RiskLevel, number> | null;
  latestValues(feature: string): Float64Array;
}

/**
 * Keeps what lists need in memory and reads again only what has changed: customers after an import or other rules for ledgers, scores after a
 * scoring or other bounds, notes after any change. The connection sees what others commit.
 */
export class SnapshotKeeper {
  readonly #db: PortfolioDb;
  readonly #history: ScoreHistory;
  #customers: { key: string; read: ListedCustomers; values: Map<string, Float64Array> } | null = null;
  #kept: { version: number; snapshot: CustomerSnapshot } | null = null;
  /** Of the kept snapshot, against other scorings than the one before. */
  readonly #against = new WeakMap<CustomerSnapshot, Map<string, CustomerSnapshot>>();

  constructor(db: PortfolioDb) {
    this.#db = db;
    this.#history = new ScoreHistory(db);
  }

  /**
   * Belongs into a read transaction, with whatever is read beside it. The same object unless lists may differ. `since`:
   * an earlier scoring that changes are measured against; null takes the one before. Throws `not-found`.
   */
  read(since: string | null = null): CustomerSnapshot {
    const latest = this.#latest();
    return since === null || since === String(latest.before?.id) ? latest : this.#since(latest, since);
  }

  #latest(): CustomerSnapshot {
    const bounds = readLevelBounds(this.#db);
    const version = this.#db.pragma('data_version', { simple: true }) as number;
    if (this.#kept?.version !== version) this.#kept = { version, snapshot: this.#renew(bounds) };
    return this.#kept.snapshot;
  }

  #since(latest: CustomerSnapshot, since: string): CustomerSnapshot {
    const made = this.#against.get(latest) ?? new Map<string, CustomerSnapshot>();
    this.#against.set(latest, made);
    const known = made.get(since);
    if (known !== undefined) return Object.assign(known, { notes: latest.notes });
    const before = findScoring(latest.scorings.slice(0, -1), since);
    const earlierPd = this.#byPlace(latest.customers, before);
    const against = { ...latest, before, earlierPd, levelsBefore: countByLevel(earlierPd, latest.bounds) };
    made.set(since, against);
    return against;
  }

  #renew(bounds: LevelBounds): CustomerSnapshot {
    const { read: customers, values } = this.#readCustomers();
    const scorings = listScorings(this.#db);
    const notes = this.#countNotes(customers);
    const known = this.#kept?.snapshot;
    if (known?.customers === customers && sameScores(known, scorings, bounds)) {
      known.notes = notes;
      return known;
    }
    const [before = null, scoring = null] = [scorings[scorings.length - 2], scorings[scorings.length - 1]];
    const pd = this.#byPlace(customers, scoring);
    const earlierPd = this.#byPlace(customers, before);
    return {
      customers,
      bounds,
      scorings,
      scoring,
      before,
      pd,
      earlierPd,
      since: this.#runs(customers, scorings, pd, bounds),
      recent: scorings.slice(-RECENT_SCORINGS).map((head) => this.#history.of(head)),
      notes,
      levels: countByLevel(pd, bounds),
      levelsBefore: before === null ? null : countByLevel(earlierPd, bounds),
      latestValues: (feature) => {
        const found = values.get(feature) ?? readLatestValues(this.#db, customers, feature);
        values.set(feature, found);
        return found;
      },
    };
  }

  #readCustomers() {
    const key = this.#db
      .prepare<[], unknown[]>(
        `SELECT (SELECT max(id) FROM import_batches), (SELECT max(undone_at) FROM import_batches),
           (SELECT max(id) FROM audit_log WHERE action = 'rules'),
           count(*), count(part) FROM customers`,
      )
      .raw()
      .get()!
      .join(' ');
    if (this.#customers?.key !== key) {
      this.#customers = { key, read: readListedCustomers(this.#db), values: new Map() };
    }
    return this.#customers;
  }

  #byPlace({ numbers }: ListedCustomers, scoring: StoredScoringHead | null): Float32Array {
    const scores = scoring === null ? new Float32Array() : this.#history.of(scoring);
    return Float32Array.from(numbers, (number) => scores[number] ?? NaN);
  }

  #runs({ numbers }: ListedCustomers, scorings: StoredScoringHead[], pd: Float32Array, { high }: LevelBounds) {
    const since = new Int32Array(numbers.length).fill(-1);
    let running: number[] = [];
    for (let place = 0; place < pd.length; place++) if (pd[place] >= high) running.push(place);
    for (let index = scorings.length - 1; index >= 0 && running.length > 0; index--) {
      const scores = this.#history.of(scorings[index]);
      running = running.filter((place) => scores[numbers[place]] >= high);
      for (const place of running) since[place] = index;
    }
    return since;
  }

  #countNotes({ numbers, placeOf }: ListedCustomers): Int32Array {
    const notes = new Int32Array(numbers.length);
    const counts = this.#db
      .prepare<[], [number, number]>('SELECT customer, count(*) FROM notes GROUP BY customer')
      .raw();
    for (const [number, count] of counts.iterate()) notes[placeOf[number]] = count;
    return notes;
  }
}

const sameScores = (known: CustomerSnapshot, scorings: StoredScoringHead[], bounds: LevelBounds) =>
  known.scoring?.id === scorings[scorings.length - 1]?.id &&
  (['critical', 'high', 'medium'] as const).every((level) => known.bounds[level] === bounds[level]);

function countByLevel(pds: Float32Array, bounds: LevelBounds): Record<RiskLevel, number> {
  const counts: Record<RiskLevel, number> = { Critical: 0, High: 0, Medium: 0, Low: 0 };
  for (const pd of pds) if (!Number.isNaN(pd)) counts[levelOf(pd, bounds)]++;
  return counts;
}
