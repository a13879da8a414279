import type { Arguments } from '../../src-main/cli/arguments.ts';
import { table } from '../../src-main/cli/table.ts';
import { grouped, MODEL_NAMES } from '../../src-main/cli/words.ts';
import type { NetworkKind } from '../../src-main/models/architectures.ts';
import { countOf, mean, median, type Benchmark } from './benchmark.ts';
import { CONTENDERS, type ContenderName, type Task } from './speed/contender.ts';
import { startContender, type RunningContender } from './speed/start-contender.ts';

/** A task, and how many windows each contender gets, so that a round takes each a few seconds at most. */
interface Comparison extends Omit<Task, 'windows'> {
  windows: Partial<Record<ContenderName, number>>;
}

const KINDS: readonly NetworkKind[] = ['lstm', 'cnn-lstm'];

const COMPARISONS: Comparison[] = [
  { work: 'train', kind: 'lstm', batch: 32, windows: { ...both(10_240), stock: 640, 'stock-wasm': 320 } },
  { work: 'train', kind: 'cnn-lstm', batch: 32, windows: { ...both(10_240), stock: 1_280 } },
  { work: 'train', kind: 'lstm', batch: 64, windows: both(10_240) },
  { work: 'train', kind: 'lstm', batch: 256, windows: both(10_240) },
  { work: 'train', kind: 'cnn-lstm', batch: 64, windows: both(10_240) },
  { work: 'train', kind: 'cnn-lstm', batch: 256, windows: both(10_240) },
  { work: 'predict', kind: 'lstm', batch: 512, windows: { ...both(40_960), stock: 8_192, 'stock-wasm': 4_096 } },
  { work: 'predict', kind: 'cnn-lstm', batch: 512, windows: { ...both(81_920), stock: 16_384, 'stock-wasm': 8_192 } },
];

/** Both engines are measured on everything, and get as much of it. */
function both(windows: number) {
  return { native: windows, wasm: windows };
}

interface Measured {
  /** By round. */
  windowsPerSecond: number[];
  median: number;
  coresBusy: number;
}

interface Result extends Omit<Task, 'windows'> {
  native: Measured;
  wasm: Measured;
  stock: Measured | null;
  stockWasm: Measured | null;
  /** Median of native over median of stock. */
  ratio: number | null;
  ratios: { wasmToNative: number; wasmToStock: number | null; wasmToStockWasm: number | null };
}

/** Duecast's engines and stock tfjs layers on the reference networks, all at work in turn. */
export const speed: Benchmark = {
  about: 'training and inference: native, WebAssembly, stock tfjs-node and stock tfjs WASM',
  options: {
    rounds: { value: 'N', about: 'rounds of each measurement, 5 by default' },
    models: { value: 'lstm,cnn-lstm', about: 'networks to measure' },
  },
  async run(words: Arguments, say) {
    words.none();
    const rounds = countOf(words, 'rounds', 5);
    const kinds = words.choices('models', KINDS) ?? KINDS;
    const contenders = Object.fromEntries(CONTENDERS.map((name) => [name, startContender(name)])) as Contenders;
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

type Contenders = Record<ContenderName, RunningContender>;

async function compare(contenders: Contenders, comparison: Comparison, rounds: number): Promise<Result> {
  const { work, kind, batch, windows } = comparison;
  const names = CONTENDERS.filter((name) => windows[name] !== undefined);
  const timings = new Map(names.map((name) => [name, [] as { windowsPerSecond: number; coresBusy: number }[]]));
  // The first batches find cold caches and code that is not compiled yet.
  for (const name of names) await contenders[name].time({ work, kind, batch, windows: 4 * batch });
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      const count = windows[name] ?? 0;
      const { seconds, coresBusy } = await contenders[name].time({ work, kind, batch, windows: count });
      timings.get(name)?.push({ windowsPerSecond: count / seconds, coresBusy });
    }
  }
  const of = (name: ContenderName) => {
    const own = timings.get(name);
    return own === undefined ? null : measured(own);
  };
  const [native, wasm] = [of('native') as Measured, of('wasm') as Measured];
  const [stock, stockWasm] = [of('stock'), of('stock-wasm')];
  const ratios = {
    wasmToNative: wasm.median / native.median,
    wasmToStock: stock && wasm.median / stock.median,
    wasmToStockWasm: stockWasm && wasm.median / stockWasm.median,
  };
  return { work, kind, batch, native, wasm, stock, stockWasm, ratio: stock && native.median / stock.median, ratios };
}

function measured(timings: { windowsPerSecond: number; coresBusy: number }[]): Measured {
  const windowsPerSecond = timings.map((timing) => timing.windowsPerSecond);
  return { windowsPerSecond, median: median(windowsPerSecond), coresBusy: mean(timings.map((t) => t.coresBusy)) };
}

const nameOf = ({ work, kind, batch }: Omit<Task, 'windows'>) =>
  `${MODEL_NAMES[kind]} ${work === 'train' ? 'training' : 'inference'}, batch ${batch}`;

function tableOf(results: Result[]): string {
  const rows = results.flatMap((result) => {
    const { native, wasm, stock, stockWasm } = result;
    const named: [string, Measured | null][] = [
      ['native', native],
      ['WebAssembly', wasm],
      ['stock tfjs-node', stock],
      ['stock tfjs WASM', stockWasm],
    ];
    const times = (figures: Measured, other: Measured | null) =>
      other === null || figures === stock || figures === stockWasm ? '' : (figures.median / other.median).toFixed(1);
    return named.flatMap(([name, figures]) => {
      if (figures === null) return [];
      return [
        [
          figures === native ? nameOf(result) : '',
          name,
          grouped(figures.median),
          figures.windowsPerSecond.map(grouped).join(' '),
          figures.coresBusy.toFixed(1),
          (figures.median / native.median).toFixed(2),
          times(figures, stock),
          times(figures, stockWasm),
        ],
      ];
    });
  });
  const header = ['windows/s', '', 'median', 'rounds', 'cores', 'of native', '× stock', '× stock WASM'];
  return table(header, rows, [false, false, true, false, true, true, true, true]);
}
