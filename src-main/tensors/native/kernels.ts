import { BATCH_NORM_EPSILON } from '../architecture.ts';
import { nativeBinding, type Binding, type OpAttribute } from './binding.ts';

/** A tensor of TensorFlow's, by the addon's number. */
export type TensorId = number & { readonly __tensor: unique symbol };

/** What one BlockLSTMV2 took and gave; its gradient needs all of it. `peephole` is zeros that are not read. */
export interface LstmForward {
  steps: TensorId;
  /** Time-major, [steps, batch, width]. */
  x: TensorId;
  zeroState: TensorId;
  /** Rows: input, then recurrent; columns: gates i, f, c, o, as Keras has them. */
  weights: TensorId;
  peephole: TensorId;
  bias: TensorId;
}

export interface AdamState {
  value: TensorId;
  m: TensorId;
  v: TensorId;
}

/** One step's scalars of Adam; `power` is beta to the number of steps. */
export interface AdamScalars {
  power1: TensorId;
  power2: TensorId;
  rate: TensorId;
  beta1: TensorId;
  beta2: TensorId;
  epsilon: TensorId;
}

type Padding = 'VALID' | 'SAME';

/** Tensors that live at this moment, in the whole process: made through here and not yet freed. */
let live = 0;
export const liveTensors = () => live;

let variables = 0;

export type Kernels = ReturnType<typeof createKernels>;

/** TensorFlow's CPU kernels, called one by one through the addon without tfjs's tensors or tape. */
export function createKernels() {
  const binding = nativeBinding();
  const a = attributes(binding);
  let scoped: TensorId[] | null = null;

  const made = (id: number): TensorId => {
    live++;
    scoped?.push(id as TensorId);
    return id as TensorId;
  };
  const run = (name: string, attrs: OpAttribute[], inputs: TensorId[], outputs: number): TensorId[] => {
    const infos = binding.executeOp(name, attrs, inputs, outputs);
    const ids = new Array<TensorId>(infos.length);
    for (let i = 0; i < infos.length; i++) ids[i] = made(infos[i].id);
    return ids;
  };
  const one = (name: string, attrs: OpAttribute[], inputs: TensorId[]) => run(name, attrs, inputs, 1)[0];
  const free = (tensors: Iterable<TensorId>) => {
    for (const id of tensors) {
      binding.deleteTensor(id);
      live--;
    }
  };

  return {
    /** Frees every tensor made inside, also when it throws; what `work` returns must not be one of them. */
    scope<T>(work: () => T): T {
      const outer = scoped;
      const mine: TensorId[] = [];
      scoped = mine;
      try {
        return work();
      } finally {
        scoped = outer;
        free(mine);
      }
    },
    /** What `work` makes outlives the scope; the caller frees it. */
    keep<T>(work: () => T): T {
      const outer = scoped;
      scoped = null;
      try {
        return work();
      } finally {
        scoped = outer;
      }
    },
    free,
    floats: (shape: number[], values: Float32Array) => made(binding.createTensor(shape, binding.TF_FLOAT, values)),
    integers: (shape: number[], values: Int32Array) => made(binding.createTensor(shape, binding.TF_INT32, values)),
    /** A 64-bit scalar, small and not negative. */
    long: (value: number) => made(binding.createTensor([], binding.TF_INT64, Int32Array.of(value, 0))),
    read: (tensor: TensorId) => binding.tensorDataSync(tensor) as Float32Array,

    gatherRows: (rows: TensorId, index: TensorId, axis: TensorId) => one('GatherV2', a.gather, [rows, index, axis]),
    reshape: (x: TensorId, shape: TensorId) => one('Reshape', a.reshape, [x, shape]),
    slice: (x: TensorId, begin: TensorId, size: TensorId) => one('Slice', a.slice, [x, begin, size]),
    pad: (x: TensorId, paddings: TensorId) => one('Pad', a.pad, [x, paddings]),
    multiply: (x: TensorId, y: TensorId) => one('Mul', a.float, [x, y]),
    matMul: (x: TensorId, y: TensorId, transposeX = false, transposeY = false) =>
      one('MatMul', a.matMul(transposeX, transposeY), [x, y]),
    addBias: (x: TensorId, bias: TensorId) => one('BiasAdd', a.bias, [x, bias]),
    /** Sums over all axes but the last. */
    biasGradient: (dy: TensorId) => one('BiasAddGrad', a.bias, [dy]),
    relu: (x: TensorId) => one('Relu', a.float, [x]),
    reluGradient: (dy: TensorId, y: TensorId) => one('ReluGrad', a.float, [dy, y]),

    /** NHWC. Outputs: y, mean, unbiased variance, then three for the gradient: mean, biased variance, unused. */
    batchNorm: (x: TensorId, gamma: TensorId, beta: TensorId, none: TensorId) =>
      run('FusedBatchNormV3', a.batchNorm(true), [x, gamma, beta, none, none], 6),
    batchNormInference: (x: TensorId, gamma: TensorId, beta: TensorId, mean: TensorId, variance: TensorId) =>
      run('FusedBatchNormV3', a.batchNorm(false), [x, gamma, beta, mean, variance], 6)[0],
    /** Gradients of x, gamma and beta; `saved`: the last three outputs of `batchNorm`. */
    batchNormGradient: (dy: TensorId, x: TensorId, gamma: TensorId, saved: TensorId[]) =>
      run('FusedBatchNormGradV3', a.batchNormGradient, [dy, x, gamma, ...saved], 5),

    /** Outputs i, cs, f, o, ci, co, h, each [steps, batch, units]. */
    lstm: ({ steps, x, zeroState: zero, weights, peephole, bias }: LstmForward) =>
      run('BlockLSTMV2', a.lstm, [steps, x, zero, zero, weights, peephole, peephole, peephole, bias], 7),
    lstmGradient(forward: LstmForward, outputs: TensorId[], zeroCellGradient: TensorId, hiddenGradient: TensorId) {
      const { steps, x, zeroState: zero, weights, peephole, bias } = forward;
      const taken = [steps, x, zero, zero, weights, peephole, peephole, peephole, bias];
      const gradients = run(
        'BlockLSTMGradV2',
        a.lstmGradient,
        [...taken, ...outputs, zeroCellGradient, hiddenGradient],
        8,
      );
      return { x: gradients[0], weights: gradients[3], bias: gradients[7] };
    },

    conv2d: (x: TensorId, kernel: TensorId, padding: Padding) => one('Conv2D', a.conv(padding), [x, kernel]),
    conv2dInputGradient: (xShape: TensorId, kernel: TensorId, dy: TensorId, padding: Padding) =>
      one('Conv2DBackpropInput', a.conv(padding), [xShape, kernel, dy]),
    conv2dKernelGradient: (x: TensorId, kernelShape: TensorId, dy: TensorId, padding: Padding) =>
      one('Conv2DBackpropFilter', a.conv(padding), [x, kernelShape, dy]),
    /** Halves the second axis of NHWC; an odd last row is left out. */
    maxPool: (x: TensorId) => one('MaxPool', a.pool, [x]),
    maxPoolGradient: (x: TensorId, y: TensorId, dy: TensorId) => one('MaxPoolGrad', a.pool, [x, y, dy]),

    variable: (shape: number[]) => one('VarHandleOp', a.variable(shape, `duecast${variables++}`), []),
    assign: (variable: TensorId, value: TensorId) => void run('AssignVariableOp', a.dtype, [variable, value], 0),
    readVariable: (variable: TensorId) => one('ReadVariableOp', a.dtype, [variable]),
    destroyVariable(variable: TensorId) {
      run('DestroyResourceOp', a.destroy, [variable], 0);
      free([variable]);
    },
    applyAdam({ value, m, v }: AdamState, scalars: AdamScalars, gradient: TensorId) {
      const { power1, power2, rate, beta1, beta2, epsilon } = scalars;
      run('ResourceApplyAdam', a.adam, [value, m, v, power1, power2, rate, beta1, beta2, epsilon, gradient], 0);
    },
  };
}

