import type { ChartTable } from './chart-table.ts';
import { nearestIndex, type Look } from './series.ts';

/** A line whose x values are its own and may repeat, as a ROC curve's do; x ascends from 0 to 1. */
export interface Curve {
  /** The same from update to update. */
  id: string;
  label: string;
  look: Look;
  x: ArrayLike<number>;
  y: ArrayLike<number>;
  /** Bounds of an interval around each y. */
  low?: ArrayLike<number> | undefined;
  high?: ArrayLike<number> | undefined;
  /** Beside its name while nothing is pointed at: “AUC 0.981”. */
  figure?: string | undefined;
}

/** How two points are joined: by a line; by a step at the height of the later one; not at all, each stands for itself. */
export type Join = 'line' | 'step' | 'points';

export interface CurvePoint {
  x: number;
  y: number;
  index: number;
}

/** The curve's point at `x`; where it rises at `x`, the top. Of points that stand alone the nearest. Null without any. */
export function pointAt({ x: xs, y: ys }: Pick<Curve, 'x' | 'y'>, x: number, join: Join): CurvePoint | null {
  const last = xs.length - 1;
  if (last < 0) return null;
  if (join === 'points') {
    const index = nearestIndex(xs, x);
    return { x: xs[index], y: ys[index], index };
  }
  if (x < xs[0] || x > xs[last]) return null;
  let low = 0;
  let high = last;
  // The last point at or before x.
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (xs[middle] <= x) low = middle;
    else high = middle - 1;
  }
  if (xs[low] === x || low === last) return { x, y: ys[low], index: low };
  if (join === 'step') return { x, y: ys[low + 1], index: low + 1 };
  const share = (x - xs[low]) / (xs[low + 1] - xs[low]);
  return { x, y: ys[low] + share * (ys[low + 1] - ys[low]), index: low };
}

/** One row a point: curves don't share their x values. */
export function tableOfCurves(curves: readonly Curve[], xLabel: string, yLabel: string): ChartTable {
  const hasIntervals = curves.some(({ low, high }) => low && high);
  return {
    columns: ['Model', xLabel, yLabel, ...(hasIntervals ? [`${yLabel} (low)`, `${yLabel} (high)`] : [])],
    rows: curves.flatMap(({ label, x, y, low, high }) =>
      Array.from(x, (value, i) => [label, value, y[i], ...(hasIntervals ? [low?.[i] ?? null, high?.[i] ?? null] : [])]),
    ),
  };
}
