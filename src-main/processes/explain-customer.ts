import { sumOf } from '../explaining/attribution.ts';
import { createPacer } from '../evaluation/pacing.ts';
import { createExplainer, METHODS, type Explained, type Explainer } from '../explaining/explain-model.ts';
import { windowReasons } from '../explaining/window-reasons.ts';
import type { ModelKind } from '../ipc/documents.ts';
import { DuecastError } from '../ipc/errors.ts';
import type { ExplainDocument } from '../ipc/explanation.ts';
import { counted } from '../ipc/grouped.ts';
import { levelOf } from '../scoring/levels.ts';
import { lastStepOf, NO_STEP, type Panel } from '../sequences/panel.ts';
import type { InputScale, Scaler } from '../sequences/scaling.ts';
import { pickWindows } from '../sequences/pick-windows.ts';
import { unlabelledWindows, type Windows } from '../sequences/windows.ts';
import { requireCustomer } from '../store/read-panel.ts';
import { applyOptions, readModelInUse } from './apply-options.ts';
import type { ModelApi } from './model-api.ts';
import { readAll, reading } from './portfolio-reading.ts';
import type { CallContext } from './rpc.ts';
import type { StoredModel } from './store-api.ts';

/**
 * Why a model (null: the champion, else the best of the latest training) gives a customer its PD at the customer's last
 * step, or at the last one before an event. Throws `not-found`, `too-small`, `model-refused`, `engine-missing`.
 */
export async function explainCustomer(
  request: Parameters<ModelApi['explain']>[0],
  { signal }: CallContext,
): Promise<ExplainDocument> {
  const { path, customer: name } = request;
  const { panel, model, siblings, windowSteps, dateOf, levelBounds, currency } = reading(path, (db) => {
    const number = requireCustomer(db, name);
    return { ...readModelInUse(db, path, request.modelId), panel: readAll(db, number).panel };
  });
  const windows = lastWindow(panel, windowSteps, name);
  await createPacer(signal).pause();
  const explained = explainOnce(createExplainer(model, applyOptions(siblings, signal)), panel, windows);
  const { base, score, cells, inputs, logOdds } = explained;
  const width = inputs.length;
  const rows = Array.from({ length: windowSteps }, (_, step) => [...cells.subarray(step * width, (step + 1) * width)]);
  const features = inputs.map(({ name: feature }, f) => ({ feature, contribution: sumOf(rows.map((row) => row[f])) }));
  const [lastStep] = windows.step;
  const reasons = windowReasons(explained, panel, windows, scalesOf(model, siblings), { dateOf, currency });
  return {
    customer: name,
    modelId: model.id,
    kind: model.kind,
    step: lastStep,
    date: dateOf(lastStep),
    method: METHODS[model.kind],
    base,
    score,
    riskLevel: levelOf(score, levelBounds),
    features,
    steps: rows.map((row, i) => {
      const step = lastStep - windowSteps + 1 + i;
      return { step, date: dateOf(step), contribution: sumOf(row) };
    }),
    cells: rows,
    reasons,
    logOdds,
  };
}

function explainOnce(explainer: Explainer, panel: Panel, windows: Windows): Explained {
  try {
    return explainer.explain(panel, windows);
  } finally {
    explainer.dispose();
  }
}

/** The one that ends at the customer's last step, or before the event. */
function lastWindow(panel: Panel, windowSteps: number, name: string): Windows {
  const event = panel.eventStep[0];
  const last = event === NO_STEP ? lastStepOf(panel, 0) : Math.min(lastStepOf(panel, 0), event - 1);
  const windows = unlabelledWindows(panel, windowSteps, { lastOnly: false, customers: [0] });
  const at = windows.step.lastIndexOf(last);
  if (at < 0) {
    const steps = Math.max(0, last - panel.firstStep[0] + 1);
    throw new DuecastError(
      'too-small',
      `Customer “${name}” has ${counted(steps, 'step')}${event === NO_STEP ? '' : ' before the event'}; the models look back over ` +
        `${windowSteps}. There is nothing to explain yet.`,
    );
  }
  return pickWindows(windows, Int32Array.of(at));
}

/** An ensemble has no scaler of its own; all models of a training have the same inputs. */
export const scalesOf = (model: StoredModel, siblings: readonly StoredModel[]): InputScale[] =>
  [model, ...siblings].flatMap(({ kind, scaler }: { kind: ModelKind; scaler: unknown }) =>
    kind === 'ensemble' || scaler === null ? [] : [(scaler as Scaler).inputs],
  )[0] ?? [];
