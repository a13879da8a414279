import type {
  AppEvents,
  DoneJob,
  EventName,
  JobInfo,
  JobKind,
  JobProgress,
  JobResults,
  StartedJob,
} from '../ipc/contract.ts';
import { DuecastError } from '../ipc/errors.ts';
import type { AppInfo, PortfolioView } from '../ipc/views.ts';
import { createBroker } from '../processes/broker.ts';
import type { ProcessHost } from '../processes/host.ts';
import type { CallContext } from '../processes/rpc.ts';
import { createTimeLeft } from '../processes/time-left.ts';
import { openWorkspace, type Workspace } from '../processes/workspace.ts';
import { describePortfolio } from './describe-portfolio.ts';
import { shareOf } from './job-share.ts';
import type { PreferencesFile } from './preferences.ts';
import type { RecentPortfolios } from './recent.ts';

/** What a session takes from the platform. */
export interface SessionShell {
  host: ProcessHost;
  info: AppInfo;
  recent: RecentPortfolios;
  preferences: PreferencesFile;
  dialogs: Dialogs;
  /** Shows a file in the system's own file manager. */
  reveal(path: string): void;
  emit<K extends EventName>(name: K, payload: AppEvents[K]): void;
}

/** Native dialogs; null when the analyst closes one. */
export interface Dialogs {
  openPortfolio(): Promise<string | null>;
  newPortfolio(): Promise<string | null>;
  /** Empty when the analyst closes it. */
  openExports(): Promise<string[]>;
  openExportFolder(): Promise<string | null>;
  openProfile(): Promise<string | null>;
  chooseFolder(): Promise<string | null>;
  /** `suggestedName` with its ending, which also says what kind of file it is. */
  saveFile(suggestedName: string): Promise<string | null>;
}

/** What the requests of all screens share: the one open portfolio, and its jobs. Knows no Electron. */
export interface SessionCore {
  shell: SessionShell;
  /** Throws `not-allowed` while none is open. */
  current(): Workspace;
  /** With the open portfolio. A store process that died is started again by the next request (workspace.ts). */
  guarded<T>(work: (workspace: Workspace) => Promise<T>): Promise<T>;
  refuseWhileRunning(): void;
  start<K extends JobKind>(
    kind: K,
    title: string,
    work: (context: CallContext) => Promise<JobResults[K]>,
    looksOnly?: boolean,
  ): StartedJob;
  cancel(jobId: string): void;
  running(): JobInfo[];
  view(): Promise<PortfolioView | null>;
  /** Tells the window what the portfolio holds now. */
  tellChange(): Promise<PortfolioView | null>;
  openAt(path: string): Promise<PortfolioView>;
  /** Closes what is open, and takes this instead. */
  switchTo(workspace: Workspace): Promise<PortfolioView>;
  isOpen(workspace: Workspace): boolean;
  hasOpen(): boolean;
  closeOpen(): Promise<void>;
  /** Cancels what runs and closes the portfolio. */
  close(): Promise<void>;
}

export function createSessionCore(shell: SessionShell): SessionCore {
  const { host, emit } = shell;
  const broker = createBroker();
  const running = new Map<string, JobInfo & { ended: Promise<unknown> }>();
  let open: Workspace | null = null;

  const current = (): Workspace => {
    if (open === null) throw new DuecastError('not-allowed', 'No portfolio is open. Open one first.');
    return open;
  };

  const refuseWhileRunning = () => {
    const [job] = running.values();
    if (job === undefined) return;
    throw new DuecastError(
      'not-allowed',
      `“${job.title}” is still at work. Wait for it, or cancel it, then try again.`,
    );
  };

  const guarded = async <T>(work: (workspace: Workspace) => Promise<T>): Promise<T> => work(current());

  const view = async (): Promise<PortfolioView | null> =>
    open === null ? null : describePortfolio(await guarded(({ store }) => store.call('info', {})));

  const tellChange = async (): Promise<PortfolioView | null> => {
    const changed = await view();
    emit('portfolioChanged', { open: changed });
    return changed;
  };

  const closeOpen = async () => {
    const closing = open;
    open = null;
    await closing?.close();
  };

  const switchTo = async (workspace: Workspace): Promise<PortfolioView> => {
    await closeOpen();
    open = workspace;
    shell.recent.add(workspace.path, workspace.info.name);
    return (await tellChange())!;
  };

  const openAt = async (path: string): Promise<PortfolioView> => {
    refuseWhileRunning();
    // Its lock would keep this program itself out.
    if (open?.path === path) return (await view())!;
    return switchTo(await openWorkspace(host, path, false));
  };

  const start = <K extends JobKind>(
    kind: K,
    title: string,
    work: (context: CallContext) => Promise<JobResults[K]>,
    looksOnly = false,
  ): StartedJob => {
    refuseWhileRunning();
    const timeLeft = createTimeLeft();
    const { jobId, result } = broker.start(work, (event) => {
      if (event.type === 'progress') {
        const progress = event.progress as Omit<JobProgress, 'share'>;
        const secondsLeft = progress.lane === undefined ? timeLeft(progress) : null;
        emit('job', { type: 'progress', jobId, progress: { ...progress, share: shareOf(progress), secondsLeft } });
        return;
      }
      running.delete(jobId);
      if (event.type === 'done') emit('job', { type: 'done', jobId, kind, value: event.value } as DoneJob);
      else emit('job', { type: 'failed', jobId, kind, error: event.error });
    });
    const job = { jobId, kind, title, looksOnly };
    running.set(jobId, { ...job, ended: result.catch(() => undefined) });
    emit('job', { type: 'started', job });
    return { jobId };
  };

  return {
    shell,
    current,
    guarded,
    refuseWhileRunning,
    start,
    cancel: (jobId) => broker.cancel(jobId),
    running: () => [...running.values()].map(({ ended: _, ...job }) => job),
    view,
    tellChange,
    openAt,
    switchTo,
    isOpen: (workspace) => open === workspace,
    hasOpen: () => open !== null,
    closeOpen,
    async close() {
      const jobs = [...running.values()];
      for (const { jobId } of jobs) broker.cancel(jobId);
      await Promise.all(jobs.map(({ ended }) => ended));
      await closeOpen();
    },
  };
}
