import type { Failure } from '../../src-main/ipc/errors.ts';
import type { ThresholdsRequest, ThresholdsView } from '../../src-main/ipc/thresholds.ts';
import { call, failureOf } from '../frame/transport.ts';

/** The newest question's answer. While one is worked on, of those that come only the newest is asked. */
export class AskedThresholds {
  answer = $state.raw<ThresholdsView | null>(null);
  failure = $state.raw<Failure | null>(null);
  #next: ThresholdsRequest | null = null;
  #asking = false;

  async ask(request: ThresholdsRequest): Promise<void> {
    this.#next = request;
    if (this.#asking) return;
    this.#asking = true;
    while (this.#next !== null) {
      const asked: ThresholdsRequest = this.#next;
      this.#next = null;
      try {
        const answer = await call('thresholds', asked);
        if (this.#next === null) [this.answer, this.failure] = [answer, null];
      } catch (error) {
        if (this.#next === null) this.failure = failureOf(error);
      }
    }
    this.#asking = false;
  }
}
