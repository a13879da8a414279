import type { Metrics, ModelKind } from '../ipc/documents.ts';
import type { SeedSpread, SeedsDocument } from '../ipc/seeds.ts';

/** What one seed gave. */
interface SeedRun {
  experimentId: string;
  seed: number;
  models: readonly { kind: ModelKind; test: Metrics }[];
}

/**
 * How the test metrics of the same settings spread over seeds, in the order given: what of a difference between two
 * models is the luck of initial weights and order. sd is that of a sample (n − 1).
 */
export function spreadOverSeeds(runs: readonly SeedRun[]): SeedsDocument {
  const kinds = [...new Set(runs.flatMap(({ models }) => models.map(({ kind }) => kind)))];
  return {
    n: runs.length,
    experiments: runs.map(({ experimentId, seed }) => ({ experimentId, seed })),
    models: kinds.map((kind) => {
      const tests = runs.map(({ models }) => models.find((model) => model.kind === kind)?.test);
      const names = Object.keys(tests.find((test) => test !== undefined)!) as (keyof Metrics)[];
      const metrics = names.map((name) => [name, spreadOf(tests.map((test) => test?.[name] ?? null))] as const);
      const n = tests.filter((test) => test !== undefined).length;
      return { kind, n, metrics: Object.fromEntries(metrics) as Record<keyof Metrics, SeedSpread> };
    }),
  };
}

export function spreadOf(values: (number | null)[]): SeedSpread {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return { mean: null, sd: null, min: null, max: null, values };
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const squares = known.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    mean,
    sd: known.length < 2 ? null : Math.sqrt(squares / (known.length - 1)),
    min: Math.min(...known),
    max: Math.max(...known),
    values,
  };
}

/** An experiment as far as it says whether another one differs from it by the seed alone. */
interface Trained extends Omit<SeedRun, 'seed'> {
  settings: { seed: number };
  dataHash: string;
  backend: { name: string };
}

/**
 * To each experiment the spread over all that differ from it by their seed alone, whether they were trained together or
 * one by one; none where there is no other. Newest first; of one seed that was used again the newest counts.
 */
export function withSeedSpread<T extends Trained>(experiments: readonly T[]): (T & { seeds?: SeedsDocument })[] {
  const bySettings = new Map<string, Map<number, SeedRun>>();
  const seedsOf = (experiment: T) => {
    const key = butSeed(experiment);
    const known = bySettings.get(key) ?? new Map<number, SeedRun>();
    bySettings.set(key, known);
    return known;
  };
  for (const experiment of experiments) {
    const { experimentId, settings, models } = experiment;
    const runs = seedsOf(experiment);
    if (!runs.has(settings.seed)) runs.set(settings.seed, { experimentId, seed: settings.seed, models });
  }
  const spreads = new Map<object, SeedsDocument>();
  return experiments.map((experiment) => {
    const runs = seedsOf(experiment);
    if (runs.size < 2) return experiment;
    const seeds = spreads.get(runs) ?? spreadOverSeeds([...runs.values()].sort((a, b) => a.seed - b.seed));
    spreads.set(runs, seeds);
    return { ...experiment, seeds };
  });
}

function butSeed({ settings: { seed: _, ...settings }, dataHash, backend }: Trained): string {
  const sorted = Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([dataHash, backend.name, sorted]);
}
