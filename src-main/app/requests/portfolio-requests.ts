import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { AppHandlers } from '../../ipc/dispatch.ts';
import { DuecastError } from '../../ipc/errors.ts';
import type { ModelApi } from '../../processes/model-api.ts';
import { connect, type CallContext } from '../../processes/rpc.ts';
import { openWorkspace, type Workspace } from '../../processes/workspace.ts';
import { describePortfolio } from '../describe-portfolio.ts';
import { keepQuality } from '../keep-quality.ts';
import type { SessionCore } from '../session-core.ts';

type Names =
  | 'recentPortfolios'
  | 'forgetRecent'
  | 'choosePortfolio'
  | 'openPortfolio'
  | 'createPortfolio'
  | 'closePortfolio'
  | 'portfolio'
  | 'describePortfolio'
  | 'setLevelBounds'
  | 'scoreCounts'
  | 'saveCopy'
  | 'quality'
  | 'auditLog'
  | 'startSample';

/** Opening, naming and looking over a portfolio. */
export function portfolioRequests(core: SessionCore): Pick<AppHandlers, Names> {
  const { shell, guarded, refuseWhileRunning, tellChange, view } = core;
  const quality = keepQuality();
  return {
    recentPortfolios: () => ({ portfolios: shell.recent.list() }),
    forgetRecent({ path }) {
      shell.recent.forget(path);
      return { portfolios: shell.recent.list() };
    },
    choosePortfolio: async ({ purpose }) => ({
      path: await (purpose === 'open' ? shell.dialogs.openPortfolio() : shell.dialogs.newPortfolio()),
    }),
    openPortfolio: ({ path }) => core.openAt(path),
    async createPortfolio({ path, ...naming }) {
      refuseWhileRunning();
      if (existsSync(path)) {
        throw new DuecastError(
          'file-exists',
          `${basename(path)} exists already and was not touched. Choose another name.`,
        );
      }
      const workspace = await openWorkspace(shell.host, path, true);
      await workspace.store.call('describePortfolio', naming);
      return core.switchTo(workspace);
    },
    async closePortfolio() {
      refuseWhileRunning();
      await core.closeOpen();
      await tellChange();
      return {};
    },
    portfolio: async () => ({ open: await view() }),
    async describePortfolio(naming) {
      const info = await guarded(({ store }) => store.call('describePortfolio', naming));
      shell.recent.add(info.path, info.name);
      await tellChange();
      return describePortfolio(info);
    },
    async setLevelBounds(bounds) {
      const info = await guarded(({ store }) => store.call('setLevelBounds', bounds));
      await tellChange();
      return describePortfolio(info);
    },
    saveCopy: () =>
      guarded(async ({ store, info }) => {
        const path = await shell.dialogs.saveFile(`${info.name} (copy).duecast`);
        if (path !== null) await store.call('saveCopy', { path });
        return { path };
      }),
    scoreCounts: () => guarded(({ store }) => store.call('scoreCounts', {})),
    quality: () => guarded(quality),
    auditLog: () => guarded(({ store }) => store.call('auditLog', {})),
    startSample: (request) =>
      core.start('sample', 'Making the sample portfolio', (context) => makeSample(core, request, context)),
  };
}

async function makeSample(
  core: SessionCore,
  { customers, days, seed }: { customers: number; days: number; seed: number },
  context: CallContext,
): Promise<{ path: string }> {
  const { host, preferences } = core.shell;
  const folder = await mkdtemp(join(tmpdir(), 'duecast-sample-'));
  const { preferences: chosen, defaults } = preferences.view();
  const path = unusedName(chosen.dataFolder ?? defaults.dataFolder);
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
    const { store } = workspace;
    await store.call('describePortfolio', {
      name: basename(path, '.duecast'),
      currency: 'INR',
      timeStep: null,
      isSample: true,
    });
    const request = { profile: null, settings: [], file, dryRun: false, onConflict: 'keep' } as const;
    await store.call('importFile', { ...request, settings: [] }, context);
    await core.switchTo(workspace);
    return { path };
  } catch (error) {
    if (workspace !== null && !core.isOpen(workspace)) {
      await workspace.close().catch(() => undefined);
      rmSync(path, { force: true });
    }
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function unusedName(folder: string): string {
  mkdirSync(folder, { recursive: true });
  for (let n = 1; ; n++) {
    const path = join(folder, `Sample portfolio${n === 1 ? '' : ` ${n}`}.duecast`);
    if (!existsSync(path)) return path;
  }
}
