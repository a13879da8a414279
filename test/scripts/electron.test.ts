import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { bringRuntime, ownRuntime, testRuntime } from '../../scripts/setup/electron.mjs';

let clone: string;
beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'duecast-electron-'));
});
afterEach(() => rmSync(clone, { recursive: true, force: true }));

function write(path: string, text: string) {
  mkdirSync(join(clone, path, '..'), { recursive: true });
  writeFileSync(join(clone, path), text);
}

describe('the Electron of a clone', () => {
  test("is npm's own where that is downloaded whole", async () => {
    assert.equal(ownRuntime(clone), null);
    write('node_modules/electron/path.txt', 'electron\n');
    write('node_modules/electron/dist/version', '45.4.1');
    assert.equal(ownRuntime(clone), null, 'without its executable');
    write('node_modules/electron/dist/electron', '');
    const executable = join(clone, 'node_modules/electron/dist/electron');
    assert.deepEqual(ownRuntime(clone), { executable, version: '45.4.1', own: true });
    write('node_modules/.duecast/electron/electron', '');
    write('node_modules/.duecast/electron/version', 'v22.3.25');
    assert.equal((await bringRuntime(clone, {})).own, true, 'and goes before the one of the tests');
  });

  test('is the one of the tests once that is put into place whole', async () => {
    write('node_modules/.duecast/electron/electron', '');
    assert.equal(testRuntime(clone), null, 'without its version');
    write('node_modules/.duecast/electron/version', 'v22.3.25');
    assert.equal((await bringRuntime(clone, {})).version, '22.3.25');
  });
});
