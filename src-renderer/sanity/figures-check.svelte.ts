import type { RequestOf } from '../../src-main/ipc/contract.ts';
import type { Failure } from '../../src-main/ipc/errors.ts';
import type { SanityDocument } from '../../src-main/ipc/sanity.ts';
import { call, failureOf } from '../frame/transport.ts';

/** Whether figures can be trusted, for a screen that shows it of one training or another. */
export class FiguresCheck {
  /** The last one that could be made; while `asking` it may be of something else. */
  document = $state.raw<SanityDocument | null>(null);
  failure = $state.raw<Failure | null>(null);
  asking = $state(false);
  #asked = 0;

  async ask(request: RequestOf<'sanity'>): Promise<void> {
    const mine = ++this.#asked;
    this.asking = true;
    try {
      const document = await call('sanity', request);
      if (mine !== this.#asked) return;
      this.document = document;
      this.failure = null;
    } catch (error) {
      if (mine !== this.#asked) return;
      const failure = failureOf(error);
      // A training ends the process that was at it, and is what the analyst wants now.
      if (failure.code !== 'cancelled' && failure.code !== 'process-ended') {
        this.document = null;
        this.failure = failure;
      }
    }
    this.asking = false;
  }
}
