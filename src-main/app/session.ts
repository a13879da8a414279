import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type {
  AppEvents,
  AppInfo,
  DoneJob,
  EventName,
  JobInfo,
  JobKind,
  JobProgress,
  JobResults,
  PortfolioView,
  StartedJob,
} from '../ipc/contract.ts';
import type { AppHandlers } from '../ipc/dispatch.ts';
import { DuecastError } from '../ipc/errors.ts';
import { createBroker } from '../processes/broker.ts';
import type { ProcessHost } from '../processes/host.ts';
import type { ModelApi } from '../processes/model-api.ts';
import { compareModels, drawTimeline, scorePortfolio } from '../processes/portfolio-jobs.ts';
import { connect, type CallContext } from '../processes/rpc.ts';
import type { PortfolioInfo } from '../processes/store-api.ts';
import { trainModels } from '../processes/train-job.ts';
import { openWorkspace, type Workspace } from '../processes/workspace.ts';
import { lastDayOfStep } from '../sequences/calendar.ts';
import type { RecentPortfolios } from './recent.ts';

/** What a session takes from the platform. */
export interface SessionShell {
  host: ProcessHost;
  info: AppInfo;
  recent: RecentPortfolios;
  /** Where sample portfolios are kept. */
  documents(): string;
  choosePortfolio: AppHandlers['choosePortfolio'];
  chooseExport: AppHandlers['chooseExport'];
  emit<K extends EventName>(name: K, payload: AppEvents[K]): void;
}

export interface Session {
  handlers: AppHandlers;
  running(): JobInfo[];
  /** Cancels what runs and closes the portfolio. */
  close(): Promise<void>;
}

