import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Arguments } from '../../src-main/cli/arguments.ts';
import { table } from '../../src-main/cli/table.ts';
import { grouped, MODEL_NAMES, signed } from '../../src-main/cli/words.ts';
import { aucOf } from '../../src-main/evaluation/metrics.ts';
import { DuecastError } from '../../src-main/ipc/errors.ts';
import { architectureOf, type NetworkKind } from '../../src-main/models/architectures.ts';
import { fitNetwork, predictWindows } from '../../src-main/models/fit-network.ts';
import { RECIPE, type FitSettings } from '../../src-main/models/training-plan.ts';
import { BACKENDS, type Backend } from '../../src-main/tensors/backends.ts';
import { loadEngine } from '../../src-main/tensors/engines.ts';
import type { Engine } from '../../src-main/tensors/network.ts';
import { countOf, mean, seedsOf, type Benchmark } from './benchmark.ts';
import { readWindows, type ExportedWindows } from './keras/exported-windows.ts';
import { makeKerasFigures, readKerasFigures, type FitFigures } from './keras/keras-figures.ts';
import { makeWindows } from './keras/make-windows.ts';
import type { SampleSize } from './keras/sample-portfolio.ts';

const KINDS: readonly NetworkKind[] = ['lstm', 'cnn-lstm'];
const SAMPLE_SEEDS = [0, 1, 2];
const DAYS = 90;

interface Row {
  /** Of the sample, of its split, of weights, dropout and the order of windows. */
  seed: number;
  kind: NetworkKind;
  ours: FitFigures;
  keras: FitFigures;
  /** Ours less Keras's. */
  difference: number;
}

interface Mean {
  kind: NetworkKind;
  ours: number;
  keras: number;
  difference: number;
}

/** Both sequence models against Keras's layers, trained on the same windows by the same recipe. */
export const againstKeras: Benchmark = {
  about: "test AUC of the sequence models against Keras's, on the same windows of the undated sample",
  options: {
    folder: { value: 'DIR', about: 'keeps windows and figures in DIR/seed-N; what is there is used again' },
    python: { value: 'PYTHON', about: 'a Python with tensorflow-cpu and keras; not needed for figures already there' },
    seeds: { value: '0,1,2', about: 'seeds of the sample' },
    models: { value: 'lstm,cnn-lstm', about: 'networks to train' },
    epochs: { value: 'N', about: 'epochs at most, 50 by default' },
    customers: { value: 'N', about: 'customers of the sample, 1,000 by default' },
    backend: { value: BACKENDS.join('|'), about: 'the engine, the faster one by default' },
  },
  async run(words: Arguments, say) {
    words.none();
    const plan: Plan = {
      seeds: seedsOf(words, 'seeds') ?? SAMPLE_SEEDS,
      kinds: words.choices('models', KINDS) ?? KINDS,
      epochs: countOf(words, 'epochs', RECIPE.epochs),
      customers: countOf(words, 'customers', 1000),
      python: words.text('python'),
      backend: words.choice('backend', BACKENDS) ?? 'auto',
    };
    const kept = words.text('folder');
    const folder = kept ?? (await mkdtemp(join(tmpdir(), 'duecast-bench-keras-')));
    try {
      const rows: Row[] = [];
      for (const seed of plan.seeds)
        rows.push(...(await compareOnSample(join(folder, `seed-${seed}`), seed, plan, say)));
      const means = plan.kinds.map((kind) => meanOf(kind, rows));
      return {
        text: tableOf(rows, means),
        document: { engine: loadEngine(plan.backend).name, epochs: plan.epochs, rows, means },
      };
    } finally {
      if (kept === null) await rm(folder, { recursive: true, force: true });
    }
  },
};

interface Plan {
  seeds: readonly number[];
  kinds: readonly NetworkKind[];
  epochs: number;
  customers: number;
  python: string | null;
  backend: Backend;
}

