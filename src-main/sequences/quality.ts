import type { FeatureQuality, QualityView } from '../ipc/views.ts';
import { dayInWords, lastDayOfStep, monthInWords } from './calendar.ts';
import { customerCount, rowCount, type Panel } from './panel.ts';
import { sortFloats } from './sorting.ts';
import { thin } from './thinning.ts';

/** A static attribute as stored, by customer of the panel. */
export interface Attribute {
  name: string;
  /** [customers]: NaN where empty, and where there is text. */
  values: Float32Array;
  /** How many hold text instead. */
  texts: number;
}

/** A box plot's far-out values (Tukey, Exploratory Data Analysis, 1977, 2D): beyond three interquartile ranges. */
const FAR_OUT_RANGES = 3;
/** Money is skewed: a few per cent far out are ordinary. */
const MANY_FAR_OUT = 0.05;
const MOSTLY = 0.5;
const BINS = 24;
const MOST_COVERAGE_STEPS = 2_000;

/**
 * How complete and how plausible a portfolio's data is: each history feature over the rows of the calendar, gaps
 * counted as empty, each static attribute over the customers with a history; in the portfolio's order.
 */
export function assessQuality(panel: Panel, attributes: readonly Attribute[]): QualityView {
  const coverage = countCoverage(panel);
  return {
    features: [
      ...panel.features.map((_, feature) => assessHistory(panel, feature, coverage)),
      ...attributes.map(assessAttribute),
    ],
    coverage: thin(coverage.customers, MOST_COVERAGE_STEPS).map((index) => ({
      step: coverage.firstStep + index,
      date: panel.dated ? lastDayOfStep(panel.timeStep, coverage.firstStep + index) : null,
      customers: coverage.customers[index],
    })),
  };
}

/** Customers by step, from the first step that anyone has to the last. */
interface Coverage {
  firstStep: number;
  /** With at least one value at that step. */
  customers: Int32Array;
}

function countCoverage(panel: Panel): Coverage {
  let first = Infinity;
  let last = -Infinity;
  for (let c = 0; c < customerCount(panel); c++) {
    const rows = panel.firstRow[c + 1] - panel.firstRow[c];
    first = Math.min(first, panel.firstStep[c]);
    last = Math.max(last, panel.firstStep[c] + rows - 1);
  }
  const customers = new Int32Array(last < first ? 0 : last - first + 1);
  const width = panel.features.length;
  for (let c = 0; c < customerCount(panel); c++) {
    for (let row = panel.firstRow[c]; row < panel.firstRow[c + 1]; row++) {
      let i = row * width;
      const end = i + width;
      while (i < end && Number.isNaN(panel.values[i])) i++;
      if (i < end) customers[panel.firstStep[c] - first + row - panel.firstRow[c]]++;
    }
  }
  return { firstStep: first, customers };
}

function assessHistory(panel: Panel, feature: number, coverage: Coverage): FeatureQuality {
  const width = panel.features.length;
  const of = rowCount(panel);
  const present = new Float32Array(of);
  let count = 0;
  // The first and the last step at which any customer has a value.
  let first = Infinity;
  let last = -Infinity;
  for (let c = 0; c < customerCount(panel); c++) {
    const shift = panel.firstStep[c] - panel.firstRow[c];
    for (let row = panel.firstRow[c]; row < panel.firstRow[c + 1]; row++) {
      const value = panel.values[row * width + feature];
      if (Number.isNaN(value)) continue;
      present[count++] = value;
      if (row + shift < first) first = row + shift;
      if (row + shift > last) last = row + shift;
    }
  }
  const figures = describeValues(sortFloats(present.subarray(0, count)));
  const missing = of - count;
  const { name } = panel.features[feature];
  const nameOf = (step: number) => stepWords(panel, step);
  return {
    name,
    kind: 'history',
    of,
    missing,
    figures,
    remarks: [
      ...remarksOn(figures, missing, of, 'rows'),
      ...(figures === null ? [] : spanRemarks({ first, last }, coverage, nameOf)),
    ],
  };
}

function assessAttribute({ name, values, texts }: Attribute): FeatureQuality {
  const of = values.length;
  const present = sortFloats(values.filter((value) => !Number.isNaN(value)));
  // As when panels are read: one that is mostly numbers counts as one, with the rest taken as empty.
  const isText = texts > 0 && present.length <= texts;
  const figures = isText ? null : describeValues(present);
  const missing = of - present.length - (isText ? texts : 0);
  const stray =
    !isText && texts > 0 ? [`${texts} ${texts === 1 ? 'value is' : 'values are'} text and taken as empty.`] : [];
  return {
    name,
    kind: 'static',
    of,
    missing,
    figures,
    remarks: [...remarksOn(figures, missing, of, 'customers'), ...stray],
  };
}

