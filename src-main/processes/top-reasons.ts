import { createPacer, type RunOptions } from '../evaluation/pacing.ts';
import { createExplainer } from '../explaining/explain-model.ts';
import { ROUGH } from '../explaining/integrated-gradients.ts';
import { windowReasons } from '../explaining/window-reasons.ts';
import type { ModelKind } from '../ipc/documents.ts';
import type { Reason } from '../ipc/reasons.ts';
import type { ApplyOptions } from '../models/apply-model.ts';
import { mostReasoned } from '../scoring/most-reasoned.ts';
import { onlyCustomer, type Panel } from '../sequences/panel.ts';
import type { Windows } from '../sequences/windows.ts';
import { scalesOf } from './explain-customer.ts';
import type { StoredModel } from './store-api.ts';

/** Kept with a score. */
const MOST_KEPT = 3;

/** Which scores reasons are looked for: those from `least` on, the highest first, as many as take seconds. */
export function riskiest(scores: Float32Array, least: number, kind: ModelKind): Int32Array {
  const places = [...scores.keys()].filter((i) => scores[i] >= least);
  return Int32Array.from(places.sort((a, b) => scores[b] - scores[a]).slice(0, mostReasoned(kind)));
}

export interface ReasonedModel {
  model: StoredModel;
  siblings: readonly StoredModel[];
  dateOf: (step: number) => string | null;
  /** ISO 4217, or empty. */
  currency: string;
}

/**
 * What raises a PD most, for each of `windows` (one a customer of `panel`), as `explain` would say it: at most three reasons,
 * the weightiest first; none where nothing true can be said. Progress counts customers. Throws `engine-missing`,
 * `model-refused`, `cancelled`.
 */
export async function topReasons(
  { model, siblings, dateOf, currency }: ReasonedModel,
  panel: Panel,
  windows: Windows,
  options: ApplyOptions & Pick<RunOptions, 'progress'>,
): Promise<Reason[][]> {
  const pacer = createPacer(options.signal);
  const scales = scalesOf(model, siblings);
  const explainer = createExplainer(model, { ...options, tolerance: ROUGH });
  try {
    const found: Reason[][] = [];
    for (const [i, customer] of windows.customer.entries()) {
      const own = onlyCustomer(panel, customer);
      const row = windows.endRow[i] - panel.firstRow[customer];
      const window = {
        ...windows,
        customer: Int32Array.of(0),
        endRow: Int32Array.of(row),
        step: windows.step.subarray(i, i + 1),
      };
      const reasons = windowReasons(explainer.explain(own, window), own, window, scales, { dateOf, currency });
      found.push(reasons.filter(({ contribution }) => contribution > 0).slice(0, MOST_KEPT));
      if (!pacer.due()) continue;
      options.progress?.(i + 1, windows.customer.length);
      await pacer.pause();
    }
    options.progress?.(found.length, found.length);
    return found;
  } finally {
    explainer.dispose();
  }
}
