/** When a piece of work was how far: its phase, and how much of it is done. */
export interface Progressed {
  phase: string;
  done: number;
  total: number;
}

/** Nothing is said before this: the first moments tell little. */
const LEAST_SECONDS = 1;

/**
 * How long what is under way will still take, from how fast its phase went so far. A phase of its own kind starts anew.
 * `nowMs` is a clock's that never goes back.
 */
export class TimeLeft {
  #phase = '';
  #startMs = 0;
  #startDone = 0;
  #lastDone = 0;

  /** In seconds; null while that can't be said. */
  after({ phase, done, total }: Progressed, nowMs: number): number | null {
    const isNew = phase !== this.#phase || done < this.#lastDone;
    this.#lastDone = done;
    if (isNew) {
      this.#phase = phase;
      this.#startMs = nowMs;
      this.#startDone = done;
      return null;
    }
    const seconds = (nowMs - this.#startMs) / 1000;
    const moved = done - this.#startDone;
    if (seconds < LEAST_SECONDS || moved <= 0 || total <= done) return null;
    return (seconds * (total - done)) / moved;
  }
}
