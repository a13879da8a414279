import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { createPacer, type Pacer, type RunOptions } from '../evaluation/pacing.ts';
import { DuecastError } from '../ipc/errors.ts';
import type { FeatureTable, LabelledTable } from './snapshot-features.ts';

/** A fitted logistic regression; plain numbers, so that JSON keeps it. */
export interface LogisticModel {
  /** The columns, in the order of the three lists that follow. */
  names: string[];
  /** Of the training rows' values that are there. */
  means: number[];
  /** 1 for a column that never varies. */
  standardDeviations: number[];
  /** Per standard deviation. */
  coefficients: number[];
  intercept: number;
}

export interface LogisticFit {
  model: LogisticModel;
  /** Mean log-loss of the training rows at the start and after each step of Newton's method. */
  losses: number[];
  /** Whether the gradient came down to GRADIENT_TOLERANCE. */
  converged: boolean;
  seconds: number;
}

/** Standardised values are cut here: one absurd amount must not decide a score. */
export const CUT_AT = 5;
/** scikit-learn's C, and its default: the inverse of the penalty's strength. */
export const INVERSE_PENALTY = 1;
/** Of the largest entry of the gradient, in units of the mean loss. */
export const GRADIENT_TOLERANCE = 1e-8;

const MOST_STEPS = 50;
const SHORTEST_STEP = 2 ** -20;
/** Of the objective, relative: what the sum over millions of rows may be off by. */
const SUM_ROUNDING = 1e-12;
const BLOCK_ROWS = 4_096;

/**
 * L2-regularised logistic regression on standardised columns: minimises ½‖w‖² + C · Σ log-loss, the intercept not
 * penalised, as scikit-learn's LogisticRegression does. A value is standardised by the training rows' mean and standard
 * deviation, then cut at ±CUT_AT; an empty one (NaN) stands at the mean. Newton's method with step halving; every step
 * is one pass over the table, a block at a time, and there is nothing random in it.
 *
 * Progress counts steps; few of them are needed. Throws `too-small` where the rows hold one class only, and `cancelled`.
 */
export async function fitLogistic(
  { table, labels }: LabelledTable,
  { inversePenalty = INVERSE_PENALTY }: { inversePenalty?: number } = {},
  { signal, progress }: RunOptions = {},
): Promise<LogisticFit> {
  if (!(labels.includes(0) && labels.includes(1))) {
    throw new DuecastError(
      'too-small',
      'The training windows hold one outcome only; logistic regression needs events and others.',
    );
  }
  const started = performance.now();
  const pacer = createPacer(signal);
  const scale = await describeColumns(table, pacer);
  const problem = { table, labels, ...scale, inversePenalty };
  const columns = table.names.length;

  // The intercept is the last weight. At the start every row has the share of events.
  const events = labels.reduce((sum, label) => sum + label, 0);
  let weights = new Float64Array(columns + 1);
  weights[columns] = Math.log(events / (labels.length - events));
  let here = await expand(problem, weights, pacer);
  const losses = [here.meanLoss];
  while (here.steepest > GRADIENT_TOLERANCE && losses.length <= MOST_STEPS) {
    const step = await descend(problem, weights, here, pacer);
    if (step === null) break;
    ({ weights, expansion: here } = step);
    losses.push(here.meanLoss);
    progress?.(losses.length - 1, MOST_STEPS);
  }
  return {
    model: {
      names: [...table.names],
      means: [...scale.means],
      standardDeviations: [...scale.standardDeviations],
      coefficients: [...weights.subarray(0, columns)],
      intercept: weights[columns],
    },
    losses,
    converged: here.steepest <= GRADIENT_TOLERANCE,
    seconds: (performance.now() - started) / 1e3,
  };
}

/** One step of Newton's method; null where none is short enough to gain anything. */
async function descend(problem: Problem, weights: Float64Array, here: Expansion, pacer: Pacer) {
  const direction = newtonDirection(here);
  const most = here.objective * (1 + SUM_ROUNDING);
  // Nearly separable rows can throw a full step beyond the minimum.
  for (let length = 1; length >= SHORTEST_STEP; length /= 2) {
    const moved = weights.map((weight, j) => weight + length * direction[j]);
    const expansion = await expand(problem, moved, pacer);
    if (expansion.objective <= most) return { weights: moved, expansion };
  }
  return null;
}

/** The PD of each row; the table must have the model's columns. Throws `cancelled`. */
export async function predictLogistic(
  model: LogisticModel,
  table: FeatureTable,
  { signal, progress }: RunOptions = {},
): Promise<Float32Array> {
  const columns = model.names.length;
  if (table.names.join() !== model.names.join()) throw new RangeError('the columns are not those of the model');
  const pacer = createPacer(signal);
  const means = Float64Array.from(model.means);
  const standardDeviations = Float64Array.from(model.standardDeviations);
  const weights = Float64Array.of(...model.coefficients, model.intercept);
  const row = new Float64Array(columns + 1).fill(1);
  const pd = new Float32Array(table.rows);
  for (let start = 0; start < table.rows; start += BLOCK_ROWS) {
    const end = Math.min(start + BLOCK_ROWS, table.rows);
    const block = table.read(start, end);
    for (let i = start; i < end; i++) {
      standardise(block, (i - start) * columns, means, standardDeviations, row);
      pd[i] = 1 / (1 + Math.exp(-dot(row, weights)));
    }
    progress?.(end, table.rows);
    if (pacer.due()) await pacer.pause();
  }
  return pd;
}