async function compareOnSample(folder: string, seed: number, plan: Plan, say: (line: string) => void): Promise<Row[]> {
  const sample: SampleSize = { customers: plan.customers, days: DAYS, seed };
  if (!existsSync(join(folder, 'windows.json'))) {
    say(`seed ${seed}: making windows …`);
    await makeWindows(folder, sample);
  }
  const exported = await readWindows(folder);
  if (!isDeepStrictEqual(exported.header.sample, sample)) {
    throw new DuecastError('usage', `${folder} holds windows of another sample. Choose another --folder.`);
  }
  const keras = await kerasFiguresOf(folder, seed, plan, say);
  const engine = loadEngine(plan.backend);
  const rows: Row[] = [];
  for (const kind of plan.kinds) {
    say(`seed ${seed}: ${MODEL_NAMES[kind]} …`);
    const ours = await fitOurs(engine, exported, kind, { epochs: plan.epochs, batch: RECIPE.batch, seed });
    rows.push({ seed, kind, ours, keras: keras[kind], difference: ours.testAuc - keras[kind].testAuc });
  }
  return rows;
}

/** Figures kept beside the windows where they are of these settings; what is missing is made. Throws `usage` without Python. */
async function kerasFiguresOf(
  folder: string,
  seed: number,
  { epochs, kinds, python }: Plan,
  say: (line: string) => void,
): Promise<Record<NetworkKind, FitFigures>> {
  const keptModels = async () => {
    const kept = await readKerasFigures(folder);
    return kept !== null && kept.epochs === epochs && kept.seed === seed ? kept.models : {};
  };
  const kept = await keptModels();
  const missing = kinds.filter((kind) => kept[kind] === undefined);
  if (missing.length === 0) return kept as Record<NetworkKind, FitFigures>;
  if (python === null) {
    throw new DuecastError(
      'usage',
      `${folder} has no figures of Keras for ${missing.join(' and ')} with ${epochs} epochs and seed ${seed}. Give --python, a Python with tensorflow-cpu and keras, or run keras-reference.py there.`,
    );
  }
  say(`seed ${seed}: Keras …`);
  await makeKerasFigures(python, folder, { epochs, seed, kinds: missing });
  return (await keptModels()) as Record<NetworkKind, FitFigures>;
}

async function fitOurs(
  engine: Engine,
  { header, rows: values, parts }: ExportedWindows,
  kind: NetworkKind,
  settings: FitSettings,
): Promise<FitFigures> {
  const architecture = architectureOf(kind, header.windowSteps, header.inputs.length);
  const rows = engine.createRows(values, header.inputs.length);
  try {
    const fitted = await fitNetwork(engine, rows, architecture, parts.train, parts.validation, settings);
    const network = engine.createNetwork(architecture, fitted.weights, settings.seed);
    try {
      const testAuc = aucOf(await predictWindows(network, rows, parts.test), parts.test.label);
      if (testAuc === null) throw new Error('the test windows hold one class only');
      const { epochs, bestEpoch, windowsPerSecond } = fitted;
      return { testAuc, epochs, bestEpoch, valLoss: fitted.history[bestEpoch - 1].valLoss, windowsPerSecond };
    } finally {
      network.dispose();
    }
  } finally {
    rows.dispose();
  }
}

function meanOf(kind: NetworkKind, rows: Row[]): Mean {
  const chosen = rows.filter((row) => row.kind === kind);
  const [ours, keras] = (['ours', 'keras'] as const).map((name) => mean(chosen.map((row) => row[name].testAuc)));
  return { kind, ours, keras, difference: ours - keras };
}

function tableOf(rows: Row[], means: Mean[]): string {
  const epochs = ({ bestEpoch, epochs }: FitFigures) => `${bestEpoch}/${epochs}`;
  const lines = rows.map(({ seed, kind, ours, keras, difference }) => [
    MODEL_NAMES[kind],
    String(seed),
    ours.testAuc.toFixed(4),
    keras.testAuc.toFixed(4),
    signed(difference),
    epochs(ours),
    epochs(keras),
    grouped(ours.windowsPerSecond),
    grouped(keras.windowsPerSecond),
  ]);
  const last = means.map(({ kind, ours, keras, difference }) => [
    MODEL_NAMES[kind],
    'mean',
    ours.toFixed(4),
    keras.toFixed(4),
    signed(difference),
    '',
    '',
    '',
    '',
  ]);
  const header = ['', 'seed', 'AUC', 'Keras', 'difference', 'best epoch', 'Keras', 'windows/s', 'Keras'];
  return table(
    header,
    [...lines, ...last],
    header.map((_, column) => column > 0),
  );
}
