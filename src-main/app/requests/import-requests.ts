import { basename } from 'node:path';
import type { AppHandlers } from '../../ipc/dispatch.ts';
import type { ExportListView, SourcesView } from '../../ipc/views.ts';
import { connect, type CallContext, type Client } from '../../processes/rpc.ts';
import type { StoreApi } from '../../processes/store-api.ts';
import type { SessionCore } from '../session-core.ts';

type Names =
  | 'chooseExports'
  | 'listExports'
  | 'previewImport'
  | 'profiles'
  | 'saveProfile'
  | 'deleteProfile'
  | 'exportProfile'
  | 'chooseProfileFile'
  | 'importProfile'
  | 'imports'
  | 'undoImport'
  | 'setAside'
  | 'exportRejected'
  | 'startMend'
  | 'startSurvey'
  | 'startImport';

/** From a file to rows of the portfolio, and back. */
export function importRequests(core: SessionCore): Pick<AppHandlers, Names> {
  const { shell, guarded, current, refuseWhileRunning, tellChange } = core;
  return {
    chooseExports: async ({ what }) => ({
      paths: what === 'folder' ? listOf(await shell.dialogs.openExportFolder()) : await shell.dialogs.openExports(),
    }),
    listExports: async (request) => listed(await withSomeStore(core, (store) => store.call('expandSources', request))),
    previewImport: (request) => withSomeStore(core, (store) => store.call('previewImport', request)),
    startSurvey: (request) =>
      core.start(
        'survey',
        `Looking through ${basename(request.file)}`,
        (context) => withSomeStore(core, (store) => store.call('surveyImport', request, context)),
        true,
      ),
    profiles: () => guarded(({ store }) => store.call('profiles', {})),
    saveProfile: (request) => guarded(({ store }) => store.call('saveProfile', request)),
    deleteProfile: (request) => guarded(({ store }) => store.call('deleteProfile', request)),
    exportProfile: ({ name }) =>
      guarded(async ({ store }) => {
        const path = await shell.dialogs.saveFile(`${fileNameOf(name)}.json`);
        if (path !== null) await store.call('exportProfile', { name, path });
        return { path };
      }),
    chooseProfileFile: () =>
      guarded(async ({ store }) => {
        const path = await shell.dialogs.openProfile();
        return { chosen: path === null ? null : { path, ...(await store.call('lookAtProfile', { path })) } };
      }),
    importProfile: (request) => guarded(({ store }) => store.call('importProfile', request)),
    setAside: (request) => guarded(({ store }) => store.call('setAside', request)),
    exportRejected: ({ batchId }) =>
      guarded(async ({ store }) => {
        const { imports } = await store.call('imports', {});
        const file = imports.find((batch) => batch.batchId === batchId)?.file ?? 'import';
        const path = await shell.dialogs.saveFile(`${file.replace(/\.[^.]*$/, '')} set aside.csv`);
        if (path !== null) await store.call('exportRejected', { batchId, path });
        return { path };
      }),
    imports: () => guarded(({ store }) => store.call('imports', {})),
    async undoImport(request) {
      refuseWhileRunning();
      const document = await guarded(({ store }) => store.call('undoImport', request));
      await tellChange();
      return document;
    },
    startMend: (request) => {
      current();
      const title =
        request.rows.length === 1 ? 'Importing a mended row' : `Importing ${request.rows.length} mended rows`;
      return core.start('mend', title, async (context) => {
        const document = await guarded(({ store }) => store.call('mendRows', request, context));
        if (document.imported !== null) await tellChange();
        return document;
      });
    },
    startImport: (request) => {
      current();
      const title = `${request.dryRun ? 'Checking' : 'Importing'} ${basename(request.file)}`;
      const work = async (context: CallContext) => {
        const document = await guarded(({ store }) => store.call('importFile', request, context));
        if (!request.dryRun) await tellChange();
        return document;
      };
      return core.start('import', title, work, request.dryRun);
    },
  };
}

const listOf = (path: string | null) => (path === null ? [] : [path]);

const listed = ({ sources, passedOver }: SourcesView): ExportListView => ({
  files: sources.map(({ path, name, bytes }) => ({ path, file: name, bytes })),
  left: passedOver.map(({ name, reason }) => ({ file: name, reason })),
});

/** A profile's name as that of a file. */
const fileNameOf = (name: string) => name.replace(/[\\/:*?"<>|]|\p{Cc}/gu, '_').slice(0, 100);

/** What an export shows can be asked before there is a portfolio too. */
async function withSomeStore<T>(core: SessionCore, work: (store: Client<StoreApi>) => Promise<T>): Promise<T> {
  if (core.hasOpen()) return core.guarded(({ store }) => work(store));
  const reading = core.shell.host.start('store');
  try {
    return await work(connect<StoreApi>(reading.channel));
  } finally {
    await reading.stop();
  }
}
