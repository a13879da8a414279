import { table } from '../../src-main/cli/table.ts';
import { DuecastError } from '../../src-main/ipc/errors.ts';
import { measureAlertCoverage } from '../evaluation/alert-coverage.ts';
import type { Covered, SampledDesign } from '../evaluation/coverage-counts.ts';
import { measureCoverage } from '../evaluation/coverage.ts';
import { measureEarlyCoverage } from '../evaluation/early-coverage.ts';
import { countOf, type Benchmark } from './benchmark.ts';

/** What a 95% interval has to hold the truth between. */
const [LEAST, MOST] = [0.93, 0.97];

type Drawn = Pick<SampledDesign, 'samples' | 'seed' | 'progress'>;

interface Design {
  about: string;
  measure(drawn: Drawn): Promise<Covered[]>;
}

const metrics =
  (customers: number, population: Parameters<typeof measureCoverage>[0]['population']) => async (drawn: Drawn) =>
    (await measureCoverage({ ...drawn, population, customers, truthCustomers: 400_000 })).covered;

export const DESIGNS: Record<string, Design> = {
  rows: {
    about: '200 customers with 1 to 8 rows, an outcome a row, 22% events',
    measure: metrics(200, { oneFlag: false, intercept: -1.5, mostRows: 8 }),
  },
  flag: {
    about: '300 customers with 1 to 4 rows, one flag each, 22% events; two models that are equally good',
    measure: metrics(300, { oneFlag: true, intercept: -1.5, mostRows: 4, other: 'equal' }),
  },
  single: {
    about: '1,000 customers with a row each, 10% events',
    measure: metrics(1_000, { oneFlag: true, intercept: -2.5, mostRows: 1 }),
  },
  rare: {
    about: '1,500 customers with a row each, 3% events; two models that are equally good',
    measure: metrics(1_500, { oneFlag: true, intercept: -4, mostRows: 1, other: 'equal' }),
  },
  weak: {
    about: '300 customers with a row each, 30% events, models of AUC .65 and .61',
    measure: metrics(300, { oneFlag: true, intercept: -0.9, mostRows: 1, spread: 0.75 }),
  },
  good: {
    about: '400 customers with 1 or 2 rows, one flag each, 16% events, models of AUC .90 and .87',
    measure: metrics(400, { oneFlag: true, intercept: -3, mostRows: 2, spread: 2.5 }),
  },
  early: {
    about: 'early detection, 300 customers, 15% with an event',
    measure: (drawn) =>
      measureEarlyCoverage({
        ...drawn,
        population: { events: 0.15, rise: 2 },
        budget: 3,
        customers: 300,
        truthCustomers: 60_000,
      }),
  },
  alerts: {
    about: 'alerts from a PD on, by windows: 300 customers with 1 to 4 rows, one flag each, 22% events',
    measure: (drawn) =>
      measureAlertCoverage({
        ...drawn,
        population: { oneFlag: true, intercept: -1.5, mostRows: 4 },
        unit: 'windows',
        pd: 0.35,
        customers: 300,
        truthCustomers: 400_000,
      }),
  },
};

export const seedOf = (name: string) => 1_000_000 * (1 + Object.keys(DESIGNS).indexOf(name));

/** Whether the intervals that are shown hold the truth as often as they say. */
export const coverage: Benchmark = {
  about: 'how often 95% intervals hold the true value, over many data sets of known populations',
  options: {
    samples: { value: '1000', about: 'data sets of each design' },
    designs: { value: Object.keys(DESIGNS).join(','), about: 'which ones' },
  },
  async run(given, say) {
    const samples = countOf(given, 'samples', 1_000);
    const names = given.text('designs')?.split(',') ?? Object.keys(DESIGNS);
    const unknown = names.find((name) => !Object.hasOwn(DESIGNS, name));
    if (unknown !== undefined)
      throw new DuecastError('usage', `There is no design “${unknown}”, only ${Object.keys(DESIGNS).join(', ')}.`);
    const found: { name: string; covered: Covered[] }[] = [];
    for (const name of names) {
      const progress = (done: number) => {
        if (done % 100 === 0) say(`${name}: ${done} of ${samples} data sets`);
      };
      found.push({ name, covered: await DESIGNS[name].measure({ samples, seed: seedOf(name), progress }) });
    }
    return { text: textOf(found, samples), document: { samples, designs: found } };
  },
};

export function textOf(found: readonly { name: string; covered: Covered[] }[], samples: number): string {
  const lines = found.flatMap(({ name, covered }) => covered.map((of) => ({ name, of })));
  const sharesOf = ({ sharper, other, difference }: Covered) => [sharper, other, difference];
  const judged = lines.flatMap(({ of }) => sharesOf(of).filter((share) => share !== null));
  const within = judged.filter((share) => verdictOn(share) === 'holds');
  const rows = lines.map(({ name, of }) => [
    name,
    of.figure,
    ...sharesOf(of).map((share) => (share === null ? '' : (100 * share).toFixed(1))),
    verdict(sharesOf(of)),
  ]);
  const verdictLine =
    within.length === judged.length
      ? `PASS: all ${judged.length} lie within ${100 * LEAST} to ${100 * MOST}%.`
      : `FAIL: ${within.length} of ${judged.length} lie within ${100 * LEAST} to ${100 * MOST}%, ` +
        `${judged.filter((share) => verdictOn(share) === 'too seldom').length} below, ` +
        `${judged.filter((share) => verdictOn(share) === 'too often').length} above.`;
  return [
    `Of ${samples} data sets each, the percentage whose 95% interval held the true value: of two models and of their ` +
      `difference. The simulation itself is good to ±${(100 * Math.sqrt((0.95 * 0.05) / samples)).toFixed(1)} (one standard error).`,
    ...found.map(({ name }) => `${name}: ${DESIGNS[name].about}`),
    '',
    table(['design', 'figure', 'sharper', 'other', 'difference', ''], rows, [false, false, true, true, true, false]),
    '',
    verdictLine,
  ].join('\n');
}

type Verdict = 'holds' | 'too seldom' | 'too often';

const verdictOn = (share: number): Verdict => (share < LEAST ? 'too seldom' : share > MOST ? 'too often' : 'holds');

/** The worst of them: too seldom misleads, too often is only wide. */
function verdict(shares: readonly (number | null)[]): Verdict | '' {
  const verdicts = shares.flatMap((share) => (share === null ? [] : [verdictOn(share)]));
  if (verdicts.length === 0) return '';
  return verdicts.includes('too seldom') ? 'too seldom' : verdicts.includes('too often') ? 'too often' : 'holds';
}
