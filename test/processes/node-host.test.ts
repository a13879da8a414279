import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { DuecastError } from '../../src-main/ipc/errors.ts';
import { createNodeHost } from '../../src-main/processes/node-host.ts';
import { connect } from '../../src-main/processes/rpc.ts';
import { CONTRACT } from './contract/contract.ts';
import type { EngineApi } from './contract/engine.ts';

const engine = join(import.meta.dirname, 'contract', 'engine.ts');
const entries = { store: engine, model: engine };

describe('Node children', () => {
  for (const { name, obeyed } of CONTRACT) test(name, () => obeyed(createNodeHost({ entries })));

  test('that can’t be started fail what they are asked', async () => {
    const executable = join(import.meta.dirname, 'no-such-node');
    const { channel, stop } = createNodeHost({ executable, entries }).start('store');
    await assert.rejects(connect<EngineApi>(channel).call('processId', {}), (error: unknown) => {
      assert.ok(error instanceof DuecastError && error.code === 'process-ended');
      assert.match(error.detail ?? '', /ENOENT/);
      return true;
    });
    await stop();
  });
});
