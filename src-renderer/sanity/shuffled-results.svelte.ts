import type { ShuffledDocument } from '../../src-main/ipc/sanity.ts';

/** What models on shuffled outcomes achieved, by experiment, as long as the portfolio stays open in this window. */
class ShuffledResults {
  #byExperiment = $state.raw<Record<string, ShuffledDocument>>({});
  /** They are wanted with a network too. */
  network = $state(false);

  of(portfolio: string, experimentId: string): ShuffledDocument | null {
    return this.#byExperiment[`${portfolio} ${experimentId}`] ?? null;
  }

  keep(portfolio: string, experimentId: string, document: ShuffledDocument): void {
    this.#byExperiment = { ...this.#byExperiment, [`${portfolio} ${experimentId}`]: document };
  }
}

export const shuffledResults = new ShuffledResults();
