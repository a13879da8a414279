import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { windowlessSession } from './windowless-session.ts';

test('a report is previewed and saved once its models were compared, and looking again is no look', async (t) => {
  const session = windowlessSession(t);
  const { call } = session;
  await session.done('sample', call('startSample', { customers: 120, days: 60, seed: 7 }));
  const preview = () => call('reportPreview', { experimentId: '1', author: 'A. Nalyst' });
  await assert.rejects(preview(), { code: 'not-found' });
  await assert.rejects(async () => call('showReport', {}), { code: 'not-found' });
  const choice = { window: 10, horizon: 7, gap: null, labelRule: null, splitSeed: null, epochs: 1, batch: 32, seed: 1 };
  await session.done('training', call('startTraining', { ...choice, models: ['logistic'] }));
  await assert.rejects(preview(), { code: 'not-allowed' });

  const file = join(session.folder, 'report.html');
  const order = { experimentId: '1', format: 'html', author: 'A. Nalyst' } as const;
  assert.deepEqual(await call('startReport', order), { jobId: null });
  session.answers.saveFile = file;
  await assert.rejects(session.done('report', call('startReport', order)), { code: 'not-allowed' });
  assert.ok(!readdirSync(session.folder).includes('report.html'));

  await session.done('comparison', call('startComparison', { experimentId: null }));
  const { html } = await preview();
  assert.match(html, /A\. Nalyst/);
  const other = await call('reportPreview', { experimentId: '1', author: 'B. Other' });
  assert.match(other.html, /B\. Other/);
  assert.doesNotMatch(other.html, /A\. Nalyst/);
  await call('setAlertCosts', { missed: 7_654, falseAlert: 321 });
  const costed = (await preview()).html;
  assert.match(costed, /A missed event costs [^<]*7,654, a false alert [^<]*321/, 'what it is made from has changed');
  const { testUses } = (await call('portfolio', {})).open!;
  const saved = await session.done('report', call('startReport', order));
  assert.equal(saved.file, file);
  assert.equal(readFileSync(file).length, saved.bytes);
  assert.equal((await call('portfolio', {})).open!.testUses, testUses);
  await call('showReport', {});
  assert.deepEqual(session.revealed, [file]);
});
