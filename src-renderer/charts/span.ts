/** The stretch of an x axis that is shown. */
export interface Span {
  min: number;
  max: number;
}

export type SpanMove =
  /** `factor` below 1 shows less; `at` stays where it is. */
  { kind: 'zoom'; factor: number; at: number } | { kind: 'pan'; by: number } | { kind: 'all' };

/** As far as a zoom goes in. */
const LEAST_SHARE = 1 / 400;
const LEAST_WIDTH = 4;

/** The stretch after a move, never beyond the whole one. */
export function moveSpan(whole: Span, shown: Span, move: SpanMove): Span {
  const most = whole.max - whole.min;
  if (move.kind === 'all' || most <= 0) return whole;
  const width = shown.max - shown.min;
  if (move.kind === 'pan') return placed(whole, shown.min + move.by, width);
  const least = Math.min(most, Math.max(LEAST_WIDTH, most * LEAST_SHARE));
  const zoomed = Math.min(most, Math.max(least, width * move.factor));
  const share = width === 0 ? 0.5 : (move.at - shown.min) / width;
  return placed(whole, move.at - share * zoomed, zoomed);
}

function placed(whole: Span, min: number, width: number): Span {
  const start = Math.min(Math.max(min, whole.min), whole.max - width);
  return { min: start, max: start + width };
}
