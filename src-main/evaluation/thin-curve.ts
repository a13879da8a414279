/** Points of a curve, one entry each. */
export interface CurvePoints {
  x: ArrayLike<number>;
  y: ArrayLike<number>;
}

/** Less than half a pixel of a plot 400 pixels wide, where both axes go from 0 to 1. */
const TOLERANCE = 1e-3;

/**
 * The indices of at most `most` points that draw the curve, ascending, both ends among them: Ramer 1972, Douglas &
 * Peucker 1973, always splitting where the curve leaves its chord furthest, until no point lies further from it than
 * `tolerance`. So the corners that matter most are kept whatever their number.
 */
export function thinCurve({ x, y }: CurvePoints, most: number, tolerance = TOLERANCE): Uint32Array {
  const points = x.length;
  if (points <= 2) return Uint32Array.from({ length: points }, (_, i) => i);
  const kept = [0, points - 1];
  const spans = new SpanHeap();
  const consider = (from: number, to: number) => {
    const span = furthest(x, y, from, to);
    if (span.distance > tolerance) spans.push(span);
  };
  consider(0, points - 1);
  while (kept.length < most) {
    const span = spans.pop();
    if (span === null) break;
    kept.push(span.at);
    consider(span.from, span.at);
    consider(span.at, span.to);
  }
  return Uint32Array.from(kept).sort();
}

interface Span {
  from: number;
  to: number;
  /** The point furthest from the chord, and how far. */
  at: number;
  distance: number;
}

function furthest(x: ArrayLike<number>, y: ArrayLike<number>, from: number, to: number): Span {
  const dx = x[to] - x[from];
  const dy = y[to] - y[from];
  const length = Math.hypot(dx, dy);
  const span = { from, to, at: from, distance: 0 };
  for (let i = from + 1; i < to; i++) {
    const px = x[i] - x[from];
    const py = y[i] - y[from];
    const distance = length === 0 ? Math.hypot(px, py) : Math.abs(px * dy - py * dx) / length;
    if (distance > span.distance) {
      span.distance = distance;
      span.at = i;
    }
  }
  return span;
}

/** The span with the largest distance first; of equal ones the one that starts first. */
class SpanHeap {
  readonly #spans: Span[] = [];

  push(span: Span): void {
    const spans = this.#spans;
    let at = spans.push(span) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(spans[at], spans[parent])) break;
      [spans[at], spans[parent]] = [spans[parent], spans[at]];
      at = parent;
    }
  }

  pop(): Span | null {
    const spans = this.#spans;
    const [first] = spans;
    const last = spans.pop();
    if (first === undefined || last === undefined) return null;
    if (spans.length === 0) return first;
    spans[0] = last;
    for (let at = 0; ;) {
      const left = 2 * at + 1;
      let next = at;
      if (left < spans.length && isBefore(spans[left], spans[next])) next = left;
      if (left + 1 < spans.length && isBefore(spans[left + 1], spans[next])) next = left + 1;
      if (next === at) return first;
      [spans[at], spans[next]] = [spans[next], spans[at]];
      at = next;
    }
  }
}

const isBefore = (a: Span, b: Span) => a.distance > b.distance || (a.distance === b.distance && a.from < b.from);
