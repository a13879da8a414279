import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { collectLicences, packageOf } from '../../scripts/licences.mjs';

const ROOT = join(import.meta.dirname, '..', '..');

test('everything that ships is listed, Duecast first, each with a text', () => {
  const licences = collectLicences(ROOT, ['svelte', 'valibot']);
  const names = licences.map(({ name }) => name);
  assert.deepEqual(names.slice(0, 5), ['Duecast', 'Electron', 'Chromium and Node.js', 'TensorFlow', 'LightGBM']);
  for (const name of [
    'better-sqlite3',
    'chart.js',
    'koffi',
    'ml-matrix',
    '@tensorflow/tfjs-node',
    'svelte',
    'valibot',
    'Noto Sans',
    'pdfmake',
  ])
    assert.ok(names.includes(name), name);
  for (const name of ['eslint', 'typescript', 'electron-vite', 'playwright-core'])
    assert.ok(!names.includes(name), name);
  for (const { name, licence, text } of licences) {
    assert.ok(licence.length > 1 && text.length > 100, name);
    assert.ok(!text.includes(ROOT), `${name} names a path of this machine`);
  }
});

test('a module’s package, also one within another and one with a scope', () => {
  assert.equal(packageOf('/a/node_modules/chart.js/dist/chart.js'), 'chart.js');
  assert.equal(packageOf('C:\\a\\node_modules\\@kurkle\\color\\dist\\color.js'), '@kurkle/color');
  assert.equal(packageOf('/a/node_modules/x/node_modules/y/index.js'), 'y');
  assert.equal(packageOf('/a/src-renderer/main.ts'), null);
});
