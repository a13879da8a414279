import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import type { EvaluateDocument } from '../../src-main/ipc/evaluation.ts';
import { duecastJson, runDuecast } from './run-duecast.ts';

const FILE = fileURLToPath(new URL('../fixtures/published-scores/asah.csv', import.meta.url));

test('evaluate prints a table, and with --json one document', async () => {
  const words = ['evaluate', FILE, '--label', 'outcome', '--positive', 'Poor', '--scores', 'wfns,s100b'];
  const { code, stdout } = await runDuecast(words);
  assert.equal(code, 0);
  assert.match(stdout, /113 rows, 41 with outcome Poor \(36\.3%\)/);
  assert.match(stdout, / wfns +s100b$/m);
  assert.match(stdout, /^AUC .* {2}0\.731 \[0\.630, 0\.833\]$/m);
  assert.match(stdout, /^KS .* {2}0\.440 \[0\.\d{3}, 0\.\d{3}\]$/m);
  assert.match(stdout, /wfns − s100b .*\+2\.21 +\.027/);
  const { document } = await duecastJson<EvaluateDocument>(words);
  assert.deepEqual([document.n, document.events, document.scores], [113, 41, ['wfns', 's100b']]);
  const keys = ['auc', 'aucVariance', 'aucLow', 'aucHigh', 'gini', 'ks', 'prAuc', 'brier', 'logLoss', 'hMeasure'];
  for (const key of keys) assert.ok(key in document.models['wfns'], key);
});

test('evaluate ends with 2 for a column that is not there, and 3 for a file that cannot be judged', async () => {
  const ask = (positive: string, scores: string) =>
    duecastJson<{ error: { code: string } }>([
      'evaluate',
      FILE,
      '--label',
      'outcome',
      '--positive',
      positive,
      '--scores',
      scores,
    ]);
  const usage = await ask('Poor', 'x');
  assert.deepEqual([usage.code, usage.document.error.code], [2, 'usage']);
  const refused = await ask('Dead', 'wfns');
  assert.deepEqual([refused.code, refused.document.error.code], [3, 'data-refused']);
});
