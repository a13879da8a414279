import assert from 'node:assert/strict';
import { test } from 'node:test';
import { comparisonTables } from '../../src-main/cli/commands/comparison-tables.ts';
import { compareModels } from '../../src-main/evaluation/compare-models.ts';
import { judged } from '../comparison/judged.ts';

test('all figures stand in tables, with months and DeLong where they apply', async () => {
  const labels = Uint8Array.from({ length: 40 }, (_, i) => (i % 4 === 0 ? 1 : 0));
  const rows = {
    customers: Int32Array.from(labels, (_, i) => i),
    steps: Int32Array.from(labels, (_, i) => i % 2),
    labels,
  };
  const scored = (kind: 'lstm' | 'logistic', id: string, width: number) => ({
    id,
    kind,
    scores: Float32Array.from(labels, (label, i) => 0.2 + 0.3 * label + (width * ((7 * i) % 40)) / 100),
    training: { bounds: [0.3], counts: [5, 5] },
  });
  const document = await compareModels({
    experimentId: '1',
    rows,
    models: [scored('lstm', '1', 1), scored('logistic', '2', 1.2)],
    outOfTime: null,
    labelRule: 'event',
    dateOfStep: (step) => `2026-0${step + 1}-28`,
    resamples: 1_000,
    seed: 1,
    testUses: 1,
  });
  const text = comparisonTables(document).join('\n\n');
  assert.ok(!text.includes('NaN') && !text.includes('undefined'), text);
  for (const words of [
    /^H-measure +0\.\d{3} \[0\.\d{3}, [01]\.\d{3}\]/m,
    /^events in riskiest 10% /m,
    /^recall, 5% alerted /m,
    /^slope \(1 is right\) /m,
    /^ECE, 10 equal bins /m,
    /^PSI, from training +\d/m,
    /^LSTM − Logistic +[+−]0\.\d{3} \[.*\] +\S+ +[+−]0\.\d{3} \[.*\] +\S+$/m,
    /^DeLong \(one row a customer\)/m,
    /^2026-01 +20 +20 +10 +50\.0% +0\.\d{3}/m,
  ])
    assert.match(text, words);
});

test('of an earlier version’s document what it has', () => {
  const text = comparisonTables(judged({ lstm: 0.8, logistic: 0.7 })).join('\n');
  assert.match(text, /^AUC +0\.800/m);
  assert.doesNotMatch(text, /H-measure|ECE|DeLong|month/);
});
