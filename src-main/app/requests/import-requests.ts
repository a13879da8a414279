import { basename } from 'node:path';
import type { AppHandlers } from '../../ipc/dispatch.ts';
import { DuecastError } from '../../ipc/errors.ts';
import type { SessionCore } from '../session-core.ts';

type Names =
  | 'chooseExport'
  | 'previewImport'
  | 'profiles'
  | 'saveProfile'
  | 'deleteProfile'
  | 'imports'
  | 'undoImport'
  | 'exportRejected'
  | 'startImport';

/** From a file to rows of the portfolio, and back. */
export function importRequests(core: SessionCore): Pick<AppHandlers, Names> {
  const { shell, guarded, current, refuseWhileRunning, tellChange } = core;
  const notBuilt = () => Promise.reject(new DuecastError('internal', 'this is not built yet'));
  return {
    chooseExport: async () => ({ path: await shell.dialogs.openExport() }),
    previewImport: notBuilt,
    profiles: notBuilt,
    saveProfile: notBuilt,
    deleteProfile: notBuilt,
    exportRejected: notBuilt,
    imports: () => guarded(({ store }) => store.call('imports', {})),
    async undoImport(request) {
      refuseWhileRunning();
      const document = await guarded(({ store }) => store.call('undoImport', request));
      await tellChange();
      return document;
    },
    startImport: (request) => {
      current();
      const title = `${request.dryRun ? 'Checking' : 'Importing'} ${basename(request.file)}`;
      return core.start('import', title, async (context) => {
        const document = await guarded(({ store }) => store.call('importFile', request, context));
        if (!request.dryRun) await tellChange();
        return document;
      });
    },
  };
}
