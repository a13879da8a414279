import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { createPreferences } from '../../src-main/app/preferences.ts';
import { createRecentPortfolios } from '../../src-main/app/recent.ts';
import type { Dialogs } from '../../src-main/app/session-core.ts';
import { createSession, type Session } from '../../src-main/app/session.ts';
import type {
  EventName,
  JobKind,
  JobNews,
  JobProgress,
  JobResults,
  RequestName,
  RequestOf,
  ResponseOf,
} from '../../src-main/ipc/contract.ts';
import { fromFailure } from '../../src-main/ipc/errors.ts';
import { checkRequest } from '../../src-main/ipc/schemas.ts';
import type { ProcessHost, ProcessRole } from '../../src-main/processes/host.ts';
import { createNodeHost } from '../../src-main/processes/node-host.ts';

/** A session on real processes and real files; only the window and its dialogs are missing. */
export interface WindowlessSession extends Session {
  folder: string;
  processes: WatchedHost;
  /** What each native dialog answers, by its name; null unless set. Several paths: one a line. */
  answers: Partial<Record<keyof Dialogs, string | null>>;
  /** Files that were to be shown in the file manager. */
  revealed: string[];
  /** All that the window would have been told. */
  events: { name: EventName; payload: unknown }[];
  /** As the window asks: the payload is checked first. */
  call<K extends RequestName>(name: K, payload: RequestOf<K>): Promise<Awaited<ResponseOf<K>>>;
  /** A portfolio is made in the folder and opened. */
  create(name: string): Promise<string>;
  /** A job's result; throws what it failed with. */
  done<K extends JobKind>(kind: K, job: unknown): Promise<JobResults[K]>;
  /** Resolves at a job's first progress that fits. */
  progressed(job: unknown, fits: (progress: JobProgress) => boolean): Promise<void>;
  end(): Promise<void>;
}

/** Ends with the test `t`; without one the caller ends it. */
export function windowlessSession(t?: TestContext): WindowlessSession {
  const folder = mkdtempSync(join(tmpdir(), 'duecast-session-'));
  const documents = join(folder, 'documents');
  mkdirSync(documents);
  const processes = watchedHost();
  const news = newsStand();
  const events: WindowlessSession['events'] = [];
  const answers: WindowlessSession['answers'] = {};
  const revealed: string[] = [];
  const answer = (name: keyof Dialogs) => () => Promise.resolve(answers[name] ?? null);
  const session = createSession({
    host: processes.host,
    info: { version: '0.0.0', electron: '45.0.0', engineHost: 'Node 24' },
    recent: createRecentPortfolios(join(folder, 'recent.json')),
    preferences: createPreferences(join(folder, 'preferences.json'), documents),
    dialogs: {
      openPortfolio: answer('openPortfolio'),
      newPortfolio: answer('newPortfolio'),
      openExports: async () => (answers.openExports ?? '').split('\n').filter((path) => path !== ''),
      openExportFolder: answer('openExportFolder'),
      openProfile: answer('openProfile'),
      chooseFolder: answer('chooseFolder'),
      saveFile: answer('saveFile'),
    },
    reveal: (path) => void revealed.push(path),
    emit: (name, payload) => {
      events.push({ name, payload });
      if (name === 'job') news.tell(payload as JobNews);
    },
  });
  const idOf = async (job: unknown) => ((await job) as { jobId: string }).jobId;
  const call: WindowlessSession['call'] = async (name, payload) =>
    (await session.handlers[name](checkRequest(name, payload) as never)) as never;
  const end = async () => {
    await session.close();
    rmSync(folder, { recursive: true, force: true });
  };
  t?.after(end);
  return {
    ...session,
    folder,
    processes,
    answers,
    revealed,
    events,
    call,
    end,
    async create(name) {
      const path = join(folder, `${name}.duecast`);
      await call('createPortfolio', { path, name, currency: 'INR', timeStep: null });
      return path;
    },
    async done<K extends JobKind>(_kind: K, job: unknown) {
      const jobId = await idOf(job);
      const ended = await news.first((one) => one.type !== 'started' && one.jobId === jobId && one.type !== 'progress');
      if (ended.type === 'failed') throw fromFailure(ended.error);
      return (ended as unknown as { value: JobResults[K] }).value;
    },
    async progressed(job, fits) {
      const jobId = await idOf(job);
      await news.first((one) => one.type === 'progress' && one.jobId === jobId && fits(one.progress));
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
  /** How many of each role were started so far. */
  started: Record<ProcessRole, number>;
  /** Kills those of a role that run, as somebody outside would: nobody who uses them is asked. */
  kill(role: ProcessRole): Promise<void>;
}

function watchedHost(): WatchedHost {
  const nodeHost = createNodeHost();
  const count = { store: 0, model: 0 };
  const alive = new Map<() => Promise<void>, ProcessRole>();
  const stopsOf = (role: ProcessRole) => [...alive].flatMap(([stop, its]) => (its === role ? [stop] : []));
  return {
    host: {
      start(role) {
        count[role]++;
        const started = nodeHost.start(role);
        alive.set(started.stop, role);
        started.channel.onClose(() => alive.delete(started.stop));
        return started;
      },
    },
    started: count,
    running: (role) => stopsOf(role).length,
    async kill(role) {
      await Promise.all(stopsOf(role).map((stop) => stop()));
    },
  };
}
