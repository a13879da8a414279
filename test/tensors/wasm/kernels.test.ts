import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { BUILDS, compileKernels } from '../../../scripts/kernels.mjs';
import { bestBuild } from '../../../src-main/tensors/wasm/best-build.ts';
import { joinsVectors, roundings } from '../../../src-main/tensors/wasm-kernels.ts';

describe('the compiled kernels', () => {
  for (const build of BUILDS) {
    test(`${build}: are what their sources compile to (npm run kernels)`, async () => {
      const committed = readFileSync(new URL(`../../../resources/kernels/${build}.wasm`, import.meta.url));
      assert.ok(committed.equals(await compileKernels(build)));
    });
  }

  test('are those for vectors of 256 bits where the runtime joins two of 128, else those with relaxed ones', () => {
    assert.ok([1, 2].includes(roundings() ?? 0), 'this runtime has relaxed multiply-adds');
    assert.equal(bestBuild(), joinsVectors() ? 'wide' : 'relaxed');
    const plain = readFileSync(new URL('../../../resources/kernels/plain.wasm', import.meta.url));
    const relaxed = readFileSync(new URL('../../../resources/kernels/relaxed.wasm', import.meta.url));
    const multiplyAdd = Buffer.from([0xfd, 0x85, 0x02]);
    assert.deepEqual([plain.includes(multiplyAdd), relaxed.includes(multiplyAdd)], [false, true]);
  });

  test('are such that all pairs of 128 bits become one of 256', { skip: !joinsVectors() }, () => {
    const program = `
      import { compileKernels } from ${JSON.stringify(new URL('../../../src-main/tensors/wasm-kernels.ts', import.meta.url).href)};
      compileKernels('wide');`;
    const trace = spawnSync(process.execPath, ['--trace-wasm-revectorize', '--input-type=module', '-e', program], {
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    });
    assert.equal(trace.status, 0, trace.stderr);
    assert.ok(trace.stdout.split('Added a vector of stores').length > 50, 'V8 says what it joins');
    assert.doesNotMatch(trace.stdout, /Build tree failed/);
  });
});
