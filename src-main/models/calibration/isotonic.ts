/** A rising step function; between two knots it is a straight line, outside them it stays flat. */
export interface IsotonicMap {
  /** [knots], rising. */
  x: number[];
  /** [knots], never falling. */
  y: number[];
}

export interface IsotonicOptions {
  /** One a row, above 0; without them each row counts 1. */
  weights?: ArrayLike<number> | undefined;
  /** The least and the most that the map gives. */
  least?: number;
  most?: number;
}

interface Block {
  /** Place of its first and last distinct value. */
  first: number;
  last: number;
  mean: number;
  weight: number;
}

/**
 * Isotonic regression by pooling adjacent violators (Ayer et al. 1955; Barlow et al. 1972). Rows of equal x are pooled
 * first. Each block of the solution is kept as the x where it begins and the x where it ends, so that the map is flat
 * within blocks and linear between them: scikit-learn's IsotonicRegression(y_min, y_max, out_of_bounds='clip').
 */
export function fitIsotonic(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  { weights, least = -Infinity, most = Infinity }: IsotonicOptions = {},
): IsotonicMap {
  const order = Uint32Array.from({ length: x.length }, (_, i) => i).sort((a, b) => x[a] - x[b]);
  const limited = ({ mean }: Block) => Math.min(Math.max(mean, least), most);
  const distinct: number[] = [];
  const blocks: Block[] = [];
  for (let i = 0; i < order.length;) {
    const at = x[order[i]];
    let weight = 0;
    let sum = 0;
    for (; i < order.length && x[order[i]] === at; i++) {
      const rowWeight = weights?.[order[i]] ?? 1;
      weight += rowWeight;
      sum += rowWeight * y[order[i]];
    }
    const place = distinct.push(at) - 1;
    let block: Block = { first: place, last: place, mean: sum / weight, weight };
    for (let before = blocks.at(-1); before !== undefined && before.mean >= block.mean; before = blocks.at(-1)) {
      blocks.pop();
      block = pooled(before, block);
    }
    blocks.push(block);
  }
  const map: IsotonicMap = { x: [], y: [] };
  for (let i = 0; i < blocks.length; i++) {
    const value = limited(blocks[i]);
    map.x.push(distinct[blocks[i].first]);
    map.y.push(value);
    const { first } = blocks[i];
    // What a bound made equal is one stretch.
    while (i + 1 < blocks.length && limited(blocks[i + 1]) === value) i++;
    if (blocks[i].last === first) continue;
    map.x.push(distinct[blocks[i].last]);
    map.y.push(value);
  }
  return map;
}

const pooled = (a: Block, b: Block): Block => ({
  first: a.first,
  last: b.last,
  mean: (a.mean * a.weight + b.mean * b.weight) / (a.weight + b.weight),
  weight: a.weight + b.weight,
});

export function isotonicAt({ x, y }: IsotonicMap, value: number): number {
  const end = x.length - 1;
  if (value <= x[0]) return y[0];
  if (value >= x[end]) return y[end];
  let [below, above] = [0, end];
  while (above - below > 1) {
    const middle = (below + above) >> 1;
    if (x[middle] <= value) below = middle;
    else above = middle;
  }
  return y[below] + ((value - x[below]) / (x[above] - x[below])) * (y[above] - y[below]);
}
