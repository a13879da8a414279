import type { AppHandlers } from '../../ipc/dispatch.ts';
import { compareModels } from '../../processes/portfolio-jobs.ts';
import type { Workspace } from '../../processes/workspace.ts';
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
    startComparison: ({ experimentId, earlyDetection }) => {
      current();
      return core.start('comparison', 'Comparing the models', async (context) => {
        const document = await guarded(async (workspace) => {
          const asked = earlyDetection ?? (await askedBefore(workspace, experimentId));
          return compareModels(workspace, experimentId, context, asked);
        });
        // One more look at the test customers.
        await tellChange();
        return document;
      });
    },
  };
}

/** So that comparing again, for whatever reason, keeps what the analyst had set. */
async function askedBefore({ store }: Workspace, experimentId: string | null) {
  const { comparison } = await store.call('comparison', { experimentId });
  const settings = comparison?.document.earlyDetection?.settings;
  if (settings === undefined) return undefined;
  const { budget, leadFromDays, leadToDays } = settings;
  return { budget, leadFromDays, leadToDays };
}
