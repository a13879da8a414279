import type { AppHandlers } from '../../ipc/dispatch.ts';
import type { SessionCore } from '../session-core.ts';

type Names = 'scorings' | 'scoringChanges' | 'scoringVerdict';

/** What changed between scorings, and whether their warnings came true. */
export function changesRequests(core: SessionCore): Pick<AppHandlers, Names> {
  const { guarded } = core;
  return {
    scorings: (request) => guarded(({ store }) => store.call('scorings', request)),
    scoringChanges: ({ fromId }) =>
      guarded(({ path, warmModel }) =>
        warmModel.use((models) => models.call('scoringChanges', { path, fromId, toId: null })),
      ),
    scoringVerdict: ({ scoringId }) =>
      guarded(({ path, warmModel }) => warmModel.use((models) => models.call('scoringVerdict', { path, scoringId }))),
  };
}
