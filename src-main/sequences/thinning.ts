/**
 * Indices of at most `most` values that draw the same line: of each run of equally many values the first, the least,
 * the greatest and the last, ascending. After Jugel et al., “M4: A Visualization-Oriented Time Series Data
 * Aggregation”, PVLDB 7 (2014): gaps and peaks of a single step stay.
 */
export function thin(values: ArrayLike<number>, most: number): number[] {
  if (values.length <= most) return Array.from({ length: values.length }, (_, index) => index);
  const runs = Math.max(1, Math.floor(most / 4));
  const kept: number[] = [];
  for (let run = 0; run < runs; run++) {
    const start = Math.floor((run * values.length) / runs);
    const end = Math.floor(((run + 1) * values.length) / runs);
    let [least, greatest] = [start, start];
    for (let i = start; i < end; i++) {
      if (values[i] < values[least]) least = i;
      if (values[i] > values[greatest]) greatest = i;
    }
    kept.push(...[...new Set([start, least, greatest, end - 1])].sort((a, b) => a - b));
  }
  return kept;
}
