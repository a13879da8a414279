import type { AppHandlers } from '../../ipc/dispatch.ts';
import { importExternalScores } from '../../processes/portfolio-jobs.ts';
import type { SessionCore } from '../session-core.ts';

type Names =
  | 'lookAtScores'
  | 'startEvaluation'
  | 'externalScores'
  | 'previewExternalScores'
  | 'startExternalScores'
  | 'deleteExternalScore';

/** Scores that were made elsewhere: judged by themselves, or compared with an experiment's models. */
export function judgingRequests(core: SessionCore): Pick<AppHandlers, Names> {
  const { guarded, current, tellChange } = core;
  return {
    lookAtScores: (request) =>
      guarded(({ withModelProcess }) => withModelProcess((models) => models.call('lookAtScores', request))),
    startEvaluation: (request) => {
      current();
      return core.start(
        'evaluation',
        'Judging a file of scores',
        (context) =>
          guarded(({ withModelProcess }) =>
            withModelProcess((models) => models.call('evaluateFile', request, context)),
          ),
        true,
      );
    },
    externalScores: (request) => guarded(({ store }) => store.call('externalScores', request)),
    previewExternalScores: (request) =>
      guarded(async ({ path, withModelProcess }) => {
        const { summary } = await withModelProcess((models) => models.call('readExternalScores', { ...request, path }));
        return summary;
      }),
    startExternalScores: (request) => {
      current();
      return core.start('externalScores', 'Adding a score from elsewhere', async (context) => {
        const document = await guarded((workspace) => importExternalScores(workspace, request, context));
        await tellChange();
        return document;
      });
    },
    deleteExternalScore: (request) =>
      guarded(async ({ store }) => {
        const document = await store.call('deleteExternalScore', request);
        await tellChange();
        return document;
      }),
  };
}
