import type { Reason } from '../ipc/reasons.ts';
import type { Panel } from '../sequences/panel.ts';
import type { InputScale } from '../sequences/scaling.ts';
import type { Windows } from '../sequences/windows.ts';
import type { Explained } from './explain-model.ts';
import { reasonsOf, type ReasonContext, type ReasonInput } from './reasons.ts';

/**
 * The reasons for a PD in words. `panel` holds the customer alone, with all inputs of the portfolio; the first of
 * `windows` was explained. `scales`: what is typical of the inputs.
 */
export function windowReasons(
  explained: Explained,
  panel: Panel,
  windows: Windows,
  scales: readonly InputScale[],
  context: Omit<ReasonContext, 'lastStep' | 'window' | 'timeStep'>,
): Reason[] {
  return reasonsOf(reasonInputs(explained, panel, windows, scales), {
    ...context,
    lastStep: windows.step[0],
    window: windows.windowSteps,
    timeStep: panel.timeStep,
  });
}

function reasonInputs(
  { inputs, cells }: Explained,
  panel: Panel,
  { endRow: [endRow], windowSteps }: Windows,
  scales: readonly InputScale[],
): ReasonInput[] {
  const width = panel.features.length;
  return inputs.map(({ name, kind }, i) => {
    const scale = scales.find((one) => one.name === name && one.kind === kind);
    const column = (kind === 'static' ? panel.staticFeatures : panel.features).findIndex((one) => one.name === name);
    const values =
      kind === 'static'
        ? [panel.statics[column]]
        : Array.from({ length: endRow + 1 }, (_, row) => panel.values[row * width + column]);
    return {
      feature: name,
      contributions: Array.from({ length: windowSteps }, (_, step) => cells[step * inputs.length + i]),
      values: scale?.fill === 'zero' ? values.map((value) => (Number.isNaN(value) ? 0 : value)) : values,
      isStatic: kind === 'static',
      typical: scale ?? { mean: 0, standardDeviation: 0 },
    };
  });
}
