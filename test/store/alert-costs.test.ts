import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ASSUMED_COSTS, readAlertCosts, setAlertCosts } from '../../src-main/store/alert-costs.ts';
import { readAudit } from '../../src-main/store/audit.ts';
import { newPortfolio } from './portfolio-file.ts';

test('costs are assumed until the analyst sets them, and then kept with the portfolio', (t) => {
  const { db } = newPortfolio(t);
  assert.deepEqual(readAlertCosts(db), { ...ASSUMED_COSTS, assumed: true });
  assert.deepEqual(setAlertCosts(db, { missed: 25_000, falseAlert: 0 }), {
    missed: 25_000,
    falseAlert: 0,
    assumed: false,
  });
  assert.deepEqual(readAlertCosts(db), { missed: 25_000, falseAlert: 0, assumed: false });
  assert.equal(readAudit(db).at(-1)?.words, 'A missed default costs 25,000, a false alert 0');
});

test('costs below nothing, or no costs at all, are refused and change nothing', (t) => {
  const { db } = newPortfolio(t);
  for (const [missed, falseAlert] of [
    [-1, 5],
    [5, -1],
    [0, 0],
    [NaN, 1],
    [Infinity, 1],
  ]) {
    assert.throws(() => setAlertCosts(db, { missed, falseAlert }), { code: 'usage' });
  }
  assert.equal(readAlertCosts(db).assumed, true);
});
