/** How often 95% intervals held the true value, as shares of the data sets; null where none had one. */
export interface Covered {
  figure: string;
  sharper: number | null;
  other: number | null;
  /** Of the two models. */
  difference: number | null;
}

export type WhoseFigure = Exclude<keyof Covered, 'figure'>;

interface Bounds {
  low: number | null;
  high: number | null;
}

/** Rounding may not decide. */
const CLOSE = 1e-9;

/** Counts, by figure, the intervals that there were and those that held the truth. */
export class CoverageCounts {
  readonly #counts = new Map<string, Record<WhoseFigure, { held: number; intervals: number }>>();

  add(figure: string, whose: WhoseFigure, { low, high }: Bounds, truth: number): void {
    let counts = this.#counts.get(figure);
    if (counts === undefined) {
      const none = () => ({ held: 0, intervals: 0 });
      this.#counts.set(figure, (counts = { sharper: none(), other: none(), difference: none() }));
    }
    if (low === null || high === null || Number.isNaN(truth)) return;
    counts[whose].intervals++;
    if (low <= truth + CLOSE && truth - CLOSE <= high) counts[whose].held++;
  }

  shares(): Covered[] {
    const share = ({ held, intervals }: { held: number; intervals: number }) =>
      intervals === 0 ? null : held / intervals;
    return [...this.#counts].map(([figure, { sharper, other, difference }]) => ({
      figure,
      sharper: share(sharper),
      other: share(other),
      difference: share(difference),
    }));
  }
}

export interface SampledDesign {
  /** Of each data set. */
  customers: number;
  /** Data sets that are drawn. */
  samples: number;
  /** Customers of the sample that stands for the truth. */
  truthCustomers: number;
  seed: number;
  progress?: ((done: number, counts: CoverageCounts) => void) | undefined;
}
