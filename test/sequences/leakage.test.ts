import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Part } from '../../src-main/ipc/documents.ts';
import { PARTS, type Panel } from '../../src-main/sequences/panel.ts';
import { createRandom } from '../../src-main/sequences/random.ts';
import { fitScaler, inputCount, scaleRows } from '../../src-main/sequences/scaling.ts';
import { cutWindows, windowCount, type WindowSettings } from '../../src-main/sequences/windows.ts';
import { copyPanel, historyFeature, randomCustomers, smallPanel, staticFeature } from './small-panel.ts';

const settings: WindowSettings = { windowSteps: 4, horizonSteps: 2, gapSteps: 1, labelRule: 'constant' };

function portfolio(seed: number): { panel: Panel; parts: Part[] } {
  const random = createRandom(seed);
  const customers = randomCustomers(random, 24, 2).map((customer) => ({ ...customer, outcome: customer.outcome ?? 0 }));
  const panel = smallPanel(customers, {
    features: [historyFeature('savings'), historyFeature('withdrawals', 'zero')],
    staticFeatures: [staticFeature('age'), staticFeature('limit')],
    dated: seed % 2 === 0,
  });
  return { panel, parts: panel.customers.map((_, c) => PARTS[c % 3]) };
}

const scalerOf = (panel: Panel, parts: readonly Part[]) => fitScaler(panel, cutWindows(panel, parts, settings).train);

/** Other values in every row of a customer from `row` on; empty ones become values and some values empty. */
function overwrite(panel: Panel, customer: number, row: number) {
  const width = panel.features.length;
  for (let i = row * width; i < panel.firstRow[customer + 1] * width; i++) {
    panel.values[i] = i % 5 === 0 && !Number.isNaN(panel.values[i]) ? NaN : 1e4 + i;
  }
}

describe('the scaler', () => {
  test('knows nothing of validation and test customers', () => {
    for (let seed = 0; seed < 20; seed++) {
      const { panel, parts } = portfolio(seed);
      const before = scalerOf(panel, parts);
      const changed = copyPanel(panel);
      parts.forEach((part, c) => {
        if (part === 'train') return;
        overwrite(changed, c, changed.firstRow[c]);
        changed.statics.fill(1e6, c * 2, c * 2 + 2);
        changed.outcome[c] = changed.outcome[c] === 1 ? 0 : 1;
      });
      assert.notDeepEqual(changed.values, panel.values);
      assert.deepEqual(scalerOf(changed, parts), before);
    }
  });

  test('changes with a training customer’s values under a window, and with its attributes', () => {
    const { panel, parts } = portfolio(1);
    const { train } = cutWindows(panel, parts, settings);
    const before = scalerOf(panel, parts);
    assert.ok(windowCount(train) > 10);
    const behaviour = copyPanel(panel);
    overwrite(behaviour, train.customer[0], train.endRow[0]);
    assert.notDeepEqual(scalerOf(behaviour, parts).inputs.slice(0, 2), before.inputs.slice(0, 2));
    const attributes = copyPanel(panel);
    attributes.statics[train.customer[0] * 2] = 1e6;
    assert.notDeepEqual(scalerOf(attributes, parts).inputs[2], before.inputs[2]);
  });

  test('knows nothing of what follows the last training window, nor of the held-out time', () => {
    for (let seed = 0; seed < 20; seed++) {
      const { panel, parts } = portfolio(seed);
      const { train } = cutWindows(panel, parts, settings);
      const changed = copyPanel(panel);
      parts.forEach((part, c) => {
        if (part !== 'train') return;
        const last = train.endRow.findLast((_, i) => train.customer[i] === c);
        overwrite(changed, c, last === undefined ? changed.firstRow[c] : last + 1);
      });
      assert.notDeepEqual(changed.values, panel.values);
      assert.deepEqual(scalerOf(changed, parts), scalerOf(panel, parts));
    }
  });
});

test('inputs up to a step do not depend on any later row, nor on another customer', () => {
  for (let seed = 0; seed < 10; seed++) {
    const { panel, parts } = portfolio(seed);
    const scaler = scalerOf(panel, parts);
    const before = scaleRows(panel, scaler);
    const width = inputCount(panel);
    for (let c = 0; c < panel.customers.length; c++) {
      const row = Math.floor((panel.firstRow[c] + panel.firstRow[c + 1]) / 2);
      const changed = copyPanel(panel);
      overwrite(changed, c, row);
      const after = scaleRows(changed, scaler);
      const end = panel.firstRow[c + 1];
      assert.deepEqual(after.subarray(0, row * width), before.subarray(0, row * width));
      assert.deepEqual(after.subarray(end * width), before.subarray(end * width));
      assert.notDeepEqual(after.subarray(row * width, end * width), before.subarray(row * width, end * width));
    }
  }
});

test('outcomes do not reach the inputs', () => {
  const { panel, parts } = portfolio(3);
  const scaler = scalerOf(panel, parts);
  const changed = copyPanel(panel);
  changed.outcome.forEach((flag, c) => (changed.outcome[c] = 1 - flag));
  assert.deepEqual(scaleRows(changed, scaler), scaleRows(panel, scaler));
  assert.deepEqual(scalerOf(changed, parts), scaler, 'under this rule the flag moves no window');
});
