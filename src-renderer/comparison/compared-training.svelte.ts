import type { Failure } from '../../src-main/ipc/errors.ts';
import type { ExperimentView, StoredComparison } from '../../src-main/ipc/views.ts';
import { jobs } from '../frame/jobs.svelte.ts';
import { session } from '../frame/session.svelte.ts';
import { call, failureOf } from '../frame/transport.ts';

/** The trainings of the portfolio, the one that a screen is about, and its comparison. To be made as a component starts. */
export class ComparedTraining {
  /** Null until they are read. */
  experiments = $state.raw<ExperimentView[] | null>(null);
  failure = $state.raw<Failure | null>(null);
  /** Counts up whenever all is read again. */
  tries = $state(0);
  readonly #chosen: () => string | null;
  #stored = $state.raw<{ experimentId: string; comparison: StoredComparison['comparison'] } | null>(null);

  /** The one that was chosen, else the latest. */
  readonly experiment = $derived.by(
    () =>
      this.experiments?.find(({ experimentId }) => experimentId === this.#chosen()) ?? this.experiments?.[0] ?? null,
  );
  readonly experimentId = $derived(this.experiment?.experimentId ?? null);
  /** Undefined until it is read; null where there is none. */
  readonly comparison = $derived(
    this.#stored?.experimentId === this.experimentId ? this.#stored?.comparison : undefined,
  );

  constructor(chosen: () => string | null) {
    this.#chosen = chosen;
    $effect(() => {
      void [session.changes, this.tries];
      void this.reading(async () => {
        this.experiments = (await call('experiments', {})).experiments;
      });
    });
    $effect(() => {
      void [session.changes, this.tries];
      const id = this.experimentId;
      if (id === null) return;
      void this.reading(async () => {
        const { comparison } = await call('storedComparison', { experimentId: id });
        // An answer to an earlier choice comes too late; the same one again would draw everything anew.
        const known = this.#stored;
        const isKnown = known?.experimentId === id && known.comparison?.createdAt === comparison?.createdAt;
        if (id === this.experimentId && !isKnown) this.#stored = { experimentId: id, comparison };
      });
    });
  }

  /** Keeps what the work fails with, until something else succeeds. */
  async reading(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.failure = null;
    } catch (error) {
      this.failure = failureOf(error);
    }
  }

  readonly retry = () => void this.tries++;

  readonly compare = () =>
    session.attempt(() => jobs.run('comparison', call('startComparison', { experimentId: this.experimentId })));
}
