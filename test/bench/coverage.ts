import { table } from '../../src-main/cli/table.ts';
import { percent } from '../../src-main/cli/words.ts';
import { RESAMPLED } from '../../src-main/evaluation/weighted-metrics.ts';
import { measureCoverage, type Coverage } from '../evaluation/coverage.ts';
import type { Population } from '../evaluation/known-population.ts';
import { countOf, type Benchmark } from './benchmark.ts';

interface Setting {
  name: string;
  population: Population;
  customers: number;
}

const SETTINGS: readonly Setting[] = [
  { name: 'an outcome a row', population: { oneFlag: false, intercept: -1.5, mostRows: 8 }, customers: 200 },
  { name: 'one flag a customer', population: { oneFlag: true, intercept: -1.5, mostRows: 8 }, customers: 200 },
  { name: 'one flag, 800', population: { oneFlag: true, intercept: -1.5, mostRows: 8 }, customers: 800 },
  { name: 'one row a customer', population: { oneFlag: true, intercept: -2.5, mostRows: 1 }, customers: 1_000 },
];

/** Whether the intervals of a comparison hold the truth as often as they say. */
export const coverage: Benchmark = {
  about: 'how often the 95% intervals of a comparison hold the true value, over many data sets of a known population',
  options: { samples: { value: '1000', about: 'data sets of each kind' } },
  async run(given, say) {
    const samples = countOf(given, 'samples', 1_000);
    const found: (Setting & Coverage)[] = [];
    for (const [number, setting] of SETTINGS.entries()) {
      const progress = (done: number) => {
        if (done % 100 === 0) say(`${setting.name}: ${done} of ${samples} data sets`);
      };
      const { population, customers } = setting;
      const measured = await measureCoverage({
        population,
        customers,
        samples,
        truthCustomers: 400_000,
        seed: 1_000_000 * (number + 1),
        progress,
      });
      found.push({ ...setting, ...measured });
    }
    const share = (value: number | null) => (value === null ? 'n/a' : percent(value));
    const rows = RESAMPLED.map((name) => [
      name,
      ...found.flatMap(({ metrics, differences }) => [share(metrics[name]), share(differences[name])]),
    ]);
    const header = ['', ...found.flatMap(({ name }) => [name, 'difference'])];
    const text = [
      `Share of ${samples} data sets whose interval held the true value; by chance ±${(196 * Math.sqrt((0.95 * 0.05) / samples)).toFixed(1)} points around 95%.`,
      table(
        header,
        rows,
        header.map((_, column) => column > 0),
      ),
    ].join('\n');
    return { text, document: { samples, settings: found } };
  },
};
