import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Arguments } from '../../src-main/cli/arguments.ts';
import { createProgressBars } from '../../src-main/cli/progress-bars.ts';
import { table } from '../../src-main/cli/table.ts';
import { duration, MODEL_NAMES } from '../../src-main/cli/words.ts';
import type { ModelKind, TrainDocument } from '../../src-main/ipc/documents.ts';
import { RECIPE } from '../../src-main/models/training-plan.ts';
import { createNodeHost } from '../../src-main/processes/node-host.ts';
import type { ImportRequest } from '../../src-main/processes/store-api.ts';
import { TRAINABLE_KINDS, trainModels, type TrainingRequest } from '../../src-main/processes/train-job.ts';
import { openWorkspace } from '../../src-main/processes/workspace.ts';
import { BACKENDS, type Backend } from '../../src-main/tensors/backends.ts';
import { createRandom } from '../../src-main/sequences/random.ts';
import { countOf, mean, seedsOf, type Benchmark } from './benchmark.ts';

const FILE = fileURLToPath(new URL('../fixtures/uci-credit-card/UCI_Credit_Card.csv', import.meta.url));
const OUTCOME_COLUMN = 'Default';
const SPLIT_SEEDS = [1, 2, 3];

interface Run {
  splitSeed: number;
  /** Test AUC by model. */
  auc: Partial<Record<ModelKind, number | null>>;
  split: TrainDocument['split'];
  refused: TrainDocument['refused'];
  seconds: number;
}

/** Every model on real data, by the product's own import and training. */
export const uci: Benchmark = {
  about: 'test AUC of every model on the UCI credit-card data, over several splits',
  options: {
    seeds: { value: '1,2,3', about: 'split seeds, each a portfolio of its own' },
    models: { value: TRAINABLE_KINDS.join(','), about: 'models to train' },
    epochs: { value: 'N', about: 'epochs at most, 50 by default' },
    backend: { value: BACKENDS.join('|'), about: 'the engine of networks, the faster one by default' },
    permuted: { value: null, about: 'shuffle the outcomes over customers first: then nothing can be learned' },
  },
  async run(words: Arguments, say) {
    words.none();
    const seeds = seedsOf(words, 'seeds') ?? SPLIT_SEEDS;
    const plan: Plan = {
      models: words.choices('models', TRAINABLE_KINDS),
      epochs: countOf(words, 'epochs', RECIPE.epochs),
      permuted: words.flag('permuted'),
      backend: words.choice('backend', BACKENDS) ?? 'auto',
    };
    const runs: Run[] = [];
    for (const splitSeed of seeds) {
      const run = await trainOnSplit(splitSeed, plan);
      say(`split seed ${splitSeed}: ${duration(run.seconds)}`);
      for (const { kind, reason } of run.refused) say(`  ${MODEL_NAMES[kind]} was not trained: ${reason}`);
      runs.push(run);
    }
    const means = meansOf(runs);
    return { text: tableOf(runs, means, plan.permuted), document: { permuted: plan.permuted, runs, means } };
  },
};

interface Plan {
  models: TrainingRequest['models'];
  epochs: number;
  permuted: boolean;
  backend: Backend;
}

async function trainOnSplit(splitSeed: number, { models, epochs, permuted, backend }: Plan): Promise<Run> {
  const folder = await mkdtemp(join(tmpdir(), 'duecast-bench-uci-'));
  try {
    const file = permuted ? await writePermuted(folder, splitSeed) : FILE;
    const workspace = await openWorkspace(createNodeHost(), join(folder, 'uci.duecast'), true);
    try {
      const reading: ImportRequest = { file, profile: null, settings: [], dryRun: false, onConflict: 'keep' };
      await workspace.store.call('importFile', reading);
      const unset = { window: null, horizon: null, gap: null, labelRule: null, batch: null };
      const request: TrainingRequest = { ...unset, models, epochs, seed: splitSeed, splitSeed, backend };
      const bars = createProgressBars(process.stderr);
      const context = { signal: new AbortController().signal, progress: bars.show };
      const document = await trainModels(workspace, request, context);
      bars.finish();
      const auc = Object.fromEntries(document.models.map(({ kind, test }) => [kind, test.auc]));
      return { splitSeed, auc, split: document.split, refused: document.refused, seconds: document.seconds };
    } finally {
      await workspace.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The file with its outcomes dealt out anew among the customers. */
async function writePermuted(folder: string, seed: number): Promise<string> {
  const [header, ...lines] = (await readFile(FILE, 'utf8')).trim().split(/\r?\n/);
  const column = header.split(',').indexOf(OUTCOME_COLUMN);
  const cells = lines.map((line) => line.split(','));
  const outcomes = cells.map((row) => row[column]);
  createRandom(seed).shuffle(outcomes);
  const permuted = cells.map((row, i) => row.with(column, outcomes[i]).join(','));
  const file = join(folder, 'permuted.csv');
  await writeFile(file, `${[header, ...permuted].join('\n')}\n`);
  return file;
}

const kindsOf = (runs: Run[]) => [...new Set(runs.flatMap(({ auc }) => Object.keys(auc) as ModelKind[]))];

/** Over the splits on which a model was trained. */
function meansOf(runs: Run[]): Partial<Record<ModelKind, number>> {
  const known = (kind: ModelKind) => runs.flatMap(({ auc }) => (typeof auc[kind] === 'number' ? [auc[kind]] : []));
  return Object.fromEntries(kindsOf(runs).map((kind) => [kind, mean(known(kind))]));
}

function tableOf(runs: Run[], means: Partial<Record<ModelKind, number>>, permuted: boolean): string {
  const shown = (auc: number | null | undefined) => (typeof auc === 'number' ? auc.toFixed(4) : 'n/a');
  const rows = kindsOf(runs).map((kind) => [
    MODEL_NAMES[kind],
    ...runs.map(({ auc }) => shown(auc[kind])),
    shown(means[kind]),
  ]);
  const header = [
    permuted ? 'outcomes permuted' : 'test AUC',
    ...runs.map(({ splitSeed }) => `split ${splitSeed}`),
    'mean',
  ];
  return table(
    header,
    rows,
    header.map((_, column) => column > 0),
  );
}
