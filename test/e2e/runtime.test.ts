import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { hasTestRuntime, testRuntime } from '../../scripts/setup/electron.mjs';

test('the runtime of the tests is that Electron, and carries no other application', { skip: !hasTestRuntime }, () => {
  const here = testRuntime(join(import.meta.dirname, '..', '..'));
  assert.ok(here, 'set-up brings it before the tests');
  const ended = spawnSync(here.executable, ['-p', 'process.versions.electron'], {
    encoding: 'utf8',
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
  assert.equal(ended.stdout.trim(), here.version, ended.stderr);
});
