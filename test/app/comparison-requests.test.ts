import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { JobNews } from '../../src-main/ipc/contract.ts';
import type { CompareDocument } from '../../src-main/ipc/documents.ts';
import { runDuecast } from '../cli/run-duecast.ts';
import { windowlessSession, type WindowlessSession } from './windowless-session.ts';

describe('comparing models in the app', () => {
  let session: WindowlessSession;
  const looks = async () => (await session.call('portfolio', {})).open!.testUses;

  before(async () => {
    session = windowlessSession();
    const csv = join(session.folder, 'sample.csv');
    const portfolio = join(session.folder, 'sample.duecast');
    const size = ['--customers', '120', '--days', '150', '--seed', '3'];
    const settings = ['--window', '10', '--horizon', '7', '--epochs', '1', '--models', 'lightgbm,logistic'];
    for (const words of [
      ['generate', '--out', csv, ...size, '--dates'],
      ['import', csv, '--portfolio', portfolio],
      ['train', '--portfolio', portfolio, ...settings],
    ]) {
      const { code, stderr } = await runDuecast(words);
      assert.equal(code, 0, stderr);
    }
    await session.call('openPortfolio', { path: portfolio });
  });
  after(() => session.end());

  test('before a comparison there is none, and no curves', async () => {
    assert.equal(await looks(), 1, 'the training itself');
    assert.deepEqual(await session.call('storedComparison', { experimentId: null }), { comparison: null });
    await assert.rejects(session.call('comparisonCurves', { experimentId: '1', part: 'test' }), {
      code: 'not-allowed',
    });
    await assert.rejects(session.call('storedComparison', { experimentId: '9' }), { code: 'not-found' });
    assert.equal(await looks(), 1);
  });

  test('cancelled on its way, it leaves nothing and has looked at nothing', async () => {
    const job = await session.call('startComparison', { experimentId: null });
    await session.progressed(job, ({ phase }) => phase === 'resampling');
    await session.call('cancelJob', job);
    await assert.rejects(session.done('comparison', job), { code: 'cancelled' });
    assert.deepEqual(await session.call('storedComparison', { experimentId: null }), { comparison: null });
    assert.equal(await looks(), 1);
  });

  let document: CompareDocument;
  test('computed, it is kept and counted, with progress on the way', async () => {
    const from = session.events.length;
    document = await session.done('comparison', session.call('startComparison', { experimentId: null }));
    assert.equal(document.testUses, 2);
    assert.equal(await looks(), 2);
    const heard = session.events.slice(from).map(({ payload }) => payload as JobNews);
    const progress = heard.flatMap((news) => (news.type === 'progress' ? [news.progress] : []));
    assert.ok(progress.some(({ phase, total }) => phase === 'resampling' && total === 2 * document.resamples));
    assert.equal(document.models.length, 2);
    assert.ok(document.outOfTime !== null && document.outOfTime.rows.windows > 0);
    assert.ok(document.aucByStep.every(({ date }) => date !== null));
  });

  test('shown again it is the same, and no further look', async () => {
    const { comparison } = await session.call('storedComparison', { experimentId: '1' });
    assert.deepEqual(comparison!.document, document);
    assert.deepEqual(await session.call('storedComparison', { experimentId: null }), { comparison });
    for (const part of ['test', 'outOfTime'] as const) {
      await session.call('comparisonCurves', { experimentId: '1', part });
    }
    assert.equal(await looks(), 2);
  });

  test('its curves say what its figures say', async () => {
    for (const part of ['test', 'outOfTime'] as const) {
      const judged = part === 'test' ? document : document.outOfTime!;
      const curves = await session.call('comparisonCurves', { experimentId: '1', part });
      assert.deepEqual([curves.experimentId, curves.part, curves.windows], ['1', part, judged.rows.windows]);
      assert.ok(Math.abs(curves.events / curves.windows - judged.rows.prevalence) < 1e-12);
      curves.models.forEach((model, m) => {
        const { id, kind, metrics } = judged.models[m];
        assert.deepEqual([model.id, model.kind], [id, kind]);
        const { falseAlarmRate: x, hitRate: y } = model.roc;
        let area = 0;
        for (let i = 1; i < x.length; i++) area += ((x[i] - x[i - 1]) * (y[i] + y[i - 1])) / 2;
        assert.ok(Math.abs(area - metrics.auc.value!) < 1e-3, `${kind}: ${area} for ${metrics.auc.value}`);
        assert.equal(model.atThreshold.events[0], curves.events);
        assert.equal(model.gains[100], 1);
        const binned = [...model.scores.events, ...model.scores.others].reduce((sum, count) => sum + count, 0);
        assert.equal(binned, curves.windows);
      });
    }
  });

  test('early detection is measured as the analyst sets it, and again so when compared anew', async () => {
    const asked = { budget: 5, leadFromDays: 60, leadToDays: 10 };
    await assert.rejects(
      session.call('startComparison', { experimentId: '1', earlyDetection: { ...asked, budget: 0 } }),
      { code: 'usage' },
    );
    const wrong = session.call('startComparison', { experimentId: '1', earlyDetection: { ...asked, leadToDays: 60 } });
    await assert.rejects(session.done('comparison', wrong), { code: 'usage' });
    assert.equal(await looks(), 2);
    for (const earlyDetection of [asked, undefined]) {
      const again = await session.done(
        'comparison',
        session.call('startComparison', { experimentId: '1', earlyDetection }),
      );
      const { budget, leadFromDays, leadToDays } = again.earlyDetection!.settings;
      assert.deepEqual({ budget, leadFromDays, leadToDays }, asked);
      assert.deepEqual(again.models, document.models, 'nothing else is touched');
    }
    assert.equal(await looks(), 4);
  });

  test('the command line makes the same document of it', async () => {
    const path = (await session.call('portfolio', {})).open!.path;
    await session.call('closePortfolio', {});
    const { code, stdout, stderr } = await runDuecast(['compare', '--portfolio', path, '--json']);
    assert.equal(code, 0, stderr);
    assert.deepEqual(JSON.parse(stdout), { ...document, testUses: 5 });
  });
});
