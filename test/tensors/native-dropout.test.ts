import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nativeBinding } from '../../src-main/tensors/native/binding.ts';
import { createDropoutMasks } from '../../src-main/tensors/native/dropout.ts';
import { NATIVE_HIDDEN } from './native-hidden.ts';

test('dropout keeps a share of 1 − rate, scaled by its inverse, anew in each mask', { skip: NATIVE_HIDDEN }, () => {
  const masks = createDropoutMasks(3);
  const draw = (rate: number, ...shape: number[]) => {
    const size = shape.reduce((a, b) => a * b, 1);
    const start = masks.cut(rate, size);
    return Array.from(
      nativeBinding()
        .tensorDataSync(masks.pool(rate))
        .subarray(start, start + size),
    );
  };
  for (const rate of [0.2, 0.5]) {
    const drawn = Array.from({ length: 200 }, () => draw(rate, 10, 4, 8));
    assert.deepEqual(
      [...new Set(drawn.flat())].sort(),
      [0, Math.fround(1 / (1 - rate))],
      'values are dropped or scaled up',
    );
    assert.ok(new Set(drawn.map((mask) => mask.join(''))).size > 180, 'masks hardly ever repeat');
    const dropped = drawn.flat().filter((value) => value === 0).length / drawn.flat().length;
    assert.ok(Math.abs(dropped - rate) < 0.01, `${dropped} dropped at rate ${rate}`);
    for (let place = 0; place < 320; place += 40) {
      const here = drawn.filter((mask) => mask[place] === 0).length / 200;
      assert.ok(Math.abs(here - rate) < 0.16, `${here} dropped at place ${place}`);
    }
  }
  assert.equal(draw(0.2, 3, 500_000).length, 1_500_000, 'masks larger than the pool');
  masks.dispose();
});
