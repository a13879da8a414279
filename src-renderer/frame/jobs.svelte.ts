import type { JobInfo, JobKind, JobNews, JobProgress, JobResults, StartedJob } from '../../src-main/ipc/contract.ts';
import type { Failure } from '../../src-main/ipc/errors.ts';
import { call, RequestFailure } from './transport.ts';

interface Waiting {
  resolve(value: never): void;
  reject(error: RequestFailure): void;
}

/** The jobs of this window: what runs, how far it is, and how the last of each kind ended. */
class Jobs {
  running = $state.raw<JobInfo | null>(null);
  /** By lane; '' is a job without lanes. */
  progress = $state.raw<Record<string, JobProgress>>({});
  cancelling = $state(false);
  failure = $state.raw<{ kind: JobKind; failure: Failure } | null>(null);
  /** Called with all news, in order. */
  readonly watchers = new Set<(news: JobNews) => void>();
  readonly #waiting = new Map<string, Waiting>();
  readonly #ended = new Map<string, JobNews>();

  hear(news: JobNews): void {
    if (news.type === 'started') {
      this.running = news.job;
      this.progress = {};
      this.cancelling = false;
      this.failure = null;
    } else if (news.type === 'progress') {
      this.progress = { ...this.progress, [news.progress.lane ?? '']: news.progress };
    } else {
      if (this.running?.jobId === news.jobId) this.running = null;
      this.cancelling = false;
      if (news.type === 'failed' && news.error.code !== 'cancelled') {
        this.failure = { kind: news.kind, failure: news.error };
      }
      this.#ended.set(news.jobId, news);
      this.#settle(news.jobId);
    }
    for (const watch of this.watchers) watch(news);
  }

  /** Starts a job and waits for its end. Throws a RequestFailure. */
  async run<K extends JobKind>(_kind: K, start: Promise<StartedJob>): Promise<JobResults[K]> {
    const { jobId } = await start;
    return new Promise((resolve, reject) => {
      this.#waiting.set(jobId, { resolve: resolve as Waiting['resolve'], reject });
      this.#settle(jobId);
    });
  }

  async cancel(): Promise<void> {
    if (this.running === null) return;
    this.cancelling = true;
    await call('cancelJob', { jobId: this.running.jobId });
  }

  #settle(jobId: string): void {
    const [waiting, news] = [this.#waiting.get(jobId), this.#ended.get(jobId)];
    if (waiting === undefined || news === undefined) return;
    this.#waiting.delete(jobId);
    this.#ended.delete(jobId);
    if (news.type === 'done') waiting.resolve(news.value as never);
    if (news.type === 'failed') waiting.reject(new RequestFailure(news.error));
  }
}

export const jobs = new Jobs();
