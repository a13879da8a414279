import type { JobInfo } from '../ipc/contract.ts';
import type { AppHandlers } from '../ipc/dispatch.ts';
import { changesRequests } from './requests/changes-requests.ts';
import { comparisonRequests } from './requests/comparison-requests.ts';
import { customerRequests } from './requests/customer-requests.ts';
import { importRequests } from './requests/import-requests.ts';
import { judgingRequests } from './requests/judging-requests.ts';
import { ledgerRequests } from './requests/ledger-requests.ts';
import { portfolioRequests } from './requests/portfolio-requests.ts';
import { sanityRequests } from './requests/sanity-requests.ts';
import { reportRequests } from './requests/report-requests.ts';
import { settingsRequests } from './requests/settings-requests.ts';
import { trainingRequests } from './requests/training-requests.ts';
import { createSessionCore, type SessionShell } from './session-core.ts';

export interface Session {
  handlers: AppHandlers;
  running(): JobInfo[];
  /** Cancels what runs and closes the portfolio. */
  close(): Promise<void>;
}

/** The one open portfolio, its jobs, and the answers to the window's requests. Knows no Electron. */
export function createSession(shell: SessionShell): Session {
  const core = createSessionCore(shell);
  return {
    handlers: {
      ...settingsRequests(core),
      ...portfolioRequests(core),
      ...importRequests(core),
      ...trainingRequests(core),
      ...sanityRequests(core),
      ...comparisonRequests(core),
      ...reportRequests(core),
      ...judgingRequests(core),
      ...customerRequests(core),
      ...changesRequests(core),
      ...ledgerRequests(core),
      jobs: () => ({ jobs: core.running() }),
      cancelJob({ jobId }) {
        core.cancel(jobId);
        return {};
      },
    },
    running: core.running,
    close: core.close,
  };
}
