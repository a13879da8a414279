import type { ModelKind } from '../../src-main/ipc/documents.ts';
import { MODEL_NAMES } from '../../src-main/models/model-names.ts';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as report from '../../src-main/reporting/figures.ts';
import * as screen from '../../src-renderer/ui/format.ts';

const VALUES = [
  null,
  NaN,
  Infinity,
  0,
  -0,
  1,
  -1,
  0.5,
  0.0004,
  0.0005,
  -0.0004,
  -0.0005,
  0.9995,
  0.99949,
  0.1 + 0.2,
  1 / 3,
  -2 / 3,
  1e-12,
  9.95,
  9.949,
  12.345,
  99.95,
  99.5,
  100.4,
  999.5,
  1234.5,
  -12_345.678,
  1_234_567,
  1e12,
];

test('a report writes every figure as the screens do', () => {
  for (const value of VALUES) {
    for (const name of ['metric', 'signed', 'percent', 'pValue', 'count', 'quantity'] as const)
      assert.equal(report[name](value), screen[name](value), `${name} ${value}`);
  }
  for (const [i, low] of VALUES.entries()) {
    const estimate = { value: VALUES[(i + 3) % VALUES.length], low, high: VALUES[(i + 7) % VALUES.length] };
    assert.equal(report.interval(estimate), screen.interval(estimate));
    assert.equal(report.estimate(estimate), screen.estimate(estimate));
    assert.equal(report.fineDigits(estimate), screen.fineDigits(estimate));
  }
  for (const seconds of [0, 0.04, 9.94, 9.95, 48, 99.4, 99.5, 185, 3599.4, 3599.5, 3725])
    assert.equal(report.duration(seconds), screen.duration(seconds));
  for (const n of [0, 1, 2, 12_345]) assert.equal(report.counted(n, 'customer'), screen.counted(n, 'customer'));
  for (const iso of [null, '', '2026-11-23', '2026-01-02T03:04:05Z']) assert.equal(report.date(iso), screen.date(iso));
  assert.equal(report.stepName(12, null, 'week'), screen.stepName(12, null, 'week'));
  assert.equal(report.stepName(12, '2026-11-23', 'day'), screen.stepName(12, '2026-11-23', 'day'));
  for (const [kind, name] of Object.entries(screen.MODEL_NAMES)) assert.equal(MODEL_NAMES[kind as ModelKind], name);
});

test('small differences have the digits that their interval asks for', () => {
  const fine = (value: number, low: number | null, high: number | null) => {
    const difference = { value, low, high };
    return report.signedEstimate(difference, report.fineDigits(difference));
  };
  assert.equal(fine(0.000312, 0.000028, 0.000641), '+0.00031 [+0.00003, +0.00064]');
  assert.equal(fine(0.000112, -0.0011, 0.0013), '+0.0001 [−0.0011, +0.0013]');
  assert.equal(fine(0.012, -0.011, 0.03), '+0.012 [−0.011, +0.030]');
  assert.equal(fine(0.31, -0.2, 0.9), '+0.310 [−0.200, +0.900]', 'never fewer than three');
  assert.equal(fine(0.000002, 0.000001, 0.000003), '0.00000 [0.00000, 0.00000]', 'nor more than five');
  assert.deepEqual([fine(0, 0, 0), fine(0.0004, null, null)], ['0.000 [0.000, 0.000]', '0.000']);
});

test('a moment is written in UTC, wherever the report is made', () => {
  assert.equal(report.moment('2026-11-23T23:05:59.123Z'), '23 Nov 2026, 23:05 UTC');
  assert.equal(report.moment('2026-11-23'), '23 Nov 2026');
});

test('p inside a sentence', () => {
  assert.deepEqual([0.04123, 0.0004, null].map(report.pInWords), ['p = .041', 'p < .001', 'p = n/a']);
});
