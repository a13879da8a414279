import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unpacked } from '../../src-main/processes/unpacked.ts';

test('what lies in the archive for Electron lies beside it for everybody else', () => {
  assert.equal(unpacked('/opt/Duecast/resources/app.asar/a/b.so'), '/opt/Duecast/resources/app.asar.unpacked/a/b.so');
  assert.equal(unpacked('C:\\D\\resources\\app.asar\\a\\b.dll'), 'C:\\D\\resources\\app.asar.unpacked\\a\\b.dll');
  for (const same of ['/home/a/duecast/node_modules/b.so', '/x/app.asar', '/x/app.asar.unpacked/b.so']) {
    assert.equal(unpacked(same), same);
  }
});
