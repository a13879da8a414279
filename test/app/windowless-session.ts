import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRecentPortfolios } from '../../src-main/app/recent.ts';
import { createSession, type Session } from '../../src-main/app/session.ts';
import type { JobKind, JobNews, JobProgress, JobResults } from '../../src-main/ipc/contract.ts';
import { fromFailure } from '../../src-main/ipc/errors.ts';
import type { ProcessHost, ProcessRole } from '../../src-main/processes/host.ts';
import { createNodeHost } from '../../src-main/processes/node-host.ts';

export interface WindowlessSession extends Session {
  folder: string;
  processes: WatchedHost;
  /** A job's result; throws what it failed with. */
  done<K extends JobKind>(kind: K, job: unknown): Promise<JobResults[K]>;
  /** Resolves at a job's first progress that fits. */
  progressed(job: unknown, fits: (progress: JobProgress) => boolean): Promise<void>;
  end(): Promise<void>;
}

/** A session on real processes and real files. */
export function windowlessSession(): WindowlessSession {
  const folder = mkdtempSync(join(tmpdir(), 'duecast-session-'));
  mkdirSync(join(folder, 'documents'));
  const processes = watchedHost();
  const news = newsStand();
  const session = createSession({
    host: processes.host,
    info: { version: '0', electron: '0', engineHost: 'Node 24' },
    recent: createRecentPortfolios(join(folder, 'recent.json')),
    documents: () => join(folder, 'documents'),
    choosePortfolio: () => ({ path: null }),
    chooseExport: () => ({ path: null }),
    emit: (name, payload) => {
      if (name === 'job') news.tell(payload as JobNews);
    },
  });
  const idOf = async (job: unknown) => ((await job) as { jobId: string }).jobId;
  return {
    ...session,
    folder,
    processes,
    async done<K extends JobKind>(_kind: K, job: unknown) {
      const jobId = await idOf(job);
      const end = await news.first((one) => one.type !== 'started' && one.jobId === jobId && one.type !== 'progress');
      if (end.type === 'failed') throw fromFailure(end.error);
      return (end as unknown as { value: JobResults[K] }).value;
    },
    async progressed(job, fits) {
      const jobId = await idOf(job);
      await news.first((one) => one.type === 'progress' && one.jobId === jobId && fits(one.progress));
    },
    async end() {
      await session.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What jobs told, also to those who ask later. */
function newsStand() {
  const told: JobNews[] = [];
  const waiting = new Set<(news: JobNews) => void>();
  return {
    tell(news: JobNews) {
      told.push(news);
      for (const listener of [...waiting]) listener(news);
    },
    first: (fits: (news: JobNews) => boolean) =>
      new Promise<JobNews>((resolve) => {
        const before = told.find(fits);
        if (before !== undefined) return resolve(before);
        const listener = (news: JobNews) => {
          if (!fits(news)) return;
          waiting.delete(listener);
          resolve(news);
        };
        waiting.add(listener);
      }),
  };
}

export interface WatchedHost {
  host: ProcessHost;
  running(role: ProcessRole): number;
  /** Kills those of a role that run, as somebody outside would: nobody who uses them is asked. */
  kill(role: ProcessRole): Promise<void>;
}

function watchedHost(): WatchedHost {
  const nodeHost = createNodeHost();
  const alive = new Map<() => Promise<void>, ProcessRole>();
  const stopsOf = (role: ProcessRole) => [...alive].flatMap(([stop, its]) => (its === role ? [stop] : []));
  return {
    host: {
      start(role) {
        const started = nodeHost.start(role);
        alive.set(started.stop, role);
        started.channel.onClose(() => alive.delete(started.stop));
        return started;
      },
    },
    running: (role) => stopsOf(role).length,
    async kill(role) {
      await Promise.all(stopsOf(role).map((stop) => stop()));
    },
  };
}
