import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ModelKind } from '../../src-main/ipc/documents.ts';
import type { ModelThreshold, ThresholdsDocument } from '../../src-main/ipc/thresholds.ts';
import { amountIn, areCosts, costVerdict } from '../../src-renderer/comparison/thresholds-words.ts';

type Judged = Parameters<typeof costVerdict>[0];

const model = (id: string, kind: ModelKind, value: number, gain: [number, number, number]): ModelThreshold =>
  ({
    id,
    kind,
    costPer1000: { value, low: value - 10, high: value + 10 },
    againstNone: { rule: 'nobody', costPer1000: { value: gain[0], low: gain[1], high: gain[2] } },
  }) as ModelThreshold;

const pair = (a: string, b: string, low: number, high: number): ThresholdsDocument['pairs'][number] => ({
  a,
  b,
  deltaCostPer1000: (low + high) / 2,
  low,
  high,
  p: 0.5,
});

const judged = (models: ModelThreshold[], pairs: Judged['pairs']): Judged => ({
  models,
  pairs,
  unit: 'customers',
  alertNobody: { costPer1000: { value: 300, low: 200, high: 400 } },
  alertAll: { costPer1000: { value: 900, low: 800, high: 950 } },
});
const write = (amount: number) => `€${amount}`;

describe('the verdict on costs', () => {
  test('names the cheapest, and says where the difference is certain', () => {
    const models = [model('1', 'lstm', 120, [-180, -250, -90]), model('2', 'logistic', 200, [-100, -150, -20])];
    assert.equal(
      costVerdict(judged(models, [pair('1', '2', -130, -30)]), write),
      'LSTM is cheapest: €120 per 1,000 customers, where alerting nobody costs €300. ' +
        'The other models cost more beyond the interval of the difference.',
    );
  });

  test('says with whom it may be a tie, whichever way the pair is written', () => {
    const models = [
      model('1', 'ensemble', 150, [-150, -250, -90]),
      model('2', 'logistic', 140, [-160, -220, -20]),
      model('3', 'lightgbm', 160, [-140, -220, -20]),
    ];
    const pairs = [pair('1', '2', -10, 30), pair('1', '3', -20, 10), pair('2', '3', -40, -1)];
    assert.equal(
      costVerdict(judged(models, pairs), write),
      'Logistic regression and the ensemble can’t be told apart here by cost: logistic regression costs €140 per 1,000 customers, ' +
        'where alerting nobody costs €300. The other models cost more beyond the interval of the difference.',
    );
  });

  test('doubts a gain over no alerts whose interval holds 0, and says when there is none', () => {
    assert.match(
      costVerdict(judged([model('1', 'lstm', 280, [-20, -90, 40])], []), write),
      /whether that is less than alerting nobody \(€300\) is not certain\.$/,
    );
    assert.equal(
      costVerdict(judged([model('1', 'lstm', 310, [10, -40, 60])], []), write),
      'LSTM costs €310 per 1,000 customers. That is no less than alerting nobody (€300) here: difference €10 [€-40, €60].',
    );
  });
});

test('amounts are in the portfolio’s currency and grouping, or plain', () => {
  assert.equal(amountIn('INR', 'lakh')(1234567), '₹12,34,567');
  assert.equal(amountIn('', 'thousands')(1234567), '1,234,567');
  assert.equal(amountIn('EUR', 'thousands')(null), 'n/a');
});

test('costs to reckon with', () => {
  assert.ok(areCosts({ missed: 0, falseAlert: 5 }) && areCosts({ missed: 1_000, falseAlert: 0 }));
  for (const [missed, falseAlert] of [
    [0, 0],
    [-1, 5],
    [5, -1],
    [NaN, 5],
  ])
    assert.ok(!areCosts({ missed, falseAlert }));
});
