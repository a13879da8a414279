/**
 * Imports the exports of the zoo whose names hold a word (all without one) and prints a table of what came of it.
 *
 *   node test/importing/exports-report.ts [WORD] [--failing] [--all-differences]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAnswer, differences, zooExports } from './expected-reading.ts';
import { inPortfolio, outcomeOf } from './import-export.ts';

const words = process.argv.slice(2);
const exports = zooExports(words.find((word) => !word.startsWith('--')) ?? '');
const width = Math.max(...exports.map(({ name }) => name.length));
const folder = mkdtempSync(join(tmpdir(), 'duecast-zoo-'));
let passed = 0;

await inPortfolio(folder, async (shared) => {
  for (const { name, file, expected } of exports) {
    const found = differences(expected, await outcomeOf(folder, shared, file, expected));
    if (expected.then !== undefined) {
      const answered = afterAnswer(expected);
      const after = differences(answered, await outcomeOf(folder, shared, file, answered));
      found.push(...after.map((difference) => `with ${answered.settings?.join(' ')}: ${difference}`));
    }
    if (found.length === 0) passed++;
    if (found.length === 0 && words.includes('--failing')) continue;
    const shown = words.includes('--all-differences') ? found.join(`\n${' '.repeat(width + 8)}`) : (found[0] ?? '');
    console.log(`${name.padEnd(width)}  ${found.length === 0 ? 'pass' : 'FAIL'}  ${shown}`);
  }
});
rmSync(folder, { recursive: true, force: true });
console.log(`${passed} of ${exports.length} exports are read as expected`);
