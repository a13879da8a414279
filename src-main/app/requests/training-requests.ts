import type { AppHandlers } from '../../ipc/dispatch.ts';
import { DuecastError, toFailure } from '../../ipc/errors.ts';
import type { EngineView, Preferences } from '../../ipc/views.ts';
import type { ModelApi } from '../../processes/model-api.ts';
import { scorePortfolio } from '../../processes/portfolio-jobs.ts';
import { connect } from '../../processes/rpc.ts';
import { trainSeeds } from '../../processes/seeds-job.ts';
import { trainModels } from '../../processes/train-job.ts';
import type { SessionCore, SessionShell } from '../session-core.ts';

type Names =
  | 'models'
  | 'setChampion'
  | 'trainingPlan'
  | 'engine'
  | 'experiments'
  | 'learningCurves'
  | 'startTraining'
  | 'startScoring';

/** Models: planned, trained, chosen and applied. */
export function trainingRequests(core: SessionCore): Pick<AppHandlers, Names> {
  const { shell, guarded, current, tellChange } = core;
  const engines = new Map<Preferences['backend'], Promise<EngineView>>();
  return {
    models: () => guarded(({ store }) => store.call('models', {})),
    async setChampion(request) {
      const document = await guarded(({ store }) => store.call('setChampion', request));
      await tellChange();
      return document;
    },
    trainingPlan: ({ window, horizon, gap, labelRule, splitSeed, without }) =>
      guarded(({ path, warmModel }) => {
        const requested = { windowSteps: window, horizonSteps: horizon, gapSteps: gap, labelRule };
        return warmModel.latest((models) => models.call('split', { path, requested, splitSeed, without }));
      }),
    engine: () => {
      // Loading an engine to see which is there takes up to half a second, so each choice is looked for once.
      const { backend } = shell.preferences.view().preferences;
      const known = engines.get(backend);
      if (known !== undefined) return known;
      const looking = findEngine(shell, backend).catch((error: unknown) => {
        engines.delete(backend);
        throw error;
      });
      engines.set(backend, looking);
      return looking;
    },
    experiments: () => guarded(({ store }) => store.call('experiments', {})),
    learningCurves: (request) => guarded(({ store }) => store.call('learningCurves', request)),
    startTraining: ({ seeds = 1, ...request }) => {
      current();
      const { backend, modelsAtOnce } = shell.preferences.view().preferences;
      return core.start('training', 'Training', async (context) => {
        const document = await guarded(async (workspace) => {
          // Its memory is wanted by the models.
          await workspace.warmModel.stop();
          const asked = { ...request, backend, modelsAtOnce };
          return seeds === 1 ? trainModels(workspace, asked, context) : trainSeeds(workspace, asked, seeds, context);
        });
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

/** What would train networks here, whatever portfolio is open. */
async function findEngine({ host }: SessionShell, backend: Preferences['backend']): Promise<EngineView> {
  const looking = host.start('model');
  try {
    return { engine: await connect<ModelApi>(looking.channel).call('engine', { backend }), problem: null };
  } catch (error) {
    if (error instanceof DuecastError && error.code === 'engine-missing')
      return { engine: null, problem: toFailure(error) };
    throw error;
  } finally {
    await looking.stop();
  }
}
