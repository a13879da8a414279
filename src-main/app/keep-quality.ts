import type { QualityView } from '../ipc/views.ts';
import type { Workspace } from '../processes/workspace.ts';

/** Looks a portfolio's data over, and keeps the last answer until an import or an undo changes the data. */
export function keepQuality(): (workspace: Workspace) => Promise<QualityView> {
  let kept: { data: string; answer: Promise<QualityView> } | null = null;
  return async ({ path, store, withModelProcess }) => {
    const { imports } = await store.call('imports', {});
    const data = JSON.stringify([path, imports.map(({ batchId, sha256, undone }) => [batchId, sha256, undone])]);
    if (kept?.data === data) return kept.answer;
    const answer = withModelProcess((models) => models.call('quality', { path }));
    const asked = { data, answer };
    kept = asked;
    answer.catch(() => {
      if (kept === asked) kept = null;
    });
    return answer;
  };
}
