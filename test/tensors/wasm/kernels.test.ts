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

  test('are those for 128 bits on a processor that rounds twice', { skip: !joinsVectors() }, () => {
    const module = new URL('../../../src-main/tensors/wasm/best-build.ts', import.meta.url).href;
    const program = `import { bestBuild } from '${module}'; console.log(bestBuild());`;
    assert.equal(run(['--no-enable-fma3'], program), 'relaxed\n');
  });

  test('are such that V8 joins every pair of 128 bits to one of 256', { skip: !joinsVectors() }, () => {
    const module = new URL('../../../src-main/tensors/wasm-kernels.ts', import.meta.url).href;
    const program = `import { compileKernels } from '${module}'; compileKernels('wide');`;
    const trace = run(['--trace-wasm-revectorize'], program);
    const joined = trace.split('Added a vector of stores').length - 1;
    assert.ok(joined >= 162, `${joined} pairs of stores`);
    assert.doesNotMatch(trace, /Build tree failed/);
  });
});

/** What a program writes to stdout under options of Node's or V8's. */
function run(options: string[], program: string): string {
  const settings = { encoding: 'utf8', maxBuffer: 2 ** 26 } as const;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...options, '--input-type=module', '-e', program],
    settings,
  );
  assert.equal(status, 0, stderr);
  return stdout;
}
