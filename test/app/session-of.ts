import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JobNews, RequestName, RequestOf, ResponseOf } from '../../src-main/ipc/contract.ts';
import { fromFailure } from '../../src-main/ipc/errors.ts';
import { createPreferences } from '../../src-main/app/preferences.ts';
import { createRecentPortfolios } from '../../src-main/app/recent.ts';
import { createSession, type Session } from '../../src-main/app/session.ts';
import { createNodeHost } from '../../src-main/processes/node-host.ts';

/** A session as the app has it, on real processes but without a window: nobody answers its dialogs. */
export interface WindowlessSession {
  folder: string;
  news: JobNews[];
  ask<K extends RequestName>(name: K, request: RequestOf<K>): Promise<Awaited<ResponseOf<K>>>;
  /** Waits for a job's end; rejects with the error of one that failed. `watch` sees its news as they come. */
  ended(jobId: string, watch?: (news: JobNews) => void): Promise<unknown>;
  close(): Promise<void>;
}

export function windowlessSession(): WindowlessSession {
  const folder = mkdtempSync(join(tmpdir(), 'duecast-session-'));
  const news: JobNews[] = [];
  const watchers = new Set<(news: JobNews) => void>();
  const closed = () => Promise.resolve(null);
  const session: Session = createSession({
    host: createNodeHost(),
    info: { version: '0', electron: '', engineHost: 'Node 24' },
    recent: createRecentPortfolios(join(folder, 'recent.json')),
    preferences: createPreferences(join(folder, 'preferences.json'), folder),
    dialogs: {
      openPortfolio: closed,
      newPortfolio: closed,
      openExport: closed,
      chooseFolder: closed,
      saveFile: closed,
    },
    emit(name, payload) {
      if (name !== 'job') return;
      news.push(payload as JobNews);
      for (const watch of watchers) watch(payload as JobNews);
    },
  });
  return {
    folder,
    news,
    ask: async (name, request) => (await session.handlers[name](request)) as never,
    ended: (jobId, watch) =>
      new Promise((resolve, reject) => {
        const hear = (heard: JobNews) => {
          if (heard.type === 'started' ? heard.job.jobId !== jobId : heard.jobId !== jobId) return;
          watch?.(heard);
          if (heard.type === 'done') resolve(heard.value);
          else if (heard.type === 'failed') reject(fromFailure(heard.error));
          else return;
          watchers.delete(hear);
        };
        watchers.add(hear);
        news.forEach(hear);
      }),
    async close() {
      await session.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
