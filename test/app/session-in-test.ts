import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { createPreferences } from '../../src-main/app/preferences.ts';
import { createRecentPortfolios } from '../../src-main/app/recent.ts';
import type { Dialogs } from '../../src-main/app/session-core.ts';
import { createSession, type Session } from '../../src-main/app/session.ts';
import type {
  JobKind,
  JobNews,
  JobResults,
  RequestName,
  RequestOf,
  ResponseOf,
  StartedJob,
} from '../../src-main/ipc/contract.ts';
import { fromFailure } from '../../src-main/ipc/errors.ts';
import { checkRequest } from '../../src-main/ipc/schemas.ts';
import { createNodeHost } from '../../src-main/processes/node-host.ts';

/** A session on real processes, with a folder of its own, and nobody before the window. */
export interface TestSession {
  folder: string;
  /** A portfolio is made in the folder and opened. */
  create(name: string): Promise<string>;
  /** As the window asks: the payload is checked first. */
  call<K extends RequestName>(name: K, payload: RequestOf<K>): Promise<ResponseOf<K>>;
  /** Waits for a job's end. Throws its failure. */
  run<K extends JobKind>(kind: K, start: Promise<StartedJob>): Promise<JobResults[K]>;
  /** What the native dialogs answer from now on. */
  answers: { path: string | null };
  news: JobNews[];
}

export function startSession(t: TestContext): TestSession {
  const folder = mkdtempSync(join(tmpdir(), 'duecast-session-'));
  const answers: TestSession['answers'] = { path: null };
  const news: JobNews[] = [];
  const hearers = new Set<() => void>();
  const answer = () => Promise.resolve(answers.path);
  const dialogs: Dialogs = {
    openPortfolio: answer,
    newPortfolio: answer,
    openExport: answer,
    chooseFolder: answer,
    saveFile: answer,
  };
  const session: Session = createSession({
    host: createNodeHost(),
    info: { version: '0', electron: 'none', engineHost: 'Node 24' },
    recent: createRecentPortfolios(join(folder, 'recent.json')),
    preferences: createPreferences(join(folder, 'preferences.json'), folder),
    dialogs,
    emit(name, payload) {
      if (name !== 'job') return;
      news.push(payload as JobNews);
      for (const hear of hearers) hear();
    },
  });
  t.after(async () => {
    await session.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const call = async <K extends RequestName>(name: K, payload: RequestOf<K>): Promise<ResponseOf<K>> =>
    session.handlers[name](checkRequest(name, payload));
  return {
    folder,
    answers,
    news,
    call,
    async create(name) {
      const path = join(folder, `${name}.duecast`);
      await call('createPortfolio', { path, name, currency: 'INR', timeStep: null });
      return path;
    },
    async run(kind, start) {
      const { jobId } = await start;
      return new Promise((resolve, reject) => {
        const hear = () => {
          const end = news.find((item) => item.type !== 'started' && item.type !== 'progress' && item.jobId === jobId);
          if (end === undefined) return;
          hearers.delete(hear);
          if (end.type === 'failed') reject(fromFailure(end.error));
          else if (end.type === 'done' && end.kind === kind) resolve(end.value as never);
        };
        hearers.add(hear);
        hear();
      });
    },
  };
}
