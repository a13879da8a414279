import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { measure } from '../../../src-main/evaluation/metrics.ts';
import { calibrate, fitCalibrator, summariseCalibration } from '../../../src-main/models/calibration/calibrator.ts';
import { fitPlatt, logistic, logit } from '../../../src-main/models/calibration/platt.ts';
import { createRandom } from '../../../src-main/sequences/random.ts';

interface PlattCase {
  name: string;
  inputs: number[];
  labels: number[];
  slope: number;
  intercept: number;
}

const fixture = new URL('../../fixtures/scikit-learn/calibration.json', import.meta.url);
const { platt } = JSON.parse(readFileSync(fixture, 'utf8')) as { platt: PlattCase[] };

describe('Platt’s sigmoid, against scikit-learn', () => {
  for (const { name, inputs, labels, slope, intercept } of platt) {
    test(name, () => {
      const map = fitPlatt(Float64Array.from(inputs), Uint8Array.from(labels));
      assert.ok(Math.abs(map.slope - slope) < 1e-4, `slope ${map.slope}, not ${slope}`);
      assert.ok(Math.abs(map.intercept - intercept) < 1e-4, `intercept ${map.intercept}, not ${intercept}`);
    });
  }
});

/** Rows whose true logit is known; the model's is `bend` times that, and moved. */
function rows(count: number, seed: number, bend: number, moved: number) {
  const random = createRandom(seed);
  const labels = new Uint8Array(count);
  const pds = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const truth = 1.3 * random.normal() - 1;
    labels[i] = random.next() < logistic(truth) ? 1 : 0;
    pds[i] = logistic(bend * truth + moved);
  }
  return { labels, pds };
}

/** Slope and intercept of the events on the logit: 1 and 0 where PDs are right (Cox 1958). */
const slopeOf = (pds: Float32Array, labels: Uint8Array) => fitPlatt(Float64Array.from(pds, logit), labels);

describe('a calibrator', () => {
  const validation = rows(6_000, 1, 2.2, 1);
  const fresh = rows(6_000, 2, 2.2, 1);

  for (const method of ['platt', 'isotonic'] as const) {
    test(`${method} mends PDs that are too sure and too high, on rows that it has not seen`, () => {
      const { calibrator } = fitCalibrator(method, validation.pds, validation.labels);
      const calibrated = calibrate(calibrator, fresh.pds);
      const [before, after] = [measure(fresh.pds, fresh.labels), measure(calibrated, fresh.labels)];
      assert.ok(after.brier < before.brier - 0.015, `${before.brier} → ${after.brier}`);
      assert.ok(after.logLoss < before.logLoss - 0.05);
      assert.ok(Math.abs(slopeOf(fresh.pds, fresh.labels).slope - 1) > 0.4);
      assert.ok(Math.abs(slopeOf(calibrated, fresh.labels).slope - 1) < 0.1);
      assert.ok(Math.abs(slopeOf(calibrated, fresh.labels).intercept) < 0.1);
      assert.ok(Math.abs(after.auc! - before.auc!) < 0.003);
    });

    test(`${method} leaves PDs that are right about as they are`, () => {
      const right = rows(20_000, 3, 1, 0);
      const { calibrator } = fitCalibrator(method, right.pds, right.labels);
      const middle = Float32Array.of(0.1, 0.2, 0.3, 0.5, 0.7);
      calibrate(calibrator, middle).forEach((pd, i) =>
        assert.ok(Math.abs(pd - middle[i]) < 0.06, `${middle[i]}: ${pd}`),
      );
    });

    test(`${method} never reverses the order, and never says 0 or 1`, () => {
      const { calibrator } = fitCalibrator(method, validation.pds, validation.labels);
      const risen = calibrate(
        calibrator,
        Float32Array.from({ length: 1_001 }, (_, i) => i / 1_000),
      );
      risen.forEach((pd, i) => assert.ok(pd > 0 && pd < 1 && (i === 0 || pd >= risen[i - 1])));
    });

    test(`${method} is refused, with the reason, where it would take the model’s order away`, () => {
      const reversed = validation.pds.map((pd) => 1 - pd);
      const few = Uint8Array.of(0, 0, 1, 0);
      for (const [pds, labels, reason] of [
        [reversed, validation.labels, /risk/],
        [Float32Array.of(0.1, 0.2, 0.3), Uint8Array.of(0, 0, 0), /one outcome/],
        [Float32Array.of(0.1, 0.1, 0.1, 0.1), few, /same PD/],
      ] as const) {
        const { calibrator, refused } = fitCalibrator(method, pds, labels);
        assert.equal(calibrator, null);
        assert.match(refused!, reason);
      }
    });

    test(`${method} survives being stored`, () => {
      const { calibrator } = fitCalibrator(method, validation.pds, validation.labels);
      const stored = JSON.parse(JSON.stringify(calibrator)) as typeof calibrator;
      assert.deepEqual(calibrate(stored, fresh.pds), calibrate(calibrator, fresh.pds));
      assert.equal(summariseCalibration(stored)!.method, method);
    });
  }

  test('none leaves PDs alone, as a model of an earlier version does', () => {
    assert.deepEqual(fitCalibrator('none', validation.pds, validation.labels), { calibrator: null, refused: null });
    assert.equal(calibrate(undefined, fresh.pds), fresh.pds);
    assert.equal(summariseCalibration(undefined), null);
  });

  test('PDs of exactly 0 and 1 stay numbers', () => {
    const { calibrator } = fitCalibrator('platt', validation.pds, validation.labels);
    const ends = calibrate(calibrator, Float32Array.of(0, 1));
    assert.ok(ends[0] >= 0 && ends[0] < 0.01 && ends[1] <= 1 && ends[1] > 0.99);
  });
});
