/**
 * Writes the windows of the undated sample for Keras:
 *
 *     node test/bench/export-windows.ts FOLDER [--seed 0] [--customers 1000] [--days 90]
 */
import { Arguments } from '../../src-main/cli/arguments.ts';
import { countOf } from './benchmark.ts';
import { makeWindows } from './keras/make-windows.ts';
import { runToEnd } from './run-to-end.ts';

await runToEnd(async () => {
  const words = new Arguments(process.argv.slice(2), {
    seed: { value: 'N', about: 'seed of the sample and of the split' },
    customers: { value: 'N', about: 'customers of the sample' },
    days: { value: 'N', about: 'days of the sample' },
  });
  const folder = words.only('folder');
  const size = { customers: countOf(words, 'customers', 1000), days: countOf(words, 'days', 90) };
  await makeWindows(folder, { ...size, seed: words.integer('seed') ?? 0 });
  console.log(`Windows are in ${folder}.`);
});
