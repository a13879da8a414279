import type { Extent } from '../../architecture.ts';
import { attribute, type Output } from '../graph.ts';
import { T, type Operations } from '../operations.ts';
import type { GraphLayer } from './layer.ts';

/** What BlockLSTM gives, each [steps, batch, units]: gates i, f, o, ci; cell states, before and after tanh; h. */
const OUTPUTS = ['i', 'cs', 'f', 'o', 'ci', 'co', 'h'] as const;
type Trace<V> = Record<(typeof OUTPUTS)[number], V>;

const named = <V>(values: readonly V[]) => Object.fromEntries(OUTPUTS.map((name, i) => [name, values[i]])) as Trace<V>;

/**
 * `kernel` holds the input's rows, then the recurrent ones; gates lie in the order i, c, f, o.
 *
 * Backward, only what one step hands to the one before is computed step by step. BlockLSTMGrad would also multiply for
 * the weights' gradient in every step and takes half as long again as this with one product for all steps.
 */
export function lstm(
  ops: Operations,
  { steps, width }: Extent,
  units: number,
  returnSequences: boolean,
  [kernel, bias]: Output[],
): GraphLayer {
  const none = ops.zeros(units);
  const peepholes = [none, none, none];

  function forward(x: Output) {
    const zeroState = ops.zeroState(x, units);
    const inputs = [ops.long(steps), x, zeroState, zeroState, kernel, ...peepholes, bias];
    const clip = { forget_bias: attribute.real(0), cell_clip: attribute.real(-1) };
    return { zeroState, trace: named(ops.add('BlockLSTM', inputs, { ...T, ...clip }, OUTPUTS.length)) };
  }
  const last = (h: Output) => ops.reshape(ops.steps(h, steps - 1, 1), -1, units);

  /** Gradients of the gates' sums, [steps, batch, 4 · units]. */
  function gateGradients(x: Output, zeroState: Output, trace: Trace<Output>, recurrent: Output, dy: Output): Output {
    const xs = ops.unpack(x, steps);
    const all = named(OUTPUTS.map((name) => ops.unpack(trace[name], steps)));
    const dys = returnSequences ? ops.unpack(dy, steps) : null;
    const gates = new Array<Output>(steps);
    let dh: Output | null = null;
    let dcs = zeroState;
    for (let t = steps - 1; t >= 0; t--) {
      const own: Output = dys === null ? dy : dys[t];
      if (dh === null) dh = own;
      else if (dys !== null) dh = ops.plus(dh, own);
      const { i, cs, f, o, ci, co } = named(OUTPUTS.map((name) => all[name][t]));
      const before = t > 0 ? [all.cs[t - 1], all.h[t - 1]] : [zeroState, zeroState];
      const inputs = [xs[t], ...before, kernel, ...peepholes, bias, i, cs, f, o, ci, co, dcs, dh];
      [dcs, gates[t]] = ops.add('LSTMBlockCellGrad', inputs, { ...T, use_peephole: attribute.flag(false) }, 2);
      dh = ops.matMulTransposed(gates[t], recurrent);
    }
    return ops.pack(gates);
  }

  return {
    predict(x) {
      const { h } = forward(x).trace;
      return returnSequences ? h : last(h);
    },
    train(x) {
      const { zeroState, trace } = forward(x);
      return {
        y: returnSequences ? trace.h : last(trace.h),
        backward(dy, inputNeeded) {
          const [fromInput, recurrent] = ops.split(kernel, [width, units]);
          const byStep = gateGradients(x, zeroState, trace, recurrent, dy);
          const gates = ops.reshape(byStep, -1, 4 * units);
          // The first step starts from zeros.
          const later = ops.reshape(ops.steps(byStep, 1, steps - 1), -1, 4 * units);
          const before = ops.reshape(ops.steps(trace.h, 0, steps - 1), -1, units);
          const ofInput = ops.transposedMatMul(ops.reshape(x, -1, width), gates);
          return {
            x: inputNeeded ? ops.reshape(ops.matMulTransposed(gates, fromInput), steps, -1, width) : null,
            weights: [ops.concat([ofInput, ops.transposedMatMul(before, later)]), ops.biasGradient(gates)],
          };
        },
      };
    },
  };
}
