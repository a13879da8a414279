import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, test } from 'node:test';
import { formatDoctor, runDoctor } from '../../src-main/cli/doctor.ts';
import { lightgbmVersion } from '../../src-main/models/lightgbm-library.ts';
import { sqliteVersion } from '../../src-main/store/version.ts';
import { fasterFirst, loadEngine } from '../../src-main/tensors/engines.ts';
import { NATIVE_HIDDEN } from '../tensors/native-hidden.ts';

describe('doctor', () => {
  afterEach(() => {
    delete process.env['DUECAST_NO_TENSORFLOW'];
    delete process.env['DUECAST_LIGHTGBM_LIB'];
  });

  test('reports the versions of what is there', { skip: NATIVE_HIDDEN }, async () => {
    const document = await runDoctor();
    assert.deepEqual(document.problems, []);
    assert.equal(document.node, process.versions.node);
    assert.equal(document.sqlite, sqliteVersion());
    assert.equal(document.lightgbm.version, lightgbmVersion());
    const { name, version } = loadEngine('auto');
    const [first, second] = fasterFirst();
    assert.deepEqual(document.backend, { name: first, version, available: [first, second] });
    assert.equal(first, name);
    const lines = formatDoctor(document).split('\n');
    assert.ok(lines.includes(`Engine    ${name} ${version}`) && lines.includes(`          ${second}, too`));
    assert.equal(lines.at(-1), 'Everything is there.');
  });

  test('says what is missing and how to mend it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'duecast-doctor-'));
    process.env['DUECAST_LIGHTGBM_LIB'] = join(folder, 'lib_lightgbm.so');
    process.env['DUECAST_NO_TENSORFLOW'] = '1';
    writeFileSync(join(folder, 'lib_lightgbm.so'), 'not a library');
    const document = await runDoctor();
    rmSync(folder, { recursive: true });
    assert.deepEqual([document.backend.name, document.backend.available], ['wasm', ['wasm']]);
    assert.equal(document.lightgbm.version, '');
    assert.equal(document.sqlite, sqliteVersion());
    const [tensorflow, lightgbm, ...others] = document.problems;
    assert.match(
      tensorflow,
      /^TensorFlow is not available: .*DUECAST_NO_TENSORFLOW.*Run set-up again.*[Nn]etworks run on (the faster )?WebAssembly, with the same results\.$/,
    );
    assert.match(lightgbm, /^LightGBM is not available: .*lib_lightgbm\.so.*Run set-up again/);
    assert.deepEqual(others, []);
    assert.match(formatDoctor(document), /LightGBM +missing\n[^]*• TensorFlow is not available/);
  });
});
