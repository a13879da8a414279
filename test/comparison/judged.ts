import type { Estimate, JudgedPart, Metrics, ModelKind } from '../../src-main/ipc/documents.ts';

const NAMES = ['auc', 'gini', 'ks', 'prAuc', 'brier', 'logLoss'] as const;
const NONE: Estimate = { value: null, low: null, high: null };

const everywhere = (estimate: Estimate) =>
  Object.fromEntries(NAMES.map((name) => [name, estimate])) as Record<keyof Metrics, Estimate>;

type Interval = [low: number, high: number];

/** A part of a document with the AUCs given, and for each two of its models the interval and p of their difference. */
export function judged(
  aucs: Partial<Record<ModelKind, number | null>>,
  differences: Record<string, { interval: Interval; p: number }> = {},
  more: Partial<JudgedPart> = {},
): JudgedPart {
  const kinds = Object.keys(aucs) as ModelKind[];
  const models = kinds.map((kind) => ({
    id: `id-${kind}`,
    kind,
    metrics: everywhere({ value: aucs[kind] ?? null, low: null, high: null }),
  }));
  const pairs = kinds.flatMap((a, i) =>
    kinds.slice(i + 1).map((b) => {
      const known = differences[`${a} ${b}`];
      const [of, from] = [aucs[a] ?? null, aucs[b] ?? null];
      const value = of === null || from === null ? null : of - from;
      const [low, high] = known?.interval ?? [null, null];
      return {
        a: `id-${a}`,
        b: `id-${b}`,
        deltaAuc: value,
        low,
        high,
        p: known?.p ?? null,
        differences: known === undefined ? everywhere(NONE) : everywhere({ value, low, high }),
      };
    }),
  );
  return {
    rows: { windows: 4_000, customers: 200, events: 60, prevalence: 0.1 },
    models,
    pairs,
    aucByStep: [],
    notes: [],
    ...more,
  };
}
