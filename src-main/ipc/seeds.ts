import type { Metrics } from './judged-metrics.ts';
import type { ModelKind } from './terms.ts';

/** Of one metric over seeds; null where the test rows can't tell it, `sd` also with one seed only. */
export interface SeedSpread {
  mean: number | null;
  sd: number | null;
  min: number | null;
  max: number | null;
  /** One an experiment, in their order; null also where that seed did not give the model. */
  values: (number | null)[];
}

/** The same settings trained with several seeds, an experiment each. */
export interface SeedsDocument {
  n: number;
  experiments: { experimentId: string; seed: number }[];
  /** `n`: how many of the seeds gave this model. */
  models: { kind: ModelKind; n: number; metrics: Record<keyof Metrics, SeedSpread> }[];
}
