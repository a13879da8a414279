import assert from 'node:assert/strict';
import { test } from 'node:test';
import { table } from '../../src-main/cli/table.ts';
import { besides, wrapped } from '../../src-main/cli/wrap.ts';

test('sentences are broken between words to fit a terminal, tables are not', () => {
  const sentence = 'Note: nobody reads a line that goes on and on beyond the right edge of what is in front of them.';
  const lined = table(['a', 'b'], [['x'.repeat(30), 'y'.repeat(30)]], [false, true]);
  const text = `${lined}\n\n  ${sentence}`;
  assert.equal(wrapped(text, undefined), text);
  const lines = wrapped(text, 40).split('\n');
  assert.equal(lines.slice(0, 3).join('\n'), lined);
  assert.ok(
    lines.slice(3).every((line) => line.length <= 40),
    lines.join('\n'),
  );
  assert.deepEqual(
    lines
      .slice(4)
      .map((line) => line.trim())
      .join(' '),
    sentence,
  );
  assert.match(lines[4], /^ {2}Note/);
  assert.match(lines[5], /^ {4}\S/);
});

test('words beside a title stay beside it', () => {
  assert.equal(besides('  --all  ', 'one two three', 16), '  --all  one two\n         three');
  assert.equal(besides('  --all  ', 'one two three', undefined), '  --all  one two three');
});
