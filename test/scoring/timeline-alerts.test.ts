import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RECIPE_BOUNDS } from '../../src-main/scoring/levels.ts';
import { describeTimeline, type Alerting, type CustomerTimeline } from '../../src-main/scoring/timeline.ts';

const rule = { inARow: 2, quietSteps: 3 };
const scores = Float32Array.of(0.1, 0.5, 0.5, 0.9, 0.9, 0.9, 0.9, 0.9);

function alertsOf(alerting: Alerting | null, eventStep: number | null) {
  const customer: CustomerTimeline = {
    customer: 'C1',
    experimentId: '1',
    eventStep,
    seen: false,
    models: [{ id: '7', kind: 'lstm', firstStep: 10, scores, champion: true }],
    alerting,
  };
  return describeTimeline(customer, (step) => `day ${step}`, RECIPE_BOUNDS).models[0].alerts;
}

test('a timeline has the alerts of the latest comparison’s threshold, none from the event on', () => {
  const at = (threshold: number | null): Alerting => ({ rule, thresholds: new Map([['7', threshold]]) });
  assert.deepEqual(alertsOf(at(0.5), null), {
    threshold: 0.5,
    raised: [
      { step: 12, date: 'day 12' },
      { step: 16, date: 'day 16' },
    ],
  });
  assert.deepEqual(alertsOf(at(0.5), 16)?.raised, [{ step: 12, date: 'day 12' }]);
  assert.deepEqual(alertsOf(at(0.95), null), { threshold: 0.95, raised: [] });
  assert.deepEqual(alertsOf(at(null), null), { threshold: null, raised: [] });
  assert.equal(alertsOf(null, null), null);
  assert.equal(alertsOf({ rule, thresholds: new Map() }, null), null);
});
