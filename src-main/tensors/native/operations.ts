import { attribute, type Attributes, type Effect, type ElementType, type Graph, type Output } from './graph.ts';

const FLOAT = attribute.type('float');
const INT32 = attribute.type('int32');
/** The type attribute of most operations. */
export const T = { T: FLOAT };

export type Operations = ReturnType<typeof createOperations>;

/** TensorFlow's operations as nodes of a graph. Values are float32 unless said otherwise. */
export function createOperations(graph: Graph) {
  const add = (op: string, inputs: readonly Output[], attributes: Attributes, count: number) =>
    graph.add(op, inputs, attributes, count);
  const one = (op: string, inputs: readonly Output[], attributes: Attributes = T) => add(op, inputs, attributes, 1)[0];

  const constants = new Map<string, Output>();
  /** Each constant is one node: TensorFlow's preparation of a graph takes time by its number of nodes. */
  function constant(type: ElementType, shape: readonly number[], values: Float32Array | Int32Array | BigInt64Array) {
    const key = `${type} [${shape}] ${values}`;
    const known = constants.get(key);
    if (known !== undefined) return known;
    const content = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    const attributes = { dtype: attribute.type(type), value: attribute.tensor(type, shape, content) };
    const made = one('Const', [], attributes);
    constants.set(key, made);
    return made;
  }
  const integers = (...values: number[]) => constant('int32', [values.length], Int32Array.from(values));
  const axis0 = constant('int32', [], Int32Array.of(0));
  const shape = (x: Output) => one('Shape', [x]);
  const slice = (x: Output, begin: Output, size: Output) => one('Slice', [x, begin, size], { ...T, Index: INT32 });

  return {
    /** Any operation, with its first `count` outputs. */
    add,
    one,
    placeholder: (name: string, type: ElementType) =>
      graph.add('Placeholder', [], { dtype: attribute.type(type) }, 1, name)[0],
    integers,
    /** A 64-bit scalar. */
    long: (value: number) => constant('int64', [], BigInt64Array.of(BigInt(value))),
    scalar: (value: number) => constant('float', [], Float32Array.of(value)),
    zeros: (size: number) => constant('float', [size], new Float32Array(size)),
    zerosLike: (x: Output) => one('ZerosLike', [x]),

    /** Zeros of [batch, units] for `x` of [steps, batch, width]. */
    zeroState(x: Output, units: number) {
      const int32 = { T: INT32 };
      const batch = one('Slice', [shape(x), integers(1), integers(1)], { ...int32, Index: INT32 });
      const sizes = one('ConcatV2', [batch, integers(units), axis0], { ...int32, N: attribute.whole(2) });
      return one('Fill', [sizes, constant('float', [], Float32Array.of(0))]);
    },
    /** The rows of each step of the windows that start at the given ones, [steps, batch, columns]. */
    gatherWindows(rows: Output, starts: Output, steps: number) {
      const offsets = constant(
        'int32',
        [steps, 1],
        Int32Array.from({ length: steps }, (_, t) => t),
      );
      const index = one('AddV2', [offsets, starts], { T: INT32 });
      return one('GatherV2', [rows, index, axis0], { Tparams: FLOAT, Tindices: INT32, Taxis: INT32 });
    },
    shape,
    reshape: (x: Output, ...sizes: number[]) => one('Reshape', [x, integers(...sizes)]),
    reshapeAs: (x: Output, model: Output) => one('Reshape', [x, shape(model)]),
    /** `size` parts of the first axis from `begin` on, of an array of three axes. */
    steps: (x: Output, begin: number, size: number) => slice(x, integers(begin, 0, 0), integers(size, -1, -1)),
    /** A stretch of the one-dimensional `pool`, from `start` ([1]) on, in the shape of `model`. */
    stretch(pool: Output, start: Output, model: Output) {
      const sizes = shape(model);
      const size = one('Prod', [sizes, integers(0)], { T: INT32, keep_dims: attribute.flag(true) });
      return one('Reshape', [slice(pool, start, size), sizes]);
    },
    /** The parts of the first axis, each without it. */
    unpack: (x: Output, count: number) => add('Unpack', [x], { ...T, num: attribute.whole(count) }, count),
    /** Puts equal shapes together along a new first axis. */
    pack: (parts: readonly Output[]) => one('Pack', parts, { ...T, N: attribute.whole(parts.length) }),
    /** Single numbers of an int32 list, each [1]. */
    splitIntegers: (x: Output, count: number) =>
      add('Split', [axis0, x], { T: INT32, num_split: attribute.whole(count) }, count),
    /** Stretches of the first axis. */
    split(x: Output, sizes: readonly number[]) {
      const count = attribute.whole(sizes.length);
      return add('SplitV', [x, integers(...sizes), axis0], { ...T, Tlen: INT32, num_split: count }, sizes.length);
    },
    /** Along the first axis. */
    concat(parts: readonly Output[]) {
      if (parts.length === 1) return parts[0];
      return one('ConcatV2', [...parts, axis0], { ...T, N: attribute.whole(parts.length) });
    },

    plus: (x: Output, y: Output) => one('AddV2', [x, y]),
    minus: (x: Output, y: Output) => one('Sub', [x, y]),
    multiply: (x: Output, y: Output) => one('Mul', [x, y]),
    sigmoid: (x: Output) => one('Sigmoid', [x]),
    relu: (x: Output) => one('Relu', [x]),
    reluGradient: (dy: Output, y: Output) => one('ReluGrad', [dy, y]),
    addBias: (x: Output, bias: Output) => one('BiasAdd', [x, bias]),
    /** Sums over all axes but the last. */
    biasGradient: (dy: Output) => one('BiasAddGrad', [dy]),
    matMul: (x: Output, y: Output) => one('MatMul', [x, y]),
    /** x · yᵀ */
    matMulTransposed: (x: Output, y: Output) => one('MatMul', [x, y], { ...T, transpose_b: attribute.flag(true) }),
    /** xᵀ · y */
    transposedMatMul: (x: Output, y: Output) => one('MatMul', [x, y], { ...T, transpose_a: attribute.flag(true) }),

    variable: (name: string, size: number) =>
      one('VarHandleOp', [], { dtype: FLOAT, shape: attribute.shape([size]), shared_name: attribute.text(name) }),
    readVariable: (variable: Output) => one('ReadVariableOp', [variable], { dtype: FLOAT }),
    assign: (variable: Output, value: Output): Effect =>
      graph.effect('AssignVariableOp', [variable, value], { dtype: FLOAT }),
  };
}
