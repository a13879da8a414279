import type { Metrics, ModelKind } from '../ipc/documents.ts';
import type { SeedSpread, SeedsDocument } from '../ipc/seeds.ts';

interface Trained {
  kind: ModelKind;
  test: Metrics;
}

/**
 * How the test metrics of the same settings spread over seeds, one list of models a seed: what of a difference between
 * two models is the luck of initial weights and order. sd is that of a sample (n − 1).
 */
export function spreadOverSeeds(runs: readonly (readonly Trained[])[]): SeedsDocument['models'] {
  const kinds = [...new Set(runs.flatMap((models) => models.map(({ kind }) => kind)))];
  return kinds.map((kind) => {
    const tests = runs.flatMap((models) => models.filter((model) => model.kind === kind).map(({ test }) => test));
    const names = Object.keys(tests[0]) as (keyof Metrics)[];
    const metrics = names.map((name) => [name, spreadOf(tests.map((test) => test[name]))] as const);
    return { kind, n: tests.length, metrics: Object.fromEntries(metrics) as Record<keyof Metrics, SeedSpread> };
  });
}

function spreadOf(given: readonly (number | null)[]): SeedSpread {
  const values = given.filter((value) => value !== null);
  if (values.length === 0) return { mean: null, sd: null, min: null, max: null };
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    mean,
    sd: values.length < 2 ? null : Math.sqrt(squares / (values.length - 1)),
    min: Math.min(...values),
    max: Math.max(...values),
  };
}
