/** What each input at each step adds to a PD: cells add up to score − base. */
export interface Attribution {
  /** The PD of the portfolio's typical behaviour. */
  base: number;
  score: number;
  /** [steps, inputs], row-major. */
  cells: Float64Array;
}

export const sumOf = (values: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum;
};

/** The shares of an ensemble's members add up to 1, and so do what its members say. */
export function combineAttributions(members: readonly { attribution: Attribution; share: number }[]): Attribution {
  const cells = new Float64Array(members[0].attribution.cells.length);
  let base = 0;
  let score = 0;
  for (const { attribution, share } of members) {
    base += share * attribution.base;
    score += share * attribution.score;
    attribution.cells.forEach((value, i) => (cells[i] += share * value));
  }
  return { base, score, cells };
}

/**
 * The same for a PD that was mapped afterwards, as calibration does: every cell by the one factor that makes them add
 * up again.
 */
export function mapAttribution({ base, score, cells }: Attribution, map: (pd: number) => number): Attribution {
  const [mappedBase, mappedScore] = [map(base), map(score)];
  return { base: mappedBase, score: mappedScore, cells: rescaled(cells, mappedScore - mappedBase) };
}

/** Cells in proportion, adding up to `total`; spread by their sizes where their own sum is too near 0 to scale. */
export function rescaled(cells: Float64Array, total: number): Float64Array {
  const sum = sumOf(cells);
  const size = sumOf(cells.map(Math.abs));
  if (size === 0) return total === 0 ? cells : cells.map(() => total / cells.length);
  if (Math.abs(sum) > 1e-3 * size) return cells.map((value) => (value * total) / sum);
  return cells.map((value) => value + ((total - sum) * Math.abs(value)) / size);
}
