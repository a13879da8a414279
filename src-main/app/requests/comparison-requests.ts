import type { AppHandlers } from '../../ipc/dispatch.ts';
import { compareModels } from '../../processes/portfolio-jobs.ts';
import type { SessionCore } from '../session-core.ts';

type Names = 'storedComparison' | 'comparisonCurves' | 'thresholds' | 'setAlertCosts' | 'startComparison';

/** Models judged side by side on identical rows. */
export function comparisonRequests(core: SessionCore): Pick<AppHandlers, Names> {
  const { guarded, current, tellChange } = core;
  return {
    storedComparison: (request) => guarded(({ store }) => store.call('comparison', request)),
    comparisonCurves: ({ experimentId, part }) =>
      guarded(({ path, withModelProcess }) =>
        withModelProcess((models) => models.call('curves', { path, experimentId, part })),
      ),
    thresholds: (request) =>
      guarded(({ path, warmModel }) => warmModel.use((models) => models.call('thresholds', { path, ...request }))),
    setAlertCosts: (request) => guarded(({ store }) => store.call('setAlertCosts', request)),
    startComparison: ({ experimentId }) => {
      current();
      return core.start('comparison', 'Comparing the models', async (context) => {
        const document = await guarded((workspace) => compareModels(workspace, experimentId, context));
        // One more look at the test customers.
        await tellChange();
        return document;
      });
    },
  };
}
