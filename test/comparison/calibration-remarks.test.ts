import assert from 'node:assert/strict';
import { test } from 'node:test';
import { calibrationRemarks } from '../../src-renderer/comparison/calibration-remarks.ts';
import { monthSeries } from '../../src-renderer/comparison/curve-series.ts';
import { judged } from './judged.ts';

const at = (low: number, high: number) => ({ value: (low + high) / 2, low, high });

test('says which PDs are wrong, and nothing where an interval holds what is right', () => {
  const part = judged({ lstm: 0.9, lightgbm: 0.8, logistic: 0.7 });
  const [lstm, lightgbm, logistic] = part.models.map(({ metrics }) => metrics);
  Object.assign(lstm, { calibrationIntercept: at(-0.9, -0.1), calibrationSlope: at(0.5, 0.9) });
  Object.assign(lightgbm, { calibrationIntercept: at(-0.9, 0.1), calibrationSlope: at(0.6, 0.8) });
  assert.deepEqual(calibrationRemarks(part), [
    'PDs are too high overall from LSTM; too extreme from LSTM and LightGBM.',
  ]);
  Object.assign(logistic, { calibrationIntercept: at(0.2, 0.4), calibrationSlope: at(1.1, 1.4) });
  assert.deepEqual(calibrationRemarks({ ...part, models: part.models.slice(2) }), [
    'PDs are too low overall from logistic regression; too much alike from logistic regression.',
  ]);
  assert.deepEqual(calibrationRemarks(judged({ lstm: 0.9 })), [], 'an earlier version did not measure it');
});

test('PDs that fall where risk rises are not called too extreme', () => {
  const part = judged({ lstm: 0.4, lightgbm: 0.8 });
  const [lstm, lightgbm] = part.models.map(({ metrics }) => metrics);
  Object.assign(lstm, { calibrationIntercept: at(-0.9, 0.1), calibrationSlope: at(-0.45, -0.05) });
  Object.assign(lightgbm, { calibrationIntercept: at(-0.9, 0.1), calibrationSlope: at(0.6, 0.8) });
  assert.deepEqual(calibrationRemarks(part), [
    'LSTM ranks the wrong way round: its PDs fall where risk rises.',
    'PDs are too extreme from LightGBM.',
  ]);
  Object.assign(lightgbm, { calibrationSlope: at(-0.5, 0.1) });
  assert.deepEqual(calibrationRemarks({ ...part, models: part.models.slice(1) }), [
    'LightGBM ranks the wrong way round: its PDs fall where risk rises, though perhaps by chance.',
  ]);
});

test('AUC by month is drawn where two months can be told apart', () => {
  const month = (name: string, auc: number | null) => ({
    month: name,
    windows: 9,
    customers: 3,
    events: 2,
    auc: { 'id-lstm': auc },
  });
  const models = [{ id: 'id-lstm', kind: 'lstm' as const }];
  const part = judged(
    { lstm: 0.9 },
    {},
    { byMonth: [month('2026-01', null), month('2026-02', 0.8), month('2026-04', 0.9)] },
  );
  assert.deepEqual(monthSeries(models, part)?.series[0].y, [0.8, 0.9]);
  assert.equal(monthSeries(models, judged({ lstm: 0.9 }, {}, { byMonth: [month('2026-02', 0.8)] })), null);
  assert.equal(monthSeries(models, judged({ lstm: 0.9 })), null);
});
