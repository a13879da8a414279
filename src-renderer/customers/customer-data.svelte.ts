import type { TimelineDocument } from '../../src-main/ipc/documents.ts';
import type { ExplainDocument } from '../../src-main/ipc/explanation.ts';
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
  /** Why the PD is what it is; null until the model has answered. */
  explanation = $state.raw<ExplainDocument | null>(null);
  explanationFailure = $state.raw<Failure | null>(null);
  /** The model that was chosen; null: the champion. */
  #modelId: string | null = null;
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
      if (this.view?.customer !== customer) {
        this.timeline = null;
        this.explanation = null;
      }
      this.view = view;
      this.failure = null;
      this.timelineFailure = null;
      this.explanationFailure = null;
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
      await this.explain(customer, this.#modelId);
      if (mine !== this.#asked) return;
      if (next !== null) await call('timeline', { customer: next, experimentId: null }).catch(() => undefined);
    } catch (error) {
      if (mine !== this.#asked) return;
      this.timeline = null;
      this.timelineFailure = failureOf(error);
      this.explanationFailure = failureOf(error);
    }
  }

  /** Asks a model (null: the champion) for its reasons; a choice holds from customer to customer. */
  async explain(customer: string, modelId: string | null): Promise<void> {
    const mine = this.#asked;
    // Models of an earlier training are no longer offered.
    const known = modelId !== null && this.timeline?.models.some(({ id }) => id === modelId) === true;
    this.#modelId = known ? modelId : null;
    this.explanationFailure = null;
    try {
      const explanation = await call('explain', { customer, modelId: this.#modelId });
      if (mine === this.#asked) this.explanation = explanation;
    } catch (error) {
      if (mine !== this.#asked) return;
      this.explanation = null;
      this.explanationFailure = failureOf(error);
    }
  }

  takeNotes(customer: string, notes: NoteView[]): void {
    if (this.view?.customer === customer) this.view = { ...this.view, notes };
  }
}
