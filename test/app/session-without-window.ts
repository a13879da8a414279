import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { AppEvents, EventName, JobKind, JobNews, JobResults, StartedJob } from '../../src-main/ipc/contract.ts';
import type { AppHandlers } from '../../src-main/ipc/dispatch.ts';
import { DuecastError } from '../../src-main/ipc/errors.ts';
import { createPreferences } from '../../src-main/app/preferences.ts';
import { createRecentPortfolios } from '../../src-main/app/recent.ts';
import { createSession } from '../../src-main/app/session.ts';
import type { Dialogs } from '../../src-main/app/session-core.ts';
import type { ProcessHost, ProcessRole } from '../../src-main/processes/host.ts';
import { createNodeHost } from '../../src-main/processes/node-host.ts';

/** A session on real processes and files; only the window and its dialogs are missing. */
export interface Bench {
  folder: string;
  handlers: AppHandlers;
  /** What each dialog answers, by its name; null unless set. */
  answers: Partial<Record<keyof Dialogs, string>>;
  events: { name: EventName; payload: unknown }[];
  /** How many processes of each kind were started. */
  started: Record<ProcessRole, number>;
  /** The end of a job that was started. */
  ended<K extends JobKind>(kind: K, job: StartedJob | Promise<StartedJob>): Promise<JobResults[K]>;
}

export function openBench(t: TestContext): Bench {
  const folder = mkdtempSync(join(tmpdir(), 'duecast-session-'));
  const answers: Bench['answers'] = {};
  const events: Bench['events'] = [];
  const started = { store: 0, model: 0 };
  const listeners = new Set<(news: JobNews) => void>();
  const nodeHost = createNodeHost();
  const host: ProcessHost = {
    start(role) {
      started[role]++;
      return nodeHost.start(role);
    },
  };
  const answer = (name: keyof Dialogs) => () => Promise.resolve(answers[name] ?? null);
  const session = createSession({
    host,
    info: { version: '0.0.0', electron: '45.0.0', engineHost: 'Node 24' },
    recent: createRecentPortfolios(join(folder, 'recent.json')),
    preferences: createPreferences(join(folder, 'preferences.json'), folder),
    dialogs: {
      openPortfolio: answer('openPortfolio'),
      newPortfolio: answer('newPortfolio'),
      openExport: answer('openExport'),
      chooseFolder: answer('chooseFolder'),
      saveFile: answer('saveFile'),
    },
    emit<K extends EventName>(name: K, payload: AppEvents[K]) {
      events.push({ name, payload });
      if (name === 'job') for (const listen of listeners) listen(payload as JobNews);
    },
  });
  t.after(async () => {
    await session.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    folder,
    handlers: session.handlers,
    answers,
    events,
    started,
    async ended(_kind, job) {
      const { jobId } = await job;
      return new Promise((resolve, reject) => {
        const hear = (news: JobNews) => {
          if (news.type === 'started' || news.jobId !== jobId || news.type === 'progress') return;
          listeners.delete(hear);
          if (news.type === 'done') resolve(news.value as never);
          else reject(new DuecastError(news.error.code, news.error.message, news.error.detail));
        };
        listeners.add(hear);
      });
    },
  };
}

/** Ten rows a customer: monthly, with dates, a feature that ends early and an attribute. */
export function monthlyExport(customers: number): string {
  const lines = ['customer_id,date,salary,cash_loans,branch_code,city,will_default'];
  for (let c = 0; c < customers; c++) {
    for (let month = 1; month <= 10; month++) {
      const date = `2025-${String(month).padStart(2, '0')}-28`;
      const loans = month <= 7 ? String(month % 3) : '';
      lines.push(`C${c},${date},${1000 + 10 * c + month},${loans},7,Pune,${c % 4 === 0 ? 1 : 0}`);
    }
  }
  return `${lines.join('\n')}\n`;
}
