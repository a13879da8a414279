import type { AppHandlers } from '../../ipc/dispatch.ts';
import { DuecastError } from '../../ipc/errors.ts';
import { drawTimeline } from '../../processes/portfolio-jobs.ts';
import type { SessionCore } from '../session-core.ts';

type Names =
  'customers' | 'customerIds' | 'exportCustomers' | 'customer' | 'timeline' | 'addNote' | 'changeNote' | 'deleteNote';

/** Lists of customers, and one customer's history, risk and notes. */
export function customerRequests(core: SessionCore): Pick<AppHandlers, Names> {
  const { guarded } = core;
  const notBuilt = () => Promise.reject(new DuecastError('internal', 'this is not built yet'));
  return {
    customers: notBuilt,
    customerIds: notBuilt,
    exportCustomers: notBuilt,
    customer: notBuilt,
    timeline: ({ customer, experimentId }) =>
      guarded((workspace) =>
        drawTimeline(workspace, customer, experimentId, { signal: NEVER, progress: () => undefined }),
      ),
    addNote: notBuilt,
    changeNote: notBuilt,
    deleteNote: notBuilt,
  };
}

const NEVER = new AbortController().signal;
