import type { Arguments } from '../../src-main/cli/arguments.ts';
import { table } from '../../src-main/cli/table.ts';
import { grouped, MODEL_NAMES } from '../../src-main/cli/words.ts';
import type { NetworkKind } from '../../src-main/models/architectures.ts';
import { countOf, mean, median, type Benchmark } from './benchmark.ts';
import type { ContenderName, Task } from './speed/contender.ts';
import { startContender, type RunningContender } from './speed/start-contender.ts';

/** A task, and how many windows each contender gets, so that a round takes each a few seconds at most. */
interface Comparison extends Omit<Task, 'windows'> {
  windows: Partial<Record<ContenderName, number>>;
}

const KINDS: readonly NetworkKind[] = ['lstm', 'cnn-lstm'];

const COMPARISONS: Comparison[] = [
  { work: 'train', kind: 'lstm', batch: 32, windows: { native: 20_480, stock: 640 } },
  { work: 'train', kind: 'cnn-lstm', batch: 32, windows: { native: 20_480, stock: 1_280 } },
  { work: 'train', kind: 'lstm', batch: 64, windows: { native: 20_480 } },
  { work: 'train', kind: 'lstm', batch: 256, windows: { native: 20_480 } },
  { work: 'train', kind: 'cnn-lstm', batch: 64, windows: { native: 20_480 } },
  { work: 'train', kind: 'cnn-lstm', batch: 256, windows: { native: 20_480 } },
  { work: 'predict', kind: 'lstm', batch: 512, windows: { native: 40_960, stock: 8_192 } },
  { work: 'predict', kind: 'cnn-lstm', batch: 512, windows: { native: 81_920, stock: 16_384 } },
];

interface Measured {
  /** By round. */
  windowsPerSecond: number[];
  median: number;
  coresBusy: number;
}

interface Result extends Omit<Task, 'windows'> {
  native: Measured;
  stock: Measured | null;
  /** Median of native over median of stock. */
  ratio: number | null;
}

/** The native engine against stock tfjs-node layers on the reference networks, both at work in turn. */
export const speed: Benchmark = {
  about: 'training and inference, native engine against stock tfjs-node layers',
  options: {
    rounds: { value: 'N', about: 'rounds of each measurement, 5 by default' },
    models: { value: 'lstm,cnn-lstm', about: 'networks to measure' },
  },
  async run(words: Arguments, say) {
    words.none();
    const rounds = countOf(words, 'rounds', 5);
    const kinds = words.choices('models', KINDS) ?? KINDS;
    const contenders = { native: startContender('native'), stock: startContender('stock') };
    try {
      const results: Result[] = [];
      for (const comparison of COMPARISONS) {
        if (!kinds.includes(comparison.kind)) continue;
        say(`${nameOf(comparison)} …`);
        results.push(await compare(contenders, comparison, rounds));
      }
      return { text: tableOf(results), document: { rounds, results } };
    } finally {
      for (const contender of Object.values(contenders)) contender.stop();
    }
  },
};

async function compare(
  contenders: Record<ContenderName, RunningContender>,
  { work, kind, batch, windows }: Comparison,
  rounds: number,
): Promise<Result> {
  const timings: Record<ContenderName, { windowsPerSecond: number; coresBusy: number }[]> = { native: [], stock: [] };
  const names = Object.keys(windows) as ContenderName[];
  // The first batches find cold caches and code that is not compiled yet.
  for (const name of names) await contenders[name].time({ work, kind, batch, windows: 4 * batch });
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      const count = windows[name] ?? 0;
      const { seconds, coresBusy } = await contenders[name].time({ work, kind, batch, windows: count });
      timings[name].push({ windowsPerSecond: count / seconds, coresBusy });
    }
  }
  const native = measured(timings.native);
  const stock = timings.stock.length > 0 ? measured(timings.stock) : null;
  return { work, kind, batch, native, stock, ratio: stock && native.median / stock.median };
}

function measured(timings: { windowsPerSecond: number; coresBusy: number }[]): Measured {
  const windowsPerSecond = timings.map((timing) => timing.windowsPerSecond);
  return { windowsPerSecond, median: median(windowsPerSecond), coresBusy: mean(timings.map((t) => t.coresBusy)) };
}

const nameOf = ({ work, kind, batch }: Omit<Task, 'windows'>) =>
  `${MODEL_NAMES[kind]} ${work === 'train' ? 'training' : 'inference'}, batch ${batch}`;

function tableOf(results: Result[]): string {
  const rows = results.flatMap((result) =>
    (['native', 'stock'] as const).flatMap((name) => {
      const figures = result[name];
      if (figures === null) return [];
      return [
        [
          name === 'native' ? nameOf(result) : '',
          name,
          grouped(figures.median),
          figures.windowsPerSecond.map(grouped).join(' '),
          figures.coresBusy.toFixed(1),
          name === 'native' && result.ratio !== null ? `${result.ratio.toFixed(1)}×` : '',
        ],
      ];
    }),
  );
  const header = ['windows/s', '', 'median', 'rounds', 'cores', 'ratio'];
  return table(header, rows, [false, false, true, false, true, true]);
}
