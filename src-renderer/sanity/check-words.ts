import type { InputCheck, SanityCheck } from '../../src-main/ipc/sanity.ts';

type Measure = InputCheck['measures'][number];

/** What of an input is meant: “mean of the window”. */
export const MEASURE_WORDS: Record<Measure['measure'], string> = {
  value: 'value',
  last: 'last value',
  mean: 'mean of the window',
  slope: 'slope over the window',
  max: 'highest in the window',
  change: 'change within the window',
  'missing at the end': 'empty at the end',
  'missing in the window': 'empty cells in the window',
  missing: 'empty',
};

export const directionOf = ({ higherIsRiskier }: Pick<Measure, 'higherIsRiskier'>) =>
  higherIsRiskier ? 'higher is riskier' : 'lower is riskier';

/** How many checks want a look, of how many. */
export function countLooks(checks: readonly SanityCheck[]): string {
  const looks = checks.filter(({ mark }) => mark === 'look').length;
  return looks === 0 ? `all ${checks.length} checks passed` : `${looks} of ${checks.length} checks to look at`;
}
