import type { BackendInfo } from '../../ipc/documents.ts';
import type { AppHandlers } from '../../ipc/dispatch.ts';
import { DuecastError } from '../../ipc/errors.ts';
import type { ModelApi } from '../../processes/model-api.ts';
import { connect } from '../../processes/rpc.ts';
import type { SessionCore } from '../session-core.ts';

/** Which engine there is: looked for once, since loading it takes a moment. */
export function engineRequests({ shell }: SessionCore): Pick<AppHandlers, 'engine'> {
  let found: Promise<BackendInfo | null> | null = null;

  async function look(): Promise<BackendInfo | null> {
    const { backend } = shell.preferences.view().preferences;
    const process = shell.host.start('model');
    try {
      return await connect<ModelApi>(process.channel).call('engine', { backend });
    } catch (error) {
      if (error instanceof DuecastError && error.code === 'engine-missing') return null;
      found = null;
      throw error;
    } finally {
      await process.stop();
    }
  }

  return { engine: async () => ({ engine: await (found ??= look()) }) };
}
