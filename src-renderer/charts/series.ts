import type { ModelKind, RiskLevel, TimeStep } from '../../src-main/ipc/documents.ts';
import type { LevelBounds } from '../../src-main/ipc/views.ts';

/** How a series is drawn: a model's own colour and stroke, or a part that no model plays. */
export type Look = ModelKind | 'accent' | 'ink' | 'muted';

export interface Series {
  /** The same from update to update. */
  id: string;
  label: string;
  look: Look;
  /** Other than the look's own. */
  stroke?: 'solid' | 'dashed' | 'dotted' | undefined;
  /** Ascending: days since 1970-01-01 on a date axis, else any number. */
  x: ArrayLike<number>;
  /** Null or NaN: a gap. */
  y: ArrayLike<number | null>;
  /** Bounds of an interval around `y`. */
  low?: ArrayLike<number | null> | undefined;
  high?: ArrayLike<number | null> | undefined;
}

export interface XAxis {
  kind: 'date' | 'number';
  label: string;
  /** Of dates, days unless set: ticks stand where steps do. */
  timeStep?: TimeStep | undefined;
  min?: number | undefined;
  max?: number | undefined;
}

export interface YAxis {
  label: string;
  min?: number | undefined;
  max?: number | undefined;
  /** Distance of the grid's lines. */
  stepSize?: number | undefined;
  /** On the axis. */
  format: (value: number) => string;
  /** Beside the crosshair, where more digits have room. */
  formatExactly?: ((value: number) => string) | undefined;
}

/** PDs from `from` to `to` that are a level's. */
export interface LevelBand {
  level: RiskLevel;
  from: number;
  to: number;
}

/** The bands of a portfolio's levels, from the highest risk to the lowest. */
export const bandsOf = ({ critical, high, medium }: LevelBounds): readonly LevelBand[] => [
  { level: 'Critical', from: critical, to: 1 },
  { level: 'High', from: high, to: critical },
  { level: 'Medium', from: medium, to: high },
  { level: 'Low', from: 0, to: medium },
];

/** The bounds that a portfolio has unless set otherwise. */
export const USUAL_BOUNDS: LevelBounds = { critical: 0.75, high: 0.5, medium: 0.25 };
export const LEVEL_BANDS = bandsOf(USUAL_BOUNDS);

export interface Point {
  x: number;
  /** NaN: a gap. */
  y: number;
}

/** Those between the axis's ends, and one more on either side so that lines leave the picture as they should. */
export function pointsOf({ x, y }: Pick<Series, 'x' | 'y'>, { min, max }: Pick<XAxis, 'min' | 'max'> = {}): Point[] {
  let [first, end] = [0, x.length];
  if (min !== undefined && x.length > 0) while (first + 1 < end && x[first + 1] <= min) first++;
  if (max !== undefined && x.length > 0) while (end - 1 > first && x[end - 2] >= max) end--;
  const points: Point[] = [];
  for (let i = first; i < end; i++) points.push({ x: x[i], y: y[i] ?? NaN });
  return points;
}

/**
 * At most about `most` points that draw the same line: of each run of points the first, the lowest, the highest and the
 * last, and a gap where half of the run is missing. Peaks stay, which a mean or every n-th point would lose.
 */
export function decimate(points: readonly Point[], most: number): readonly Point[] {
  if (points.length <= most) return points;
  const runs = Math.max(1, Math.floor(most / 4));
  const kept: Point[] = [];
  for (let run = 0; run < runs; run++) {
    const start = Math.floor((run * points.length) / runs);
    const end = Math.floor(((run + 1) * points.length) / runs);
    let lowest = -1;
    let highest = -1;
    let gap = -1;
    let missing = 0;
    for (let i = start; i < end; i++) {
      const { y } = points[i];
      if (Number.isNaN(y)) {
        gap = i;
        missing++;
        continue;
      }
      if (lowest < 0 || y < points[lowest].y) lowest = i;
      if (highest < 0 || y > points[highest].y) highest = i;
    }
    const indices = [...new Set([start, lowest, highest, gap, end - 1])].filter((index) => index >= 0);
    const isGap = 2 * missing >= end - start;
    for (const index of indices.sort((a, b) => a - b)) {
      if (isGap || !Number.isNaN(points[index].y)) kept.push(points[index]);
    }
  }
  return kept;
}

/** Index of the value nearest to `x` among ascending ones, −1 where there are none. */
export function nearestIndex(values: ArrayLike<number>, x: number): number {
  let low = 0;
  let high = values.length - 1;
  if (high < 0) return -1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (values[middle] <= x) low = middle;
    else high = middle;
  }
  return Math.abs(values[high] - x) < Math.abs(values[low] - x) ? high : low;
}

/** The value of a series at exactly `x`, null where it has none. */
export function valueAt(series: Pick<Series, 'x' | 'y'>, x: number): number | null {
  const index = nearestIndex(series.x, x);
  if (index < 0 || series.x[index] !== x) return null;
  const value = series.y[index];
  return value === null || Number.isNaN(value) ? null : value;
}
