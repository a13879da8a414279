import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowAfterKey, scrollTopFor, visibleRows } from '../../src-renderer/ui/visible-rows.ts';

const ROWS = 30_000;
const HEIGHT = 32;

test('at 30,000 rows at most 60 row elements stand in the page, those in view among them', () => {
  for (const viewHeight of [0, 300, 640, 1200, 5000]) {
    for (let scrollTop = 0; scrollTop <= ROWS * HEIGHT; scrollTop += 9_999) {
      const { first, end } = visibleRows(ROWS, HEIGHT, scrollTop, viewHeight);
      assert.ok(first >= 0 && end <= ROWS);
      assert.ok(end - first + 1 <= 60, `${end - first} rows and the header at ${scrollTop}`);
      if (viewHeight > 1200) continue;
      const reach = Math.min(scrollTop, ROWS * HEIGHT - viewHeight);
      assert.ok(
        first * HEIGHT <= reach && end * HEIGHT >= reach + viewHeight,
        `a gap at ${scrollTop} of ${viewHeight}`,
      );
    }
  }
});

test('a short table stands in the page whole', () => {
  assert.deepEqual(visibleRows(5, HEIGHT, 0, 640), { first: 0, end: 5 });
  assert.deepEqual(visibleRows(5, HEIGHT, 9_000, 640), { first: 0, end: 5 });
  assert.deepEqual(visibleRows(0, HEIGHT, 0, 640), { first: 0, end: 0 });
});

test('keys lead from row to row and stop at the ends', () => {
  const after = (key: string, from: number) => rowAfterKey(key, from, 100, 20);
  assert.equal(after('ArrowDown', -1), 0);
  assert.equal(after('ArrowDown', 99), 99);
  assert.equal(after('ArrowUp', 0), 0);
  assert.equal(after('PageDown', 5), 25);
  assert.equal(after('PageDown', 95), 99);
  assert.equal(after('PageUp', 5), 0);
  assert.equal(after('Home', 50), 0);
  assert.equal(after('End', 50), 99);
  assert.equal(after('a', 50), null);
  assert.equal(rowAfterKey('End', -1, 0, 20), null);
});

test('a row is scrolled into view by the shortest way', () => {
  assert.equal(scrollTopFor(3, HEIGHT, 0, 320), 0);
  assert.equal(scrollTopFor(10, HEIGHT, 0, 320), 32);
  assert.equal(scrollTopFor(3, HEIGHT, 320, 320), 96);
});
