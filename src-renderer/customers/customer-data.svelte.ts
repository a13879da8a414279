import type { TimelineDocument } from '../../src-main/ipc/documents.ts';
import type { Failure } from '../../src-main/ipc/errors.ts';
import type { CustomerView, NoteView } from '../../src-main/ipc/views.ts';
import { call, failureOf } from '../frame/transport.ts';

/** Who goes on faster than this is only looking for somebody: models are asked once that has ended. */
const PASSING_MS = 150;

/** What the customer screen shows. The one before stays in sight until the next is read. */
export class CustomerData {
  view = $state.raw<CustomerView | null>(null);
  failure = $state.raw<Failure | null>(null);
  /** Null until the models have answered. */
  timeline = $state.raw<TimelineDocument | null>(null);
  /** Why there is no timeline. */
  timelineFailure = $state.raw<Failure | null>(null);
  #asked = 0;
  #askedAtMs = -Infinity;

  /** `next`: who is likely asked for after this one; the models are asked ahead. */
  async show(customer: string, next: string | null = null): Promise<void> {
    const mine = ++this.#asked;
    const isPassing = performance.now() - this.#askedAtMs < PASSING_MS;
    this.#askedAtMs = performance.now();
    try {
      const view = await call('customer', { customer });
      if (mine !== this.#asked) return;
      if (this.view?.customer !== customer) this.timeline = null;
      this.view = view;
      this.failure = null;
      this.timelineFailure = null;
    } catch (error) {
      if (mine === this.#asked) this.failure = failureOf(error);
      return;
    }
    if (isPassing) await new Promise((resolve) => setTimeout(resolve, PASSING_MS));
    if (mine !== this.#asked) return;
    try {
      const timeline = await call('timeline', { customer, experimentId: null });
      if (mine !== this.#asked) return;
      this.timeline = timeline;
      if (next !== null) await call('timeline', { customer: next, experimentId: null }).catch(() => undefined);
    } catch (error) {
      if (mine !== this.#asked) return;
      this.timeline = null;
      this.timelineFailure = failureOf(error);
    }
  }

  takeNotes(customer: string, notes: NoteView[]): void {
    if (this.view?.customer === customer) this.view = { ...this.view, notes };
  }
}
