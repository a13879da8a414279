import type { ProcessHost } from './host.ts';
import type { ModelApi } from './model-api.ts';
import { connect, type Client } from './rpc.ts';
import type { PortfolioInfo, StoreApi } from './store-api.ts';
import { createWarmModel, type WarmModel } from './warm-model.ts';

/** An open portfolio: its store process, and model processes as they are needed. */
export interface Workspace {
  path: string;
  info: PortfolioInfo;
  store: Client<StoreApi>;
  /** Starts a model process for `work` and ends it after. */
  withModelProcess<T>(work: (models: Client<ModelApi>) => Promise<T>): Promise<T>;
  /** For what is asked while the analyst types. */
  warmModel: WarmModel;
  /** Checkpoints and closes the portfolio, last of all. */
  close(): Promise<void>;
}

/** Opens a portfolio in a store process of its own. Throws as `StoreApi.open` does. */
export async function openWorkspace(host: ProcessHost, path: string, create: boolean): Promise<Workspace> {
  const storeProcess = host.start('store');
  const store = connect<StoreApi>(storeProcess.channel);
  const warmModel = createWarmModel(host);
  try {
    const info = await store.call('open', { path, create });
    return {
      path: info.path,
      info,
      store,
      async withModelProcess(work) {
        const modelProcess = host.start('model');
        try {
          return await work(connect<ModelApi>(modelProcess.channel));
        } finally {
          await modelProcess.stop();
        }
      },
      warmModel,
      async close() {
        await warmModel.stop();
        try {
          await store.call('close', {});
        } finally {
          await storeProcess.stop();
        }
      },
    };
  } catch (error) {
    await storeProcess.stop();
    throw error;
  }
}
