import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, test } from 'node:test';
import { readLicences } from '../../src-main/app/licences.ts';
import { createPreferences } from '../../src-main/app/preferences.ts';
import { fasterFirst } from '../../src-main/tensors/engines.ts';
import { monthlyExport } from './monthly-export.ts';
import { NATIVE_HIDDEN } from '../tensors/native-hidden.ts';
import { windowlessSession } from './windowless-session.ts';

afterEach(() => {
  delete process.env['DUECAST_NO_TENSORFLOW'];
});

test('the installation is looked over by the processes that would train', { skip: NATIVE_HIDDEN }, async (t) => {
  const { handlers, processes } = windowlessSession(t);
  const found = await handlers.doctor({});
  assert.deepEqual(found.problems, []);
  assert.deepEqual([found.node, found.electron], [process.versions.node, '45.0.0']);
  assert.deepEqual([found.backend.name, found.backend.available, found.threads], [fasterFirst()[0], fasterFirst(), 1]);
  assert.match(`${found.sqlite} ${found.lightgbm.version}`, /^\d+\.\d+\.\d+ \d+\.\d+/);
  assert.deepEqual(processes.started, { store: 0, model: 4 });
});

test('what is missing is said, and nothing else fails over it', async (t) => {
  process.env['DUECAST_NO_TENSORFLOW'] = '1';
  const found = await windowlessSession(t).handlers.doctor({});
  assert.deepEqual([found.backend.name, found.backend.available, found.threads], ['wasm', ['wasm'], 1]);
  assert.equal(found.problems.length, 1);
  assert.match(found.problems[0], /^TensorFlow is not available/);
  assert.notEqual(found.sqlite, '');
});

test('preferences are told to the window and kept on this machine', async (t) => {
  const { handlers, events, folder } = windowlessSession(t);
  const { preferences, defaults } = await handlers.preferences({});
  assert.equal(preferences.theme, 'system');
  assert.ok(defaults.modelsAtOnce >= 2);
  const chosen = { ...preferences, theme: 'dark', levelColours: 'greys', modelsAtOnce: 1 } as const;
  const view = await handlers.setPreferences(chosen);
  assert.deepEqual(view, { preferences: chosen, defaults });
  assert.deepEqual(events, [{ name: 'preferencesChanged', payload: view }]);
  assert.deepEqual(createPreferences(join(folder, 'preferences.json'), defaults.dataFolder).view(), view);
});

test('as many models train at once as was set', async (t) => {
  const { handlers, done, events, folder } = windowlessSession(t);
  const preferences = (await handlers.preferences({})).preferences;
  const file = join(folder, 'export.csv');
  writeFileSync(file, monthlyExport(40));
  await handlers.createPortfolio({ path: join(folder, 'p.duecast'), name: 'P', currency: '', timeStep: null });
  const reading = { profile: null, settings: [], dryRun: false, onConflict: 'keep' as const };
  await done('import', handlers.startImport({ ...reading, file }));
  const choice = { window: 4, horizon: 1, gap: 0, labelRule: null, splitSeed: null, epochs: 2, batch: 32, seed: 1 };
  const lanes = async () => {
    const from = events.length;
    await done('training', handlers.startTraining({ ...choice, models: ['lightgbm', 'logistic'] }));
    return events.slice(from).flatMap(({ payload }) => {
      const news = payload as { type?: string; progress?: { lane?: string } };
      return news.type === 'progress' && news.progress?.lane !== undefined ? [news.progress.lane] : [];
    });
  };
  await handlers.setPreferences({ ...preferences, modelsAtOnce: 1 });
  const oneByOne = await lanes();
  assert.ok(oneByOne.length > 0);
  assert.deepEqual(
    [...oneByOne].sort((a, b) => ['lightgbm', 'logistic'].indexOf(a) - ['lightgbm', 'logistic'].indexOf(b)),
    oneByOne,
    'no progress of the second before the first has ended',
  );
});

test('licences are read from where the build put them', async (t) => {
  const { folder } = windowlessSession(t);
  const file = join(folder, 'licences.json');
  await assert.rejects(readLicences(file), { code: 'file-missing' });
  const packages = [{ name: 'Duecast', version: '1.0.0', licence: 'MIT', text: 'MIT License' }];
  writeFileSync(file, JSON.stringify({ packages }));
  assert.deepEqual(await readLicences(file), { packages });
});

test('a chart’s table is saved where the analyst says', async (t) => {
  const { handlers, answers, folder } = windowlessSession(t);
  assert.deepEqual(await handlers.saveText({ suggestedName: 'a.csv', text: 'x' }), { path: null });
  answers.saveFile = join(folder, 'a.csv');
  await handlers.saveText({ suggestedName: 'a.csv', text: 'step,customers\n' });
  assert.ok(existsSync(answers.saveFile));
  assert.equal(readFileSync(answers.saveFile, 'utf8'), 'step,customers\n');
});
