const STEPS = 3;

/**
 * Ends of a y axis on round numbers for all values, so that it stands still while the x axis moves. It begins at zero
 * where that costs little height. NaN is left out.
 */
export function niceAxis(values: ArrayLike<number>): { min: number; max: number; stepSize: number } {
  let least = Infinity;
  let most = -Infinity;
  for (let i = 0; i < values.length; i++) {
    if (values[i] < least) least = values[i];
    if (values[i] > most) most = values[i];
  }
  if (least > most) return { min: 0, max: 1, stepSize: 1 };
  if (least >= 0 && least <= most / 2) least = 0;
  if (most <= 0 && most >= least / 2) most = 0;
  if (least === most) most = least + (least === 0 ? 1 : Math.abs(least) / 10);
  const stepSize = niceStep((most - least) / STEPS);
  return {
    min: Math.floor(least / stepSize) * stepSize,
    max: Math.ceil(most / stepSize) * stepSize,
    stepSize,
  };
}

/** The 1, 2, 2.5 or 5 times a power of ten that is not below. */
function niceStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  return ([1, 2, 2.5, 5].find((nice) => nice * power >= step * (1 - 1e-9)) ?? 10) * power;
}
