import { BATCH_NORM_MOMENTUM, type Architecture } from '../architecture.ts';
import { createGraph, type Output } from './graph.ts';
import type { ExplainingPass, GraphLayer } from './layers/layer.ts';
import { createLayers } from './layers/layers.ts';
import { createOperations, T, type Operations } from './operations.ts';
import type { WeightOrder } from './weight-order.ts';

export const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };

/**
 * A network as one graph, so that a step of training is a single call of the addon. It holds these nodes, with what
 * they must be fed:
 *
 * - `predict`: logits, from `rows` [rows, inputs] and `starts`, the first row of each window;
 * - `pds` and `inputGradient`: of prediction, the latter [steps, windows, inputs] in one line, from the same;
 * - `logits` and `gradient`: those of training, from `rows`, `starts`, `labels` (0 or 1), `scalars` (learning rate,
 *   Adam's two powers of beta, 1 / batch), `cuts` (where each dropout mask starts) and the pools of masks;
 * - `train`: the same logits, once Adam and the moving averages have moved;
 * - `read`: all weights in the graph's order;
 * - `write`: sets them from `replacement`; Adam starts anew.
 */
export function networkGraph(architecture: Architecture, order: WeightOrder): Uint8Array {
  const graph = createGraph();
  const ops = createOperations(graph);
  const { trainable } = order;
  const averages = order.places.length - trainable;
  const weights = ops.variable('weights', trainable);
  const moving = ops.variable('moving', averages);
  const moments = [ops.variable('m', trainable), ops.variable('v', trainable)];

  const layers = createLayers(ops, architecture, order, ops.readVariable(weights), ops.readVariable(moving));
  const rows = ops.placeholder('rows', 'float');
  const x = ops.gatherWindows(rows, ops.placeholder('starts', 'int32'), architecture.windowSteps);
  const predicted = layers.reduce((value, layer) => layer.predict(value), x);
  graph.after(ops.reshape(predicted, -1), [], 'predict');
  const explained = inputGradient(ops, layers, x);
  graph.after(explained.pds, [], 'pds');
  graph.after(explained.gradient, [], 'inputGradient');

  const labels = ops.placeholder('labels', 'float');
  const [rate, power1, power2, share] = ops.unpack(ops.placeholder('scalars', 'float'), 4);
  const { logits, gradient, statistics } = backpropagate(ops, layers, x, labels, share);
  graph.after(logits, [], 'logits');
  graph.after(gradient, [], 'gradient');

  const constants = [ADAM.beta1, ADAM.beta2, ADAM.epsilon].map(ops.scalar);
  const adam = [weights, ...moments, power1, power2, rate, ...constants, gradient];
  const moved = [graph.effect('ResourceApplyAdam', adam, T)];
  if (statistics.length > 0) {
    const kept = ops.multiply(ops.readVariable(moving), ops.scalar(BATCH_NORM_MOMENTUM));
    const added = ops.multiply(ops.concat(statistics), ops.scalar(1 - BATCH_NORM_MOMENTUM));
    moved.push(ops.assign(moving, ops.plus(kept, added)));
  }
  graph.after(logits, moved, 'train');

  graph.after(ops.concat([ops.readVariable(weights), ops.readVariable(moving)]), [], 'read');
  const [newWeights, newMoving] = ops.split(ops.placeholder('replacement', 'float'), [trainable, averages]);
  const replaced = [
    ops.assign(weights, newWeights),
    ops.assign(moving, newMoving),
    ...moments.map((moment) => ops.assign(moment, ops.zerosLike(newWeights))),
  ];
  graph.after(ops.scalar(0), replaced, 'write');
  return graph.toSavedModel();
}

/** The PD of each window in prediction, and its gradient by each of the window's own inputs. */
function inputGradient(ops: Operations, layers: GraphLayer[], x: Output) {
  let y = x;
  const passes = layers.map((layer) => {
    const pass = layer.explain?.(y) ?? trainedPass(layer, y);
    y = pass.y;
    return pass;
  });
  const pds = ops.sigmoid(ops.reshape(y, -1));
  const slope = ops.multiply(pds, ops.minus(ops.scalar(1), pds));
  let dy = ops.reshape(slope, -1, 1);
  for (const pass of passes.reverse()) dy = pass.backward(dy);
  return { pds, gradient: ops.reshape(dy, -1) };
}

function trainedPass(layer: GraphLayer, x: Output): ExplainingPass {
  const { y, backward } = layer.train(x);
  return { y, backward: (dy) => backward(dy, true).x as Output };
}

/** Logits, the gradient of their mean cross-entropy by all trainable weights, and what batch normalisation saw. */
function backpropagate(ops: Operations, layers: GraphLayer[], x: Output, labels: Output, share: Output) {
  let y = x;
  const passes = layers.map((layer) => {
    const pass = layer.train(y);
    y = pass.y;
    return pass;
  });
  const logits = ops.reshape(y, -1);
  const error = ops.multiply(ops.minus(ops.sigmoid(logits), labels), share);
  const gradients: Output[] = [];
  let dy = ops.reshape(error, -1, 1);
  for (let i = passes.length - 1; i >= 0; i--) {
    const { x: dx, weights } = passes[i].backward(dy, i > 0);
    gradients.unshift(...weights.map((gradient) => ops.reshape(gradient, -1)));
    dy = dx ?? dy;
  }
  return { logits, gradient: ops.concat(gradients), statistics: passes.flatMap((pass) => pass.statistics ?? []) };
}
