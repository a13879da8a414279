import assert from 'node:assert/strict';
import { test } from 'node:test';
import { registerExperiment } from '../../src-main/store/experiments.ts';
import { assignParts } from '../../src-main/store/parts.ts';
import { portfolioInfo } from '../../src-main/store/portfolio.ts';
import { readPanel, readParts } from '../../src-main/store/read-panel.ts';
import { readAudit } from '../../src-main/store/audit.ts';
import { importRows, newPortfolio } from './portfolio-file.ts';
import { experiment } from './trained.ts';

const file = (from: number, to: number) => {
  const names = Array.from({ length: to - from }, (_, i) => `c${from + i}`);
  return {
    history: ['x'],
    records: names.map((customer) => ({ customer, steps: [1], values: [[1]] })),
    outcomes: names.map((name, i): [string, 0 | 1, null] => [name, i % 4 === 0 ? 1 : 0, null]),
    outcomeKind: 'constant' as const,
  };
};

test('parts are drawn once, 60/20/20 by outcome, and newcomers are added', async (t) => {
  const { db, path } = newPortfolio(t);
  await importRows(db, file(0, 100));
  await importRows(db, { kind: 'outcomes', outcomes: [['nobody', 1, null]], outcomeKind: 'constant' });
  const panel = readPanel(db);
  assert.deepEqual(readParts(db, panel), Array(100).fill(null));
  assert.deepEqual(assignParts(db, 5), { splitSeed: 5 });
  const first = readParts(db, panel);
  for (const [part, customers, events] of [
    ['train', 60, 15],
    ['validation', 20, 5],
    ['test', 20, 5],
  ] as const) {
    assert.equal(first.filter((other) => other === part).length, customers);
    assert.equal(first.filter((other, c) => other === part && panel.outcome[c] === 1).length, events);
  }
  assert.equal(db.prepare("SELECT part FROM customers WHERE external_id = 'nobody'").pluck().get(), null);

  await importRows(db, file(100, 150));
  assert.deepEqual(assignParts(db, null), { splitSeed: 5 });
  const later = readParts(db, readPanel(db));
  assert.deepEqual(later.slice(0, 100), first);
  assert.equal(later.slice(100).filter((part) => part === 'train').length, 30);
  assert.equal(portfolioInfo(db, path).splitSeed, 5);
  assert.equal(readAudit(db).filter(({ action }) => action === 'parts').length, 2);
  assignParts(db, 5);
  assert.equal(readAudit(db).filter(({ action }) => action === 'parts').length, 2, 'nobody new, nothing noted');
});

test('another seed draws anew until something has been trained', async (t) => {
  const { db } = newPortfolio(t);
  await importRows(db, file(0, 100));
  assignParts(db, 5);
  const first = readParts(db, readPanel(db));
  assert.deepEqual(assignParts(db, 6), { splitSeed: 6 });
  const second = readParts(db, readPanel(db));
  assert.notDeepEqual(second, first);
  assert.equal(second.filter((part) => part === 'train').length, 60);
  registerExperiment(db, experiment());
  assert.throws(() => assignParts(db, 5), { code: 'not-allowed', message: /seed 6/ });
  assert.deepEqual(assignParts(db, 6), { splitSeed: 6 });
  assert.deepEqual(readParts(db, readPanel(db)), second);
});

test('without a seed it is 1, and the same seed draws the same parts', async (t) => {
  const drawn = [];
  for (const seed of [null, 1, 2]) {
    const { db } = newPortfolio(t);
    await importRows(db, file(0, 100));
    assignParts(db, seed);
    drawn.push(readParts(db, readPanel(db)));
  }
  assert.deepEqual(drawn[0], drawn[1]);
  assert.notDeepEqual(drawn[0], drawn[2]);
});
