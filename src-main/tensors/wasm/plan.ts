import type { Operation } from './operations.ts';
import { KINDS, padded } from './operations.ts';
import type { WeightPlaces } from './weight-places.ts';

const FLOAT = 4;
/** A cache line. */
const ALIGNMENT = 64;
/** Dropout's rates are counted in 1 / 2²⁴. */
const RATE_UNITS = 2 ** 24;
/** As in kernels/lstm.ts. */
const GATE_PADDING = 64;

/** A sequence in memory, as in kernels/operation.ts: base, bytes from row to row, leading steps, steps. */
export interface SequencePlace {
  base: number;
  row: number;
  lead: number;
  steps: number;
}

/** Where a network lies in its memory. Addresses and sizes are in bytes. */
export interface Plan {
  /** The kernels' structure that describes it. */
  address: number;
  /** Words that must be written before the first pass, by address. */
  structures: Map<number, number[]>;
  weights: number;
  moving: number;
  firstMoments: number;
  secondMoments: number;
  gradients: number;
  labels: number;
  input: SequencePlace;
  inputGradient: SequencePlace;
  logits: SequencePlace;
  /** What lies from here to `end` must be zeros before the first pass. */
  buffers: number;
  end: number;
}

/**
 * Lays out a network for batches of up to `capacity` windows, from `start` on. Weights lie first, so that they stay where
 * they are when the capacity grows.
 */
export function planNetwork(
  operations: readonly Operation[],
  places: WeightPlaces,
  capacity: number,
  start: number,
): Plan {
  let end = start;
  const take = (bytes: number) => {
    const address = Math.ceil(end / ALIGNMENT) * ALIGNMENT;
    end = address + bytes;
    return address;
  };
  const takeFloats = (count: number) => take(FLOAT * count);
  const structures = new Map<number, number[]>();
  const write = (words: number[]) => {
    const address = take(FLOAT * words.length);
    structures.set(address, words);
    return address;
  };
  const writeSequence = ({ base, row, lead, steps }: SequencePlace) => write([base, row, lead, steps]);

  const [weights, gradients, firstMoments, secondMoments] = [0, 1, 2, 3].map(() => takeFloats(places.trainable));
  const moving = takeFloats(places.moving);
  const buffers = take(0);
  const labels = takeFloats(capacity);

  const rowOf = (operation: Operation) => {
    if (operation.kind !== 'lstm') return FLOAT * operation.inputs;
    const row = FLOAT * (operation.inputs + operation.outputs);
    // Rows a power of two apart would share a few lines of the cache.
    return row % 256 === 0 ? row + ALIGNMENT : row;
  };
  /** The input of each operation, where it wants it, and the last one's output. */
  const inputs = operations.map((operation, number): SequencePlace => {
    const before = operations[number - 1] as Operation | undefined;
    const row = rowOf(operation);
    const { steps } = operation.input;
    const beyond = operation.kind === 'lstm' ? 1 : 2 * operation.segments;
    const base = before?.kind === 'lstm' ? 0 : take((steps + beyond) * capacity * row);
    return { base, row, lead: operation.lead, steps };
  });
  const last = operations[operations.length - 1];
  const lastRow = FLOAT * last.outputs;
  inputs.push({ base: takeFloats(capacity * last.outputs), row: lastRow, lead: 0, steps: last.output.steps });
  // An LSTM's output lies beside its input of the step after.
  operations.forEach((operation, number) => {
    if (operation.kind !== 'lstm') return;
    const own = inputs[number];
    const lead = operation.output.steps === 1 ? own.steps : 1;
    inputs[number + 1] = { ...own, base: own.base + FLOAT * operation.inputs, lead, steps: operation.output.steps };
  });
  /** Gradients by the same; around those by a convolution's output are steps of zeros. */
  const gradientsBy = inputs.map(({ steps }, number): SequencePlace => {
    const before = operations[number - 1] as Operation | undefined;
    const lead = (before?.segments ?? 1) - 1;
    const row = FLOAT * padded(number === 0 ? operations[0].inputs : operations[number - 1].outputs);
    return { base: take((steps + 2 * lead) * capacity * row), row, lead, steps };
  });

  const described = operations.map((operation, number) => {
    const { kind, segments, relu, rate, layer } = operation;
    const own = places.operations[number];
    const { steps } = operation.input;
    const units = kind === 'lstm' ? operation.outputs : 0;
    const columns = kind === 'lstm' ? 4 * units : segments * operation.outputs;
    const transposedRows = padded(Math.max(operation.inputs, units));
    return write([
      KINDS[kind],
      operation.inputs,
      operation.outputs,
      segments,
      operation.lead,
      Number(relu),
      number,
      Math.round(rate * RATE_UNITS),
      Number(kind === 'norm' && layer !== null),
      weights + FLOAT * own.trainable,
      gradients + FLOAT * own.trainable,
      moving + FLOAT * own.moving,
      kind === 'norm' ? takeFloats(6 * operation.outputs) : 0,
      kind === 'lstm' || kind === 'affine' ? takeFloats(columns * transposedRows) : 0,
      take(units && steps * capacity * (FLOAT * 4 * units + GATE_PADDING)),
      takeFloats((steps + 1) * capacity * units),
      takeFloats(steps * capacity * units),
      takeFloats(capacity * units),
      writeSequence(inputs[number]),
      writeSequence(inputs[number + 1]),
      writeSequence(gradientsBy[number]),
      writeSequence(gradientsBy[number + 1]),
    ]);
  });
  const logits = inputs[operations.length];
  const address = write([
    operations.length,
    write(described),
    writeSequence(logits),
    writeSequence(gradientsBy[operations.length]),
    labels,
    weights,
    gradients,
    firstMoments,
    secondMoments,
    FLOAT * places.trainable,
  ]);
  return {
    address,
    structures,
    weights,
    moving,
    firstMoments,
    secondMoments,
    gradients,
    labels,
    input: inputs[0],
    inputGradient: gradientsBy[0],
    logits,
    buffers,
    end,
  };
}
