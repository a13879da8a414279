import type { AppHandlers } from '../../ipc/dispatch.ts';
import { drawTimeline } from '../../processes/portfolio-jobs.ts';
import type { SessionCore } from '../session-core.ts';
import { fileName } from './file-name.ts';
import { writeText } from './settings-requests.ts';

type Names =
  | 'customers'
  | 'customerIds'
  | 'exportCustomers'
  | 'customersText'
  | 'customer'
  | 'timeline'
  | 'explain'
  | 'addNote'
  | 'addNotes'
  | 'changeNote'
  | 'deleteNote'
  | 'restoreNote';

/** Lists of customers, and one customer's history, risk and notes. */
export function customerRequests(core: SessionCore): Pick<AppHandlers, Names> {
  const { shell, guarded } = core;
  return {
    customers: (request) => guarded(({ store }) => store.call('customers', request)),
    customerIds: (filter) => guarded(({ store }) => store.call('customerIds', filter)),
    exportCustomers: (request) =>
      guarded(async ({ store, info }) => {
        const list = request.filter.list === 'watchlist' ? 'watchlist' : 'customers';
        const path = await shell.dialogs.saveFile(`${fileName(info.name)} ${list}.csv`);
        if (path === null) return { path, customers: 0 };
        const { text, customers } = await store.call('customersCsv', request);
        await writeText(path, text);
        return { path, customers };
      }),
    customersText: (request) => guarded(({ store }) => store.call('customersText', request)),
    customer: (request) => guarded(({ store }) => store.call('customer', request)),
    timeline: ({ customer, experimentId }) =>
      guarded((workspace) => drawTimeline(workspace, customer, experimentId, SILENT, workspace.warmModel.use)),
    explain: ({ customer, modelId }) =>
      guarded(({ path, warmModel }) =>
        warmModel.use((models) => models.call('explain', { path, customer, modelId }, SILENT)),
      ),
    addNote: (request) => guarded(({ store }) => store.call('addNote', request)),
    addNotes: (request) => guarded(({ store }) => store.call('addNotes', request)),
    changeNote: (request) => guarded(({ store }) => store.call('changeNote', request)),
    deleteNote: (request) => guarded(({ store }) => store.call('deleteNote', request)),
    restoreNote: (request) => guarded(({ store }) => store.call('restoreNote', request)),
  };
}

const SILENT = { signal: new AbortController().signal, progress: () => undefined };
