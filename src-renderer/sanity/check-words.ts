import type { InputCheck, SanityCheck } from '../../src-main/ipc/sanity.ts';
import { counted } from '../ui/format.ts';

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

const ORDER: readonly SanityCheck['mark'][] = ['look', 'fine', 'not-made'];

/** What should be looked at first, what could not be checked last. */
export const inOrder = (checks: readonly SanityCheck[]): SanityCheck[] =>
  ORDER.flatMap((mark) => checks.filter((check) => check.mark === mark));

/** How many checks passed, want a look, or could not be made. */
export function countLooks(checks: readonly SanityCheck[]): string {
  const countOf = (wanted: SanityCheck['mark']) => checks.filter(({ mark }) => mark === wanted).length;
  const [looks, notMade] = [countOf('look'), countOf('not-made')];
  const left = notMade === 0 ? '' : `, ${notMade} could not be made`;
  if (looks > 0) return `${looks} of ${checks.length} checks to look at${left}`;
  return notMade === 0 ? `all ${checks.length} checks passed` : `${counted(countOf('fine'), 'check')} passed${left}`;
}
