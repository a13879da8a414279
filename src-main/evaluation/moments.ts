/** Of the draws that are numbers. */
export function meanOf(draws: Float64Array): number {
  let [sum, count] = [0, 0];
  for (const draw of draws) {
    if (Number.isNaN(draw)) continue;
    sum += draw;
    count++;
  }
  return sum / count;
}

/** Their standard deviation. */
export function deviation(draws: Float64Array): number {
  const mean = meanOf(draws);
  let [squares, count] = [0, 0];
  for (const draw of draws) {
    if (Number.isNaN(draw)) continue;
    squares += (draw - mean) ** 2;
    count++;
  }
  return Math.sqrt(squares / (count - 1));
}
