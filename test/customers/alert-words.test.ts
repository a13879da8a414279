import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TimelineDocument } from '../../src-main/ipc/documents.ts';
import { alertingModel, alertWords, thresholdMark } from '../../src-renderer/customers/alert-words.ts';

type Model = TimelineDocument['models'][number];
const model = (over: Partial<Model> = {}): Model => ({
  id: '1',
  kind: 'lstm',
  seenInTraining: false,
  points: [],
  champion: false,
  alerts: { threshold: 0.372, raised: [{ step: 20_546, date: '2026-04-03' }] },
  ...over,
});
const event = { step: 20_564, date: '2026-04-21' };

test('an alert in a sentence, with and without an event', () => {
  assert.equal(alertWords({ event }, model(), 'day'), 'LSTM: alert on 3 Apr 2026, 18 days before the event.');
  assert.equal(alertWords({ event: null }, model(), 'day'), 'LSTM: alert on 3 Apr 2026.');
  const undated = model({ alerts: { threshold: 0.4, raised: [{ step: 11, date: null }] } });
  assert.equal(
    alertWords({ event: { step: 12, date: null } }, undated, 'month'),
    'LSTM: alert at month 11, 1 month before the event.',
  );
});

test('several alerts, none, and none that could be', () => {
  const raised = [
    { step: 20_480, date: '2026-01-27' },
    { step: 20_546, date: '2026-04-03' },
  ];
  assert.equal(
    alertWords({ event }, model({ alerts: { threshold: 0.3, raised } }), 'day'),
    'LSTM: 2 alerts, the first on 27 Jan 2026, 84 days before the event; the last on 3 Apr 2026, 18 days before the event.',
  );
  assert.equal(
    alertWords({ event }, model({ alerts: { threshold: 0.3, raised: [] } }), 'day'),
    'LSTM: no alert before the event.',
  );
  assert.match(
    alertWords({ event }, model({ alerts: { threshold: null, raised: [] } }), 'day'),
    /only by never alerting/,
  );
  assert.match(alertWords({ event }, null, 'day'), /once the models of this training have been compared/);
});

test('the champion’s alerts are shown, else those of the model that scored, else of the first that has any', () => {
  const plain = model({ id: '1', alerts: null });
  const second = model({ id: '2' });
  const champion = model({ id: '3', champion: true });
  assert.equal(alertingModel([plain, second, champion], '2')?.id, '3');
  assert.equal(alertingModel([plain, second], '1')?.id, '2');
  assert.equal(alertingModel([second, model({ id: '5' })], '5')?.id, '5');
  assert.equal(alertingModel([plain, model({ id: '4', champion: true, alerts: null })], '1'), null);
  assert.deepEqual(thresholdMark(second), { value: 0.372, label: 'LSTM alerts from 37%' });
  assert.equal(thresholdMark(plain), null);
});
