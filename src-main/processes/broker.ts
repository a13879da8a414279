import { cancelled, toFailure, type Failure } from '../ipc/errors.ts';
import type { CallContext, Progress } from './rpc.ts';

/** What a job tells; after exactly one of `done` and `failed` it tells no more. */
export type JobEvent =
  | { type: 'progress'; jobId: string; progress: Progress }
  | { type: 'done'; jobId: string; value: unknown }
  | { type: 'failed'; jobId: string; error: Failure };

export interface JobBroker {
  /** Starts at once; `onEvent` is called later, never from within `start`. */
  start<T>(
    work: (context: CallContext) => Promise<T>,
    onEvent: (event: JobEvent) => void,
  ): { jobId: string; result: Promise<T> };
  /** The job ends with the failure `cancelled`, unless it ends otherwise first. */
  cancel(jobId: string): void;
}

/** Progress of one lane is passed on at most this often. */
const PROGRESS_MS = 125;

/** The one job model for everything long, in the app and in the command line. */
export function createBroker(): JobBroker {
  const running = new Map<string, AbortController>();
  let next = 1;
  return {
    start(work, onEvent) {
      const jobId = String(next++);
      const abort = new AbortController();
      running.set(jobId, abort);
      const progress = throttled((value) => {
        if (running.has(jobId)) onEvent({ type: 'progress', jobId, progress: value });
      });
      const result = Promise.resolve()
        .then(() => work({ signal: abort.signal, progress }))
        .catch((error: unknown) => {
          // Whatever an aborted job fails with, it was cancelled.
          throw abort.signal.aborted ? cancelled() : error;
        });
      result.then(
        (value) => {
          running.delete(jobId);
          onEvent({ type: 'done', jobId, value });
        },
        (error: unknown) => {
          running.delete(jobId);
          onEvent({ type: 'failed', jobId, error: toFailure(error) });
        },
      );
      return { jobId, result };
    },
    cancel: (jobId) => running.get(jobId)?.abort(),
  };
}

/** The newest progress of each lane, at most every PROGRESS_MS; the end of a phase passes at once. */
function throttled(pass: (progress: Progress) => void): (progress: Progress) => void {
  const passedAtMs = new Map<string, number>();
  return (progress) => {
    const lane = `${progress.lane ?? ''} ${progress.phase}`;
    const now = performance.now();
    if (
      (progress.total === 0 || progress.done < progress.total) &&
      now - (passedAtMs.get(lane) ?? -PROGRESS_MS) < PROGRESS_MS
    )
      return;
    passedAtMs.set(lane, now);
    pass(progress);
  };
}
