import type { ScoringChanges, ScoringSummary, ScoringVerdict } from '../../src-main/ipc/changes.ts';
import type { Failure } from '../../src-main/ipc/errors.ts';
import { customerLists } from '../customers/customer-list.svelte.ts';
import { call, failureOf } from '../frame/transport.ts';

/** What the tab “What changed” shows, kept while other screens are open. */
class WatchlistChanges {
  tab = $state<'list' | 'changes'>('list');
  /** Oldest first; null until read. */
  scorings = $state.raw<ScoringSummary[] | null>(null);
  changes = $state.raw<ScoringChanges | null>(null);
  /** By scoring; those that are not judged yet have none. */
  verdicts = $state.raw<ReadonlyMap<string, ScoringVerdict>>(new Map());
  failure = $state.raw<Failure | null>(null);
  #portfolio: string | null = null;
  #latest: string | null = null;
  #asked = 0;

  get latest(): ScoringSummary | null {
    return this.scorings?.[this.scorings.length - 1] ?? null;
  }

  /** What the latest may be compared with, the newest first. */
  get earlier(): ScoringSummary[] {
    return (this.scorings ?? []).slice(0, -1).reverse();
  }

  /** The scoring that the latest is compared with; null where there is none. */
  get fromId(): string | null {
    return customerLists.watchlist.since ?? this.earlier[0]?.scoringId ?? null;
  }

  enter(portfolio: string): void {
    if (portfolio === this.#portfolio) return;
    this.#portfolio = portfolio;
    this.#latest = null;
    this.tab = 'list';
    this.scorings = null;
    this.changes = null;
    this.verdicts = new Map();
    this.failure = null;
  }

  /** Reads all anew. Whoever leaves stops it with what is returned: a long list is judged one scoring after another. */
  load(): () => void {
    const mine = ++this.#asked;
    void this.#read(() => mine === this.#asked);
    return () => {
      if (mine === this.#asked) this.#asked++;
    };
  }

  async #read(isWanted: () => boolean): Promise<void> {
    try {
      const { scorings } = await call('scorings', {});
      if (!isWanted()) return;
      this.scorings = scorings;
      const latest = this.latest?.scoringId ?? null;
      // A new scoring is compared with the one before it, whatever was chosen for the last.
      if (this.#latest !== null && latest !== this.#latest) customerLists.watchlist.measureSince(null);
      this.#latest = latest;
      if (this.fromId !== null) {
        const changes = await call('scoringChanges', { fromId: this.fromId });
        if (!isWanted()) return;
        this.changes = changes;
      }
      this.failure = null;
      let judged: [string, ScoringVerdict][] = [];
      for (const { scoringId } of [...scorings].reverse()) {
        const verdict = await call('scoringVerdict', { scoringId });
        if (!isWanted()) return;
        judged = [...judged, [scoringId, verdict]];
        // What was judged before stays in sight until it is judged again.
        this.verdicts = new Map([...this.verdicts, ...judged]);
      }
    } catch (error) {
      if (isWanted()) this.failure = failureOf(error);
    }
  }
}

export const watchlistChanges = new WatchlistChanges();
