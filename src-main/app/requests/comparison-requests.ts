import type { AppHandlers } from '../../ipc/dispatch.ts';
import { DuecastError } from '../../ipc/errors.ts';
import { compareModels } from '../../processes/portfolio-jobs.ts';
import type { SessionCore } from '../session-core.ts';

type Names = 'storedComparison' | 'comparisonCurves' | 'startComparison';

/** Models judged side by side on identical rows. */
export function comparisonRequests(core: SessionCore): Pick<AppHandlers, Names> {
  const { guarded, current } = core;
  const notBuilt = () => Promise.reject(new DuecastError('internal', 'this is not built yet'));
  return {
    storedComparison: notBuilt,
    comparisonCurves: notBuilt,
    startComparison: ({ experimentId }) => {
      current();
      return core.start('comparison', 'Comparing the models', (context) =>
        guarded((workspace) => compareModels(workspace, experimentId, context)),
      );
    },
  };
}