/** The terms of one row's log-odds, coefficient times standardised value; the base is that of a row of means. */
export function explainLogistic(model: LogisticModel, row: Float32Array): { base: number; columns: Float64Array } {
  const standardised = new Float64Array(row.length);
  standardise(row, 0, Float64Array.from(model.means), Float64Array.from(model.standardDeviations), standardised);
  return { base: model.intercept, columns: standardised.map((value, i) => value * model.coefficients[i]) };
}

/** What a value may differ from the mean by single precision's rounding alone, relative to it. */
const ROUNDING = 1e-6;

/** Means and (population) standard deviations of the values that are there, by Welford's running sums. */
async function describeColumns(table: FeatureTable, pacer: Pacer) {
  const columns = table.names.length;
  const counts = new Float64Array(columns);
  const means = new Float64Array(columns);
  const squares = new Float64Array(columns);
  for (let start = 0; start < table.rows; start += BLOCK_ROWS) {
    const block = table.read(start, Math.min(start + BLOCK_ROWS, table.rows));
    for (let i = 0, column = 0; i < block.length; i++) {
      const value = block[i];
      if (!Number.isNaN(value)) {
        const difference = value - means[column];
        means[column] += difference / ++counts[column];
        squares[column] += difference * (value - means[column]);
      }
      if (++column === columns) column = 0;
    }
    if (pacer.due()) await pacer.pause();
  }
  const standardDeviations = squares.map((sum, column) => {
    const deviation = Math.sqrt(sum / Math.max(1, counts[column]));
    return deviation > ROUNDING * Math.abs(means[column]) ? deviation : 1;
  });
  return { means, standardDeviations };
}

interface Problem extends LabelledTable {
  means: Float64Array;
  standardDeviations: Float64Array;
  inversePenalty: number;
}

/** The objective and its first two derivatives at some weights. */
interface Expansion {
  objective: number;
  meanLoss: number;
  /** [weights]. */
  gradient: Float64Array;
  /** [weights, weights]; the lower triangle. */
  hessian: Float64Array;
  /** The largest entry of the gradient, in units of the mean loss. */
  steepest: number;
}

async function expand(problem: Problem, weights: Float64Array, pacer: Pacer): Promise<Expansion> {
  const { table, labels, means, standardDeviations, inversePenalty } = problem;
  const size = weights.length;
  const columns = size - 1;
  const gradient = new Float64Array(size);
  const hessian = new Float64Array(size * size);
  // The last entry stays 1: the intercept's.
  const row = new Float64Array(size).fill(1);
  let loss = 0;
  for (let start = 0; start < table.rows; start += BLOCK_ROWS) {
    const end = Math.min(start + BLOCK_ROWS, table.rows);
    const block = table.read(start, end);
    for (let i = start; i < end; i++) {
      standardise(block, (i - start) * columns, means, standardDeviations, row);
      const logit = dot(row, weights);
      const pd = 1 / (1 + Math.exp(-logit));
      // log(1 + e^z) without overflow.
      loss += Math.max(logit, 0) - labels[i] * logit + Math.log1p(Math.exp(-Math.abs(logit)));
      addRow(row, pd - labels[i], pd * (1 - pd), gradient, hessian);
    }
    if (pacer.due()) await pacer.pause();
  }
  let penalty = 0;
  let steepest = 0;
  for (let j = 0; j < size; j++) {
    gradient[j] *= inversePenalty;
    for (let k = 0; k <= j; k++) hessian[j * size + k] *= inversePenalty;
    if (j < columns) {
      penalty += weights[j] ** 2 / 2;
      gradient[j] += weights[j];
      hessian[j * size + j] += 1;
    }
    steepest = Math.max(steepest, Math.abs(gradient[j]) / (inversePenalty * table.rows));
  }
  return { objective: penalty + inversePenalty * loss, meanLoss: loss / table.rows, gradient, hessian, steepest };
}

function standardise(
  block: Float32Array,
  offset: number,
  means: Float64Array,
  standardDeviations: Float64Array,
  row: Float64Array,
): void {
  for (let column = 0; column < means.length; column++) {
    const value = (block[offset + column] - means[column]) / standardDeviations[column];
    row[column] = Number.isNaN(value) ? 0 : Math.min(CUT_AT, Math.max(-CUT_AT, value));
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** The hot loop: rows · columns² / 2 multiplications a pass. */
function addRow(
  row: Float64Array,
  error: number,
  curvature: number,
  gradient: Float64Array,
  hessian: Float64Array,
): void {
  const size = row.length;
  for (let j = 0; j < size; j++) {
    const value = row[j];
    if (value === 0) continue;
    gradient[j] += error * value;
    const scaled = curvature * value;
    for (let k = 0, at = j * size; k <= j; k++, at++) hessian[at] += scaled * row[k];
  }
}

function newtonDirection({ gradient, hessian }: Expansion): Float64Array {
  const size = gradient.length;
  const matrix = new Matrix(size, size);
  for (let j = 0; j < size; j++) {
    for (let k = 0; k <= j; k++) {
      matrix.set(j, k, hessian[j * size + k]);
      matrix.set(k, j, hessian[j * size + k]);
    }
  }
  const solution = new CholeskyDecomposition(matrix).solve(Matrix.columnVector(gradient));
  return Float64Array.from(solution.getColumn(0), (value) => -value);
}
