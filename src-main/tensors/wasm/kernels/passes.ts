import { Adam } from './adam.ts';
import { Affine } from './affine.ts';
import { Lanes } from './lanes.ts';
import { Lstm } from './lstm.ts';
import { Norm } from './norm.ts';
import { Kind, Mode, Operation, Sequence } from './operation.ts';
import { Pool } from './pool.ts';

/** Where free memory begins. */
export const freeMemory: usize = __heap_base;

/** A network in memory; plan.ts writes these fields in this order. */
@unmanaged
class Plan {
  count: i32 = 0;
  /** Pointers to its operations, in order. */
  operations: usize = 0;
  /** The last layer's only output, and the gradient by it. */
  logits: Sequence = changetype<Sequence>(0);
  errors: Sequence = changetype<Sequence>(0);
  /** One float a window. */
  labels: usize = 0;
  weights: usize = 0;
  gradients: usize = 0;
  firstMoments: usize = 0;
  secondMoments: usize = 0;
  weightBytes: usize = 0;
}

/** Logits of the windows that lie in the first operation's input, in prediction. */
export function predict(plan: usize, batch: i32): void {
  forward(changetype<Plan>(plan), batch, Mode.PREDICT, 0);
}

/** Logits of training and the gradient of their mean cross-entropy; `key` draws the dropout. */
export function differentiate(plan: usize, batch: i32, key: i32): void {
  const network = changetype<Plan>(plan);
  forward(network, batch, Mode.TRAIN, key);
  const logits = network.logits;
  const errors = network.errors;
  const labels = network.labels;
  let z = logits.start(batch);
  let error = errors.start(batch);
  for (let n = 0; n < batch; n++) {
    store<f32>(error, (sigmoid(load<f32>(z)) - load<f32>(labels + ((<usize>n) << 2))) / <f32>batch);
    z += logits.row;
    error += errors.row;
  }
  backward(network, batch, Mode.TRAIN, key);
}

/** A step of training: `differentiate`, then Adam and the moving averages. */
export function train(plan: usize, batch: i32, key: i32, rate: f32): void {
  differentiate(plan, batch, key);
  const network = changetype<Plan>(plan);
  const first = network.firstMoments;
  Adam.step(network.weights, network.gradients, first, network.secondMoments, network.weightBytes, rate);
  for (let i = 0; i < network.count; i++) {
    const op = operationOf(network, i);
    if (op.kind === Kind.NORM) Norm.move(op);
  }
}

/** Logits of prediction, and the gradients of the PDs by the first operation's input. */
export function explain(plan: usize, batch: i32): void {
  const network = changetype<Plan>(plan);
  forward(network, batch, Mode.EXPLAIN, 0);
  const logits = network.logits;
  const errors = network.errors;
  let z = logits.start(batch);
  let error = errors.start(batch);
  for (let n = 0; n < batch; n++) {
    const pd = sigmoid(load<f32>(z));
    store<f32>(error, pd * (<f32>1 - pd));
    z += logits.row;
    error += errors.row;
  }
  backward(network, batch, Mode.EXPLAIN, 0);
}

function operationOf(plan: Plan, number: i32): Operation {
  return changetype<Operation>(load<usize>(plan.operations + ((<usize>number) << 2)));
}

function forward(plan: Plan, batch: i32, mode: i32, key: i32): void {
  for (let i = 0; i < plan.count; i++) {
    const op = operationOf(plan, i);
    if (op.kind === Kind.LSTM) Lstm.forward(op, batch, mode);
    else if (op.kind === Kind.NORM) Norm.forward(op, batch, mode, key);
    else if (op.kind === Kind.AFFINE) Affine.forward(op, batch);
    else Pool.forward(op, batch);
  }
}

function backward(plan: Plan, batch: i32, mode: i32, key: i32): void {
  for (let i = plan.count - 1; i >= 0; i--) {
    const op = operationOf(plan, i);
    const inputNeeded = i > 0 || mode === Mode.EXPLAIN;
    if (op.kind === Kind.LSTM) Lstm.backward(op, batch, mode, inputNeeded);
    else if (op.kind === Kind.NORM) Norm.backward(op, batch, mode, key);
    else if (op.kind === Kind.AFFINE) Affine.backward(op, batch, mode, inputNeeded);
    else Pool.backward(op, batch);
  }
}

function sigmoid(z: f32): f32 {
  return f32x4.extract_lane(f32x4.div(f32x4.splat(1), Lanes.onePlus(Lanes.expNegative(f32x4.splat(z)))), 0);
}