/** The operations' attributes, made once: they are the same in every call. */
function attributes(binding: Binding) {
  const type = (name: string, value: number): OpAttribute => ({ name, type: binding.TF_ATTR_TYPE, value });
  const bool = (name: string, value: boolean): OpAttribute => ({ name, type: binding.TF_ATTR_BOOL, value });
  const text = (name: string, value: string): OpAttribute => ({ name, type: binding.TF_ATTR_STRING, value });
  const real = (name: string, value: number): OpAttribute => ({ name, type: binding.TF_ATTR_FLOAT, value });
  const whole = (name: string, value: number | number[]): OpAttribute => ({ name, type: binding.TF_ATTR_INT, value });
  const float = type('T', binding.TF_FLOAT);
  const dtype = type('dtype', binding.TF_FLOAT);
  const int32 = (name: string) => type(name, binding.TF_INT32);
  const nhwc = text('data_format', 'NHWC');

  const lstmGradient = [bool('use_peephole', false), float];
  const batchNormHead = [float, type('U', binding.TF_FLOAT), real('epsilon', BATCH_NORM_EPSILON), nhwc];
  const batchNorm = (training: boolean) => [
    ...batchNormHead,
    bool('is_training', training),
    real('exponential_avg_factor', 1),
  ];
  const batchNorms = { training: batchNorm(true), inference: batchNorm(false) };
  const matMul = (x: boolean, y: boolean) => [float, bool('transpose_a', x), bool('transpose_b', y)];
  const matMuls = [matMul(false, false), matMul(false, true), matMul(true, false), matMul(true, true)];
  const conv = (padding: Padding) => [
    float,
    whole('strides', [1, 1, 1, 1]),
    bool('use_cudnn_on_gpu', false),
    text('padding', padding),
    nhwc,
    whole('dilations', [1, 1, 1, 1]),
  ];
  const convs = { VALID: conv('VALID'), SAME: conv('SAME') };
  return {
    float: [float],
    dtype: [dtype],
    gather: [whole('batch_dims', 0), type('Tparams', binding.TF_FLOAT), int32('Tindices'), int32('Taxis')],
    reshape: [float, int32('Tshape')],
    slice: [float, int32('Index')],
    pad: [float, int32('Tpaddings')],
    bias: [float, nhwc],
    matMul: (x: boolean, y: boolean) => matMuls[(x ? 2 : 0) + (y ? 1 : 0)],
    lstm: [real('cell_clip', 0), ...lstmGradient],
    lstmGradient,
    batchNorm: (training: boolean) => (training ? batchNorms.training : batchNorms.inference),
    batchNormGradient: [...batchNormHead, bool('is_training', true)],
    conv: (padding: Padding) => convs[padding],
    pool: [float, whole('ksize', [1, 2, 1, 1]), whole('strides', [1, 2, 1, 1]), text('padding', 'VALID'), nhwc],
    variable: (shape: number[], name: string): OpAttribute[] => [
      text('container', ''),
      text('shared_name', name),
      dtype,
      { name: 'shape', type: binding.TF_ATTR_SHAPE, value: shape },
    ],
    destroy: [bool('ignore_lookup_error', true)],
    adam: [float, bool('use_locking', false), bool('use_nesterov', false)],
  };
}
