import assert from 'node:assert/strict';
import { test } from 'node:test';
import { measureCoverage } from './coverage.ts';

/** `npm run bench -- coverage` does the same with many more data sets, in several populations, for every metric. */
const CHECKED = ['auc', 'ks', 'hMeasure', 'brier', 'ece'];

test('95% intervals hold the truth about 95 times in 100', async () => {
  const { truth, covered } = await measureCoverage({
    population: { oneFlag: true, intercept: -1, mostRows: 4 },
    customers: 80,
    samples: 40,
    truthCustomers: 50_000,
    seed: 7,
  });
  assert.ok(truth.auc > 0.6 && truth.auc < 0.9);
  // At 95%, fewer than 34 of 40 would be seen once in 300 times.
  for (const { figure, sharper, difference } of covered) {
    if (!CHECKED.includes(figure)) continue;
    assert.ok(sharper !== null && sharper >= 34 / 40, `${figure}: ${sharper}`);
    if (figure === 'ece') assert.equal(difference, null);
    else assert.ok(difference !== null && difference >= 34 / 40, `difference of ${figure}: ${difference}`);
  }
});
