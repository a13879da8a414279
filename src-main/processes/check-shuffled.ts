import { bootstrap, MINIMUM_RESAMPLES } from '../evaluation/bootstrap.ts';
import { judgeShuffles, wordShuffles } from '../evaluation/shuffled-verdict.ts';
import { findTwins } from '../evaluation/twins.ts';
import { DuecastError } from '../ipc/errors.ts';
import type { ShuffledDocument, ShuffledKind } from '../ipc/sanity.ts';
import type { FittedModel } from '../models/fitted-model.ts';
import { fitNetworkModel } from '../models/network-model.ts';
import { fitSnapshotModel } from '../models/snapshot-model.ts';
import { cutDataset } from '../sequences/dataset.ts';
import { leaveOut, type Panel } from '../sequences/panel.ts';
import { pickWindows } from '../sequences/pick-windows.ts';
import { createRandom } from '../sequences/random.ts';
import { fitScaler } from '../sequences/scaling.ts';
import { resolveSettings } from '../sequences/settings.ts';
import { shuffleOutcomes } from '../sequences/shuffle-outcomes.ts';
import type { Windows } from '../sequences/windows.ts';
import { loadEngine } from '../tensors/engines.ts';
import { readChecked } from './check-portfolio.ts';
import type { ModelApi } from './model-api.ts';
import { reading } from './portfolio-reading.ts';
import type { CallContext } from './rpc.ts';

export const SHUFFLED_KINDS: readonly ShuffledKind[] = ['lightgbm', 'logistic', 'lstm'];
const USUAL_KINDS: readonly ShuffledKind[] = ['lightgbm', 'logistic'];
const USUAL_TIMES = 5;
const MOST_TIMES = 100;
/** Enough for a network to learn by heart what it may have seen before, and little to wait for. */
const NETWORK = { epochs: 3, batch: 64 };
/** Training customers that tell when to stop. */
const STOPPING_SHARE = 0.2;

/**
 * Trains models on outcomes that were shuffled between the customers of each part, with the settings, the inputs and
 * the customers of a training, and judges them on validation windows: AUC with its interval from a bootstrap over
 * customers. A fifth of the training customers tells when to stop, instead of the validation customers, so that to a
 * model the outcomes it is judged by are new in every sense and .5 is what is to be expected, not a little more.
 *
 * Windows are labelled anew: with a constant flag their rows stay the same; with event dates, those that touch a
 * shuffled event drop out as they would for a real one. Test rows are not used. Throws as `checkPortfolio` does.
 */
export async function checkShuffled(
  request: Parameters<ModelApi['shuffled']>[0],
  { signal, progress }: CallContext,
): Promise<ShuffledDocument> {
  const started = performance.now();
  const kinds = SHUFFLED_KINDS.filter((kind) => (request.kinds ?? USUAL_KINDS).includes(kind));
  const times = wholeNumber('times', request.times ?? USUAL_TIMES, 1, MOST_TIMES);
  const seed = wholeNumber('seed', request.seed ?? 1, 0, Number.MAX_SAFE_INTEGER);
  progress({ phase: 'reading', done: 0, total: 1 });
  const { panel: whole, parts, requested, without } = reading(request.path, (db) => readChecked(db, request));
  progress({ phase: 'reading', done: 1, total: 1 });
  const settings = resolveSettings(whole, requested);
  const panel = leaveOut(whole, without);
  const twins = findTwins(panel, settings.windowSteps);

  const runs = new Map<ShuffledKind, ShuffledDocument['models'][number]['runs']>();
  const refused: ShuffledDocument['refused'] = [];
  const total = kinds.length * times;
  let done = 0;
  progress({ phase: 'training on shuffled outcomes', done, total });
  for (let time = 0; time < times; time++) {
    const shuffled = shuffleOutcomes(panel, parts, twins, seed + time);
    const { train, validation } = cutDataset(shuffled, parts, settings);
    const { fitting, stopping } = setAsideCustomers(train, seed + time);
    for (const kind of kinds) {
      if (!refused.some((one) => one.kind === kind)) {
        try {
          const scores = await scoresOf(kind, shuffled, fitting, stopping, validation, seed, signal);
          const rows = { customers: validation.customer, labels: validation.label };
          const { metrics } = await bootstrap(rows, [scores], { resamples: MINIMUM_RESAMPLES, seed }, { signal });
          const { value, low, high } = metrics[0].auc;
          runs.set(kind, [...(runs.get(kind) ?? []), { auc: value, low, high }]);
        } catch (error) {
          if (!(error instanceof DuecastError) || !['engine-missing', 'model-refused'].includes(error.code))
            throw error;
          refused.push({ kind, reason: error.message });
        }
      }
      progress({ phase: 'training on shuffled outcomes', done: ++done, total });
    }
  }
  const models = kinds.flatMap((kind) => {
    const found = runs.get(kind);
    return found === undefined ? [] : [judgeShuffles(kind, found)];
  });
  if (models.length === 0) throw new DuecastError('engine-missing', refused[0].reason);
  const check = wordShuffles(models, times);
  return { times, seed, models, refused, check, seconds: (performance.now() - started) / 1e3 };
}

function wholeNumber(name: string, value: number, least: number, most: number): number {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
  throw new DuecastError('usage', `--${name} takes a whole number from ${least} to ${most}.`);
}

async function scoresOf(
  kind: ShuffledKind,
  panel: Panel,
  fitting: Windows,
  stopping: Windows,
  validation: Windows,
  seed: number,
  signal: AbortSignal,
): Promise<Float32Array> {
  const settings = { ...NETWORK, seed };
  let fitted: FittedModel;
  if (kind === 'lstm') {
    const scaler = fitScaler(panel, fitting);
    fitted = await fitNetworkModel(loadEngine('auto'), kind, panel, scaler, fitting, stopping, settings, { signal });
  } else {
    fitted = await fitSnapshotModel(kind, panel, fitting, stopping, settings, { signal });
  }
  try {
    return await fitted.predict(validation);
  } finally {
    fitted.dispose();
  }
}

/** Training windows in two, by customer: a fifth of those with an event and a fifth of the others tell when to stop. */
function setAsideCustomers(train: Windows, seed: number): { fitting: Windows; stopping: Windows } {
  const random = createRandom(seed);
  const withEvent = new Set<number>();
  train.customer.forEach((customer, i) => {
    if (train.label[i] === 1) withEvent.add(customer);
  });
  const aside = new Set<number>();
  for (const event of [true, false]) {
    const customers = [...new Set(train.customer)].filter((customer) => withEvent.has(customer) === event);
    random.shuffle(customers);
    for (const customer of customers.slice(0, Math.ceil(STOPPING_SHARE * customers.length))) aside.add(customer);
  }
  const places = [...train.customer.keys()];
  const pick = (isAside: boolean) =>
    pickWindows(train, Int32Array.from(places.filter((i) => aside.has(train.customer[i]) === isAside)));
  return { fitting: pick(false), stopping: pick(true) };
}
