import { applyModel } from '../models/apply-model.ts';
import { lastStep, lastStepOf, NO_STEP } from '../sequences/panel.ts';
import { pickWindows } from '../sequences/pick-windows.ts';
import { unlabelledWindows, windowCount } from '../sequences/windows.ts';
import { applyOptions, readModelInUse } from './apply-options.ts';
import type { ModelApi, PortfolioScores } from './model-api.ts';
import { readAll, reading } from './portfolio-reading.ts';
import type { CallContext } from './rpc.ts';
import { riskiest, topReasons } from './top-reasons.ts';

/** Scores every customer at its last step, and looks for reasons for those whose level is above Low. */
export async function scoreStored(
  { path, modelId }: Parameters<ModelApi['score']>[0],
  { signal, progress }: CallContext,
): Promise<PortfolioScores> {
  progress({ phase: 'reading', done: 0, total: 1 });
  const { panel, parts, model, siblings, windowSteps, dateOf, levelBounds, currency } = reading(path, (db) => ({
    ...readAll(db),
    ...readModelInUse(db, path, modelId),
  }));
  const asOf = (step: number) => dateOf(step) ?? `step ${step}`;
  const end = lastStep(panel);
  const scorable: number[] = [];
  const skipped = { event: 0, short: 0 };
  for (const customer of panel.customers.keys()) {
    const event = panel.eventStep[customer];
    if (event !== NO_STEP && event <= end) skipped.event++;
    else if (panel.firstRow[customer + 1] - panel.firstRow[customer] < windowSteps) skipped.short++;
    else scorable.push(customer);
  }
  const windows = unlabelledWindows(panel, windowSteps, { lastOnly: true, customers: scorable });
  const options = applyOptions(siblings, signal);
  const scores = await applyModel(model, panel, windows, options);
  progress({ phase: 'scoring', done: windowCount(windows), total: windowCount(windows) });
  const customers = Int32Array.from(scorable, (customer) => panel.customerIds[customer]);
  const places = riskiest(scores, levelBounds.medium, model.kind);
  const reasons = await topReasons({ model, siblings, dateOf, currency }, panel, pickWindows(windows, places), {
    ...options,
    progress: (done, total) => progress({ phase: 'reasons', done, total }),
  });
  return {
    kind: model.kind,
    levelBounds,
    asOf: asOf(end),
    ids: scorable.map((customer) => panel.customers[customer]),
    dates: scorable.map((customer) => asOf(lastStepOf(panel, customer))),
    seen: Uint8Array.from(scorable, (customer) => seen(parts[customer])),
    scoring: {
      modelId: model.id,
      asOfStep: end,
      customers,
      scores,
      steps: windows.step,
      reasons: reasons.map((found, i) => ({ customer: customers[places[i]], reasons: found })),
      skipped: [
        { reason: 'whose event has passed', customers: skipped.event },
        { reason: `with fewer than ${windowSteps} steps`, customers: skipped.short },
      ].filter(({ customers: count }) => count > 0),
    },
  };
}

/** Fitted on training customers, tuned on validation customers. */
export const seen = (part: string | null) => (part === 'train' || part === 'validation' ? 1 : 0);
