import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { createFileOpener, portfolioAmong } from '../../src-main/app/open-file.ts';
import { DuecastError } from '../../src-main/ipc/errors.ts';

test('the portfolio that a command line names', () => {
  const program = '/opt/Duecast/duecast';
  assert.equal(portfolioAmong([program, '--no-sandbox', '/data/March.duecast'], '/home/a'), '/data/March.duecast');
  assert.equal(portfolioAmong([program, 'May.DUECAST'], '/home/a'), '/home/a/May.DUECAST');
  for (const words of [[program], [program, '/data/export.csv'], ['/opt/x.duecast'], [program, '--open=/a.duecast']]) {
    assert.equal(portfolioAmong(words, '/home/a'), null, words.join(' '));
  }
});

test('a portfolio waits for the session, and what goes wrong is told in its own words', async () => {
  const told: string[] = [];
  const opened: string[] = [];
  const files = createFileOpener((message, detail) => told.push(message, detail));
  files.open('/a.duecast');
  files.open(null);
  files.begin((path) => {
    opened.push(path);
    if (path === '/new.duecast') throw new DuecastError('portfolio-newer', 'It was made by a newer Duecast.');
    if (path === '/odd.duecast') throw new Error('ENOENT');
  });
  await setImmediate();
  assert.deepEqual([opened, told], [['/a.duecast'], []]);
  files.open('/new.duecast');
  files.open('/odd.duecast');
  await setImmediate();
  assert.deepEqual(opened, ['/a.duecast', '/new.duecast', '/odd.duecast']);
  assert.deepEqual(told, [
    'It was made by a newer Duecast.',
    '/new.duecast',
    'The portfolio could not be opened; it was not changed.',
    '/odd.duecast',
  ]);
});