function remarksOn(figures: FeatureQuality['figures'], missing: number, of: number, unit: string): string[] {
  if (missing === of) return ['Empty throughout.'];
  const remarks: string[] = [];
  if (figures?.distinct === 1) remarks.push('Constant: it cannot tell customers apart.');
  if (missing > MOSTLY * of) remarks.push(`Mostly missing: ${share(missing, of)} of the ${unit} have no value.`);
  const present = of - missing;
  if (figures !== null && figures.outliers !== null && figures.outliers > MANY_FAR_OUT * present) {
    remarks.push(`Many values far out: ${share(figures.outliers, present)}. Look for wrong units or stray decimals.`);
  }
  return remarks;
}

/** A feature that an export stopped to bring, or brought only later, while the histories go on. */
function spanRemarks(
  { first, last }: { first: number; last: number },
  { firstStep, customers }: Coverage,
  nameOf: (step: number) => string,
): string[] {
  const lastStep = firstStep + customers.length - 1;
  const remarks: string[] = [];
  if (last === lastStep - 1) remarks.push(`Empty at the last step, ${nameOf(lastStep)}.`);
  else if (last < lastStep)
    remarks.push(`Empty since ${nameOf(last + 1)}, though histories go on to ${nameOf(lastStep)}.`);
  if (first > firstStep) remarks.push(`Empty before ${nameOf(first)}, though histories begin at ${nameOf(firstStep)}.`);
  return remarks;
}

const share = (part: number, of: number) => `${((100 * part) / of).toFixed(1)}%`;

function stepWords({ dated, timeStep }: Panel, step: number): string {
  if (!dated) return `${timeStep} ${step}`;
  return (timeStep === 'month' ? monthInWords : dayInWords)(lastDayOfStep(timeStep, step));
}

/** Figures of ascending values without NaN; null where there are none. */
export function describeValues(sorted: Float32Array): FeatureQuality['figures'] {
  if (sorted.length === 0) return null;
  let sum = 0;
  let distinct = 1;
  let whole = true;
  for (let i = 0; i < sorted.length; i++) {
    sum += sorted[i];
    if (i > 0 && sorted[i] !== sorted[i - 1]) distinct++;
    if (whole && !Number.isInteger(sorted[i])) whole = false;
  }
  const [lowerQuartile, median, upperQuartile] = [0.25, 0.5, 0.75].map((p) => quantile(sorted, p));
  const reach = FAR_OUT_RANGES * (upperQuartile - lowerQuartile);
  const [low, high] = [lowerQuartile - reach, upperQuartile + reach];
  return {
    distinct,
    least: sorted[0],
    lowerQuartile,
    median,
    mean: sum / sorted.length,
    upperQuartile,
    most: sorted[sorted.length - 1],
    // Where the quartiles are equal, as for a count that is mostly 0, every other value would be far out.
    outliers: reach === 0 && distinct > 1 ? null : countBelow(sorted, low) + countAbove(sorted, high),
    histogram: countBins(sorted, { low, high }, whole),
  };
}

/**
 * The p-quantile by linear interpolation between order statistics, at (n − 1)p from 0: type 7 of Hyndman and Fan,
 * “Sample Quantiles in Statistical Packages”, The American Statistician 50 (1996); NumPy's and R's default.
 */
export function quantile(sorted: ArrayLike<number>, p: number): number {
  const at = (sorted.length - 1) * p;
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}

/** Index of the first value of which `isBeyond` holds; it holds of all later ones. */
function firstIndex(sorted: Float32Array, isBeyond: (value: number) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBeyond(sorted[middle])) high = middle;
    else low = middle + 1;
  }
  return low;
}

const countBelow = (sorted: Float32Array, bound: number) => firstIndex(sorted, (value) => value >= bound);
const countAbove = (sorted: Float32Array, bound: number) =>
  sorted.length - firstIndex(sorted, (value) => value > bound);

/**
 * Bins over what is not far out, so that one wrong decimal does not squeeze all else into a single bar. Whole numbers
 * get bins of a whole width around them, which hold equally many of them.
 */
function countBins(sorted: Float32Array, fence: { low: number; high: number }, whole: boolean) {
  const [least, most] = [sorted[0], sorted[sorted.length - 1]];
  let [from, to] = [Math.max(least, fence.low), Math.min(most, fence.high)];
  // Equal quartiles leave no range: all but the outermost hundredths then, else everything.
  if (from >= to) [from, to] = [quantile(sorted, 0.01), quantile(sorted, 0.99)];
  if (from >= to || (whole && most - least < BINS)) [from, to] = [least, most];
  let bins = from === to ? 1 : BINS;
  if (whole) {
    [from, to] = [Math.floor(from), Math.ceil(to)];
    const width = Math.ceil((to - from + 1) / BINS);
    bins = Math.ceil((to - from + 1) / width);
    from -= 0.5;
    to = from + bins * width;
  }
  const counts = Array<number>(bins).fill(0);
  const perBin = (to - from) / bins;
  for (const value of sorted) {
    const bin = perBin === 0 ? 0 : Math.floor((value - from) / perBin);
    counts[Math.max(0, Math.min(bins - 1, bin))]++;
  }
  return { from, to, counts };
}
