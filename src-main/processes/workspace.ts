import type { ProcessHost } from './host.ts';
import { openStore } from './kept-store.ts';
import type { ModelApi } from './model-api.ts';
import { connect, type Client } from './rpc.ts';
import type { PortfolioInfo, StoreApi } from './store-api.ts';
import { createWarmModel, type WarmModel } from './warm-model.ts';

const ENDED =
  'The part of Duecast that was computing this stopped unexpectedly. Nothing of it was kept, and the portfolio is as ' +
  'before. Try again; if it stops again, close other programs: too little memory is the usual cause.';

/** An open portfolio: its store process, and model processes as they are needed. */
export interface Workspace {
  path: string;
  info: PortfolioInfo;
  store: Client<StoreApi>;
  /** Starts a model process for `work` and ends it after. `ended`: what to say should it end before. */
  withModelProcess<T>(work: (models: Client<ModelApi>) => Promise<T>, ended?: string): Promise<T>;
  /** For what is asked while the analyst types. */
  warmModel: WarmModel;
  /** Checkpoints and closes the portfolio, last of all. */
  close(): Promise<void>;
}

/** Opens a portfolio in a store process of its own. Throws as `StoreApi.open` does. */
export async function openWorkspace(host: ProcessHost, path: string, create: boolean): Promise<Workspace> {
  const { info, client, close } = await openStore(host, path, create);
  const warmModel = createWarmModel(host);
  return {
    path: info.path,
    info,
    store: client,
    async withModelProcess(work, ended = ENDED) {
      const modelProcess = host.start('model');
      try {
        return await work(connect<ModelApi>(modelProcess.channel, ended));
      } finally {
        await modelProcess.stop();
      }
    },
    warmModel,
    async close() {
      await warmModel.stop();
      await close();
    },
  };
}
