import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { BUILDS, compileKernels } from '../../../scripts/kernels.mjs';
import { bestBuild } from '../../../src-main/tensors/wasm-kernels.ts';

describe('the compiled kernels', () => {
  for (const build of BUILDS) {
    test(`${build}: are what their sources compile to (npm run kernels)`, async () => {
      const committed = readFileSync(new URL(`../../../resources/kernels/${build}.wasm`, import.meta.url));
      assert.ok(committed.equals(await compileKernels(build)));
    });
  }

  test('take relaxed multiply-adds where the runtime has them, as this one does', () => {
    assert.equal(bestBuild(), 'relaxed');
    const plain = readFileSync(new URL('../../../resources/kernels/plain.wasm', import.meta.url));
    const relaxed = readFileSync(new URL('../../../resources/kernels/relaxed.wasm', import.meta.url));
    const multiplyAdd = Buffer.from([0xfd, 0x85, 0x02]);
    assert.deepEqual([plain.includes(multiplyAdd), relaxed.includes(multiplyAdd)], [false, true]);
  });
});
