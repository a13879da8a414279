import type { AppHandlers } from '../../ipc/dispatch.ts';
import type { RequestOf } from '../../ipc/contract.ts';
import { shuffleOutcomes } from '../../processes/sanity-jobs.ts';
import type { SessionCore } from '../session-core.ts';

type Names = 'sanity' | 'startShuffled';

/** Whether figures can be trusted. */
export function sanityRequests(core: SessionCore): Pick<AppHandlers, Names> {
  const { guarded, current } = core;
  let newest = new AbortController();
  return {
    sanity: (request) =>
      guarded(({ path, warmModel }) => {
        newest.abort();
        const { signal } = (newest = new AbortController());
        const progress = () => undefined;
        return warmModel.use((models) => models.call('sanity', { path, ...checkedOf(request) }, { signal, progress }));
      }),
    startShuffled: ({ experimentId, network }) => {
      current();
      const request = {
        ...checkedOf({ experimentId, choice: null }),
        kinds: network ? (['lightgbm', 'logistic', 'lstm'] as const).slice() : null,
        times: null,
        seed: null,
      };
      // It keeps nothing, so nothing is lost where it is cut off.
      return core.start(
        'shuffled',
        'Checking with shuffled outcomes',
        (context) => guarded((workspace) => shuffleOutcomes(workspace, request, context)),
        true,
      );
    },
  };
}

function checkedOf({ experimentId, choice }: RequestOf<'sanity'>) {
  return {
    experimentId,
    requested: {
      windowSteps: choice?.window ?? null,
      horizonSteps: choice?.horizon ?? null,
      gapSteps: choice?.gap ?? null,
      labelRule: choice?.labelRule ?? null,
    },
    splitSeed: choice?.splitSeed ?? null,
    without: choice?.without ?? null,
    planned: choice !== null,
  };
}
