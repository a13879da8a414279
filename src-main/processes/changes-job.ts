import type { ChangesDocument, JudgedScoring } from '../ipc/changes.ts';
import { cancelled } from '../ipc/errors.ts';
import type { CallContext } from './rpc.ts';
import type { Workspace } from './workspace.ts';

/**
 * What changed between two scorings (null: the latest, and the one before it), and of every scoring whether its warnings
 * came true. Throws `not-found`, `too-small`, `usage`, `cancelled`.
 */
export function describeChanges(
  { path, store, withModelProcess }: Workspace,
  pair: { fromId: string | null; toId: string | null },
  { signal, progress }: CallContext,
): Promise<ChangesDocument> {
  return withModelProcess(async (models) => {
    const changes = await models.call('scoringChanges', { path, ...pair }, { signal, progress });
    const { scorings } = await store.call('scorings', {});
    const judged: JudgedScoring[] = [];
    for (const scoring of scorings) {
      if (signal.aborted) throw cancelled();
      progress({ phase: 'judging earlier scorings', done: judged.length, total: scorings.length });
      // Its own progress would make the bar start anew with every scoring.
      const context = { signal, progress: () => undefined };
      const verdict = await models.call('scoringVerdict', { path, scoringId: scoring.scoringId }, context);
      judged.push({ ...scoring, ...verdict });
    }
    return { ...changes, scorings: judged };
  });
}
