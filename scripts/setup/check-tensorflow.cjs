/**
 * Run on Node 24, as a process of its own since a library that doesn't fit may crash it: loads native TensorFlow and
 * computes one LSTM step with the kernel that training rests on. Prints the version.
 * Usage: node check-tensorflow.cjs <clone>
 */
const { createRequire } = require('node:module');
const { join } = require('node:path');
const util = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (require('node:util')));

process.env['TF_CPP_MIN_LOG_LEVEL'] = '2';
// tfjs-node 4.22 calls two functions that Node 23 removed.
util['isNullOrUndefined'] ??= (/** @type {unknown} */ value) => value === null || value === undefined;
util['isArray'] ??= Array.isArray;

const requireFromClone = createRequire(join(process.argv[2] ?? '.', 'package.json'));
const binding = requireFromClone('@tensorflow/tfjs-node').backend().binding;

/** @param {number[]} shape @param {number} value */
const filled = (shape, value) =>
  binding.createTensor(shape, binding.TF_FLOAT, new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(value));

const steps = binding.createTensor([], binding.TF_INT64, new Int32Array([1, 0]));
const state = filled([1, 1], 0);
const peephole = filled([1], 0);
const outputs = binding.executeOp(
  'BlockLSTMV2',
  [
    { name: 'cell_clip', type: binding.TF_ATTR_FLOAT, value: 0 },
    { name: 'use_peephole', type: binding.TF_ATTR_BOOL, value: false },
    { name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
  ],
  [steps, filled([1, 1, 1], 1), state, state, filled([2, 4], 0), peephole, peephole, peephole, filled([4], 1)],
  7,
);
const gate = 1 / (1 + Math.exp(-1));
const expected = gate * Math.tanh(gate * Math.tanh(1));
const [found] = binding.tensorDataSync(outputs[6].id);
if (!(Math.abs(found - expected) < 1e-6)) throw new Error(`BlockLSTMV2 gave ${found}, not ${expected}`);
process.stdout.write(`${binding.TF_Version}\n`);
