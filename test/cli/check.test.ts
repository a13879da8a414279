import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { ScoreDocument, TrainDocument } from '../../src-main/ipc/documents.ts';
import type { SanityDocument } from '../../src-main/ipc/sanity.ts';
import { duecastJson, runDuecast } from './run-duecast.ts';

describe('check from the command line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'duecast-check-'));
  const at = ['--portfolio', join(folder, 'sample.duecast')];
  after(() => rmSync(folder, { recursive: true, force: true }));

  before(async () => {
    const sample = join(folder, 'sample.csv');
    for (const words of [
      ['generate', '--out', sample, '--customers', '100', '--days', '60', '--seed', '3'],
      ['import', sample, ...at],
    ]) {
      const { code, stderr } = await runDuecast(words);
      assert.equal(code, 0, stderr);
    }
  });

  test('before anything was trained, the training that would be proposed', async () => {
    const { code, document } = await duecastJson<SanityDocument>(['check', ...at]);
    assert.equal(code, 0);
    assert.deepEqual(
      [document.experimentId, document.settings.labelRule, document.settings.window],
      [null, 'constant', 30],
    );
    assert.deepEqual([document.calendar, document.shuffled], [null, null]);
    const asked = await duecastJson<SanityDocument>(['check', ...at, '--window', '10', '--label-rule', 'last-window']);
    assert.deepEqual([asked.document.settings.window, asked.document.settings.labelRule], [10, 'last-window']);
  });

  test('a training without some inputs, its check, and scores by it', async () => {
    const without = ['--without', 'failed_autodebits,salary_amount'];
    const train = ['train', ...at, '--models', 'logistic,lightgbm'];
    const { code, document } = await duecastJson<TrainDocument>([...train, ...without]);
    assert.equal(code, 0);
    assert.deepEqual(document.settings.without, ['failed_autodebits', 'salary_amount']);
    const logistic = document.models.find(({ kind }) => kind === 'logistic')!;
    // Eight features are left, and the recipe's own aggregates need all ten: five aggregates each and the intercept.
    assert.equal(logistic.parameters, 8 * 5 + 1);

    const check = await duecastJson<SanityDocument>([
      'check',
      ...at,
      '--shuffled',
      '--times',
      '2',
      '--models',
      'logistic',
    ]);
    const { experimentId, settings, calendar, inputs, checks, shuffled } = check.document;
    assert.deepEqual([experimentId, settings.without], ['1', ['failed_autodebits', 'salary_amount']]);
    assert.deepEqual(
      inputs
        .filter(({ used, kind }) => !used && kind === 'history')
        .map(({ input }) => input)
        .sort(),
      ['failed_autodebits', 'salary_amount'],
    );
    assert.deepEqual(
      calendar?.models.map(({ kind, pooled }) => [kind, pooled]),
      document.models.map(({ kind, validation }) => [kind, validation.auc]),
    );
    assert.ok(checks.some(({ key }) => key === 'shuffled'));
    assert.deepEqual([shuffled?.times, shuffled?.models.length], [2, 1]);

    const scored = await duecastJson<ScoreDocument>(['score', ...at]);
    assert.equal(scored.document.customers, 100);

    const text = await runDuecast(['check', ...at]);
    assert.match(
      text.stdout,
      /▲ One flag labels all windows[^]*✓ No customer stands on both sides[^]*who is where[^]*all steps pooled/,
    );
    const { testUses } = (await duecastJson<TrainDocument>([...train, '--seed', '2'])).document;
    assert.equal(testUses, 2, 'one look a training: checking is none');
  });

  test('says what can’t be left out', async () => {
    const unknown = await runDuecast(['train', ...at, '--without', 'shoe_size']);
    assert.equal(unknown.code, 2);
    assert.match(unknown.stderr, /No model reads “shoe_size”.*The inputs are salary_amount/);
  });
});
