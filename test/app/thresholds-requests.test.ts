import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { CompareDocument } from '../../src-main/ipc/documents.ts';
import type { ThresholdsDocument, ThresholdsRequest } from '../../src-main/ipc/thresholds.ts';
import { runDuecast } from '../cli/run-duecast.ts';
import { windowlessSession, type WindowlessSession } from './windowless-session.ts';

const request: ThresholdsRequest = {
  experimentId: '1',
  part: 'test',
  rule: { kind: 'budget', share: 0.1 },
  unit: 'customers',
  costs: null,
};

describe('thresholds in the app', () => {
  let session: WindowlessSession;
  let portfolio: string;
  const looks = async () => (await session.call('portfolio', {})).open!.testUses;

  before(async () => {
    session = windowlessSession();
    const csv = join(session.folder, 'sample.csv');
    portfolio = join(session.folder, 'sample.duecast');
    for (const words of [
      ['generate', '--out', csv, '--customers', '120', '--days', '150', '--seed', '3', '--dates'],
      ['import', csv, '--portfolio', portfolio],
      ['train', '--portfolio', portfolio, '--window', '10', '--horizon', '7', '--models', 'lightgbm,logistic'],
    ]) {
      const { code, stderr } = await runDuecast(words);
      assert.equal(code, 0, stderr);
    }
    await session.call('openPortfolio', { path: portfolio });
  });
  after(() => session.end());

  test('are not shown before a comparison was made: they would be a look that nobody counts', async () => {
    await assert.rejects(session.call('thresholds', request), { code: 'not-allowed' });
  });

  test('are fitted on validation and judged on every part of a comparison, which is no further look', async () => {
    const document = await session.done('comparison', session.call('startComparison', { experimentId: '1' }));
    const before = await looks();
    for (const part of ['test', 'outOfTime'] as const) {
      const rows = part === 'test' ? document.rows : document.outOfTime!.rows;
      const byWindow = await session.call('thresholds', { ...request, part, unit: 'windows' });
      assert.equal(byWindow.judged.counted, rows.windows);
      const byCustomer = await session.call('thresholds', { ...request, part });
      assert.deepEqual([byCustomer.judged.counted, byCustomer.judged.events], [rows.customers, rows.events]);
      assert.deepEqual(
        byCustomer.models.map(({ id }) => id),
        document.models.map(({ id }) => id),
      );
      for (const model of byCustomer.models) assert.ok(model.validation.alertRate <= 0.1);
    }
    assert.equal(await looks(), before);
  });

  test('take the portfolio’s costs: assumed ones until the analyst sets them', async () => {
    const assumed = await session.call('thresholds', { ...request, rule: { kind: 'cost' } });
    assert.deepEqual(assumed.costs, { missed: 1_000, falseAlert: 50, assumed: true });
    assert.ok(assumed.notes.some((note) => /assumptions/.test(note)));
    await session.call('setAlertCosts', { missed: 9_000, falseAlert: 10 });
    const own = await session.call('thresholds', { ...request, rule: { kind: 'cost' } });
    assert.deepEqual(own.costs, { missed: 9_000, falseAlert: 10, assumed: false });
    assert.ok(own.notes.every((note) => !/assumptions/.test(note)));
    const others = { missed: 1, falseAlert: 1 };
    const tried = await session.call('thresholds', { ...request, costs: others });
    assert.deepEqual(tried.costs, { ...others, assumed: false });
    await assert.rejects(session.call('setAlertCosts', { missed: 0, falseAlert: 0 }), { code: 'usage' });
    const { entries } = await session.call('auditLog', {});
    assert.equal(entries[0].words, 'A missed default costs 9,000, a false alert 10');
  });

  test('a request out of range is refused at the boundary', async () => {
    for (const rule of [{ kind: 'budget', share: 1.5 }, { kind: 'hand', threshold: -1 }, { kind: 'mood' }]) {
      const broken = { ...request, rule } as unknown as ThresholdsRequest;
      await assert.rejects(session.call('thresholds', broken), { code: 'usage' });
    }
  });

  test('the command line prints the same', async () => {
    const here = await session.call('thresholds', { ...request, rule: { kind: 'f1' } });
    await session.call('closePortfolio', {});
    const words = ['compare', '--portfolio', portfolio, '--threshold', 'f1'];
    const { code, stdout, stderr } = await runDuecast([...words, '--json']);
    assert.equal(code, 0, stderr);
    const { thresholds } = JSON.parse(stdout) as CompareDocument & { thresholds: ThresholdsDocument };
    const { curves: _, ...document } = here;
    assert.deepEqual(thresholds, JSON.parse(JSON.stringify(document)));
    const text = await runDuecast([...words, '--cost-missed', '5000', '--cost-false', '20', '--count', 'windows']);
    assert.match(text.stdout, /Alerts at the best F1, on [\d,]+ windows/);
    assert.match(text.stdout, /A missed default costs 5,000, a false alert 20\./);
    assert.match(text.stdout, /cost per 1,000 windows/);
  });

  test('options that say nothing, or too little, are wrong usage', async () => {
    for (const words of [
      ['--threshold', 'best'],
      ['--cost-missed', '5'],
      ['--threshold', 'f1', '--cost-false', '5'],
    ]) {
      assert.equal((await runDuecast(['compare', '--portfolio', portfolio, ...words])).code, 2, words.join(' '));
    }
  });
});