/** The one open portfolio, its jobs, and the answers to the window's requests. Knows no Electron. */
export function createSession(shell: SessionShell): Session {
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
    open === null ? null : describe(await guarded(({ store }) => store.call('info', {})));

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

  const openAt = async (path: string, create: boolean): Promise<PortfolioView> => {
    refuseWhileRunning();
    // Its lock would keep this program itself out.
    if (open?.path === path) return (await view())!;
    return switchTo(await openWorkspace(host, path, create));
  };

  const start = <K extends JobKind>(
    kind: K,
    title: string,
    work: (context: CallContext) => Promise<JobResults[K]>,
  ): StartedJob => {
    refuseWhileRunning();
    const { jobId, result } = broker.start(work, (event) => {
      if (event.type === 'progress') {
        emit('job', { type: 'progress', jobId, progress: event.progress as JobProgress });
        return;
      }
      running.delete(jobId);
      if (event.type === 'done') emit('job', { type: 'done', jobId, kind, value: event.value } as DoneJob);
      else emit('job', { type: 'failed', jobId, kind, error: event.error });
    });
    const job = { jobId, kind, title };
    running.set(jobId, { ...job, ended: result.catch(() => undefined) });
    emit('job', { type: 'started', job });
    return { jobId };
  };

  const makeSample = async (
    { customers, days, seed }: { customers: number; days: number; seed: number },
    context: CallContext,
  ): Promise<{ path: string }> => {
    const folder = await mkdtemp(join(tmpdir(), 'duecast-sample-'));
    const path = unusedName(shell.documents());
    let workspace: Workspace | null = null;
    try {
      const file = join(folder, 'sample.csv');
      const generating = host.start('model');
      try {
        const request = { out: file, customers, days, seed, dates: false };
        await connect<ModelApi>(generating.channel).call('generate', request, context);
      } finally {
        await generating.stop();
      }
      workspace = await openWorkspace(host, path, true);
      await workspace.store.call('importFile', { ...READ_AS_IT_IS, file, dryRun: false, onConflict: 'keep' }, context);
      await switchTo(workspace);
      return { path };
    } catch (error) {
      if (workspace !== null && open !== workspace) {
        await workspace.close().catch(() => undefined);
        rmSync(path, { force: true });
      }
      throw error;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };

  const handlers: AppHandlers = {
    appInfo: () => shell.info,
    recentPortfolios: () => ({ portfolios: shell.recent.list() }),
    choosePortfolio: (request) => shell.choosePortfolio(request),
    chooseExport: (request) => shell.chooseExport(request),

    openPortfolio: ({ path }) => openAt(path, false),
    createPortfolio: ({ path }) => {
      if (existsSync(path)) {
        throw new DuecastError(
          'file-exists',
          `${basename(path)} exists already and was not touched. Choose another name.`,
        );
      }
      return openAt(path, true);
    },
    async closePortfolio() {
      refuseWhileRunning();
      await closeOpen();
      await tellChange();
      return {};
    },
    portfolio: async () => ({ open: await view() }),

    imports: () => guarded(({ store }) => store.call('imports', {})),
    async undoImport(request) {
      refuseWhileRunning();
      const document = await guarded(({ store }) => store.call('undoImport', request));
      await tellChange();
      return document;
    },
    models: () => guarded(({ store }) => store.call('models', {})),
    setChampion: (request) => guarded(({ store }) => store.call('setChampion', request)),
    trainingPlan: ({ window, horizon, gap, labelRule }) =>
      guarded(async ({ path, store, withModelProcess }) => {
        await store.call('assignParts', { splitSeed: null });
        const requested = { windowSteps: window, horizonSteps: horizon, gapSteps: gap, labelRule };
        const { settings, split, warnings } = await withModelProcess((models) =>
          models.call('plan', { path, requested }),
        );
        return { settings, split, warnings };
      }),
    scores: (request) => guarded(({ store }) => store.call('scores', request)),
    timeline: ({ customer }) =>
      guarded((workspace) => drawTimeline(workspace, customer, null, { signal: NEVER, progress: () => undefined })),

    startImport: (request) => {
      current();
      const title = `${request.dryRun ? 'Checking' : 'Importing'} ${basename(request.file)}`;
      return start('import', title, async (context) => {
        const document = await guarded(({ store }) =>
          store.call('importFile', { ...READ_AS_IT_IS, ...request }, context),
        );
        if (!request.dryRun) await tellChange();
        return document;
      });
    },
    startSample: (request) => start('sample', 'Making the sample portfolio', (context) => makeSample(request, context)),
    startTraining: (request) => {
      current();
      const training = { ...request, splitSeed: null, backend: 'auto' as const };
      return start('training', 'Training', async (context) => {
        const document = await guarded((workspace) => trainModels(workspace, training, context));
        await tellChange();
        return document;
      });
    },
    startComparison: ({ experimentId }) => {
      current();
      return start('comparison', 'Comparing the models', (context) =>
        guarded((workspace) => compareModels(workspace, experimentId, context)),
      );
    },
    startScoring: ({ modelId }) => {
      current();
      return start('scoring', 'Scoring the portfolio', async (context) => {
        const { document } = await guarded((workspace) => scorePortfolio(workspace, modelId, context));
        await tellChange();
        return document;
      });
    },
    jobs: () => ({ jobs: jobsNow() }),
    cancelJob({ jobId }) {
      broker.cancel(jobId);
      return {};
    },
  };

  const jobsNow = () => [...running.values()].map(({ jobId, kind, title }) => ({ jobId, kind, title }));

  return {
    handlers,
    running: jobsNow,
    async close() {
      const jobs = [...running.values()];
      for (const { jobId } of jobs) broker.cancel(jobId);
      await Promise.all(jobs.map(({ ended }) => ended));
      await closeOpen();
    },
  };
}

const NEVER = new AbortController().signal;
const READ_AS_IT_IS = { profile: null, settings: [] };

function unusedName(folder: string): string {
  mkdirSync(folder, { recursive: true });
  for (let n = 1; ; n++) {
    const path = join(folder, `Sample portfolio${n === 1 ? '' : ` ${n}`}.duecast`);
    if (!existsSync(path)) return path;
  }
}

function describe(info: PortfolioInfo): PortfolioView {
  const { path, name, currency, timeStep, dated, customers, historyRows, firstStep, lastStep, testUses } = info;
  const dateOf = (step: number | null) =>
    step === null || timeStep === null || dated !== true ? null : lastDayOfStep(timeStep, step);
  return {
    path,
    name,
    currency,
    timeStep,
    dated,
    features: info.features.map((feature) => ({ name: feature.name, kind: feature.kind })),
    customers,
    historyRows,
    firstStep,
    lastStep,
    firstDate: dateOf(firstStep),
    lastDate: dateOf(lastStep),
    events: info.outcomeKind === 'none' ? null : info.events,
    testUses,
  };
}
