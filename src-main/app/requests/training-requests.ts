import type { AppHandlers } from '../../ipc/dispatch.ts';
import { DuecastError } from '../../ipc/errors.ts';
import { scorePortfolio } from '../../processes/portfolio-jobs.ts';
import { trainModels } from '../../processes/train-job.ts';
import type { SessionCore } from '../session-core.ts';

type Names =
  'models' | 'setChampion' | 'trainingPlan' | 'experiments' | 'learningCurves' | 'startTraining' | 'startScoring';

/** Models: planned, trained, chosen and applied. */
export function trainingRequests(core: SessionCore): Pick<AppHandlers, Names> {
  const { shell, guarded, current, tellChange } = core;
  const notBuilt = () => Promise.reject(new DuecastError('internal', 'this is not built yet'));
  return {
    models: () => guarded(({ store }) => store.call('models', {})),
    async setChampion(request) {
      const document = await guarded(({ store }) => store.call('setChampion', request));
      await tellChange();
      return document;
    },
    trainingPlan: ({ window, horizon, gap, labelRule }) =>
      guarded(async ({ path, store, withModelProcess }) => {
        await store.call('assignParts', { splitSeed: null });
        const requested = { windowSteps: window, horizonSteps: horizon, gapSteps: gap, labelRule };
        const { settings, split, warnings } = await withModelProcess((models) =>
          models.call('plan', { path, requested }),
        );
        return { settings, split, warnings };
      }),
    experiments: notBuilt,
    learningCurves: notBuilt,
    startTraining: (request) => {
      current();
      const { backend, modelsAtOnce } = shell.preferences.view().preferences;
      return core.start('training', 'Training', async (context) => {
        const training = { ...request, splitSeed: null, backend, processes: modelsAtOnce };
        const document = await guarded((workspace) => trainModels(workspace, training, context));
        await tellChange();
        return document;
      });
    },
    startScoring: ({ modelId }) => {
      current();
      return core.start('scoring', 'Scoring the portfolio', async (context) => {
        const { document } = await guarded((workspace) => scorePortfolio(workspace, modelId, context));
        await tellChange();
        return document;
      });
    },
  };
}
