import type { Failure } from '../../src-main/ipc/errors.ts';
import type { EngineView, TrainingPlanView, WindowChoice } from '../../src-main/ipc/views.ts';
import { call, failureOf } from '../frame/transport.ts';

/** The split that a training would have, and what it would run on, for a screen that shows them while they are chosen. */
export class TrainingPlan {
  /** The last one that could be made: while `failure` stands, or `asking`, it is not that of the choice. */
  plan = $state.raw<TrainingPlanView | null>(null);
  failure = $state.raw<Failure | null>(null);
  asking = $state(false);
  engine = $state.raw<EngineView | null>(null);
  #asked = 0;

  async ask(choice: WindowChoice): Promise<void> {
    const mine = ++this.#asked;
    this.asking = true;
    try {
      const plan = await call('trainingPlan', choice);
      if (mine !== this.#asked) return;
      this.plan = plan;
      this.failure = null;
    } catch (error) {
      if (mine !== this.#asked) return;
      const failure = failureOf(error);
      if (failure.code !== 'cancelled') this.failure = failure;
    }
    this.asking = false;
  }

  async findEngine(): Promise<void> {
    try {
      this.engine = await call('engine', {});
    } catch {
      // The training itself will say what is missing.
      this.engine = null;
    }
  }
}
