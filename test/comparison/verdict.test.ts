import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verdictOf } from '../../src-renderer/comparison/verdict.ts';
import { judged } from './judged.ts';

const clear = (low: number, high: number, p = 0.002) => ({ interval: [low, high] as [number, number], p });
const tie = (p: number) => ({ interval: [-0.01, 0.02] as [number, number], p });

test('names the best, who can’t be told apart from it, and who ranks lower', () => {
  const part = judged(
    { lstm: 0.981, 'cnn-lstm': 0.976, lightgbm: 0.95, logistic: 0.912, ensemble: 0.979 },
    {
      'lstm cnn-lstm': tie(0.41),
      'lstm lightgbm': clear(0.01, 0.05),
      'lstm logistic': clear(0.04, 0.1),
      'lstm ensemble': tie(0.22),
    },
  );
  assert.equal(
    verdictOf(part, null).headline,
    'LSTM ranks best (AUC 0.981); the ensemble and CNN-LSTM can’t be told apart from it here (p = .22, .41); ' +
      'LightGBM and logistic regression rank lower (by 0.031, 0.069).',
  );
});

test('a difference counts whichever way round the document has the pair', () => {
  const part = judged({ logistic: 0.7, ensemble: 0.8 }, { 'logistic ensemble': clear(-0.15, -0.05) });
  assert.equal(
    verdictOf(part, null).headline,
    'The ensemble ranks best (AUC 0.800); logistic regression ranks lower (by 0.100).',
  );
});

test('where all are tied, none is called best', () => {
  const part = judged({ lstm: 0.9, lightgbm: 0.91 }, { 'lstm lightgbm': tie(0.0873) });
  assert.equal(
    verdictOf(part, null).headline,
    'No model ranks clearly best: LightGBM has the highest AUC (0.910), but LSTM can’t be told apart from it here (p = .087).',
  );
});

test('an interval that ends at 0 is no difference, nor is one that is not known', () => {
  const touching = judged({ lstm: 0.9, lightgbm: 0.89 }, { 'lstm lightgbm': { interval: [0, 0.02], p: 0.05 } });
  assert.match(verdictOf(touching, null).headline, /can’t be told apart from it here \(p = \.050\)/);
  const unknown = judged({ lstm: 0.9, lightgbm: 0.89 });
  assert.match(verdictOf(unknown, null).headline, /but LightGBM can’t be told apart from it here\.$/);
  const same = judged({ lstm: 0.9, lightgbm: 0.9 }, { 'lstm lightgbm': { interval: [0, 0], p: 1 } });
  assert.match(verdictOf(same, null).headline, /can’t be told apart from it here \(p = 1\)/);
});

test('one model has nothing to be held against, and one outcome ranks none', () => {
  assert.equal(
    verdictOf(judged({ lstm: 0.9 }), null).headline,
    'LSTM ranks with an AUC of 0.900; this training has no other model to hold it against.',
  );
  assert.match(verdictOf(judged({ lstm: null, logistic: null }), null).headline, /^No model can be ranked/);
});

test('says what else to know: few events, a champion that ranks lower, and what is not measured', () => {
  const part = judged({ lstm: 0.9, lightgbm: 0.8 }, { 'lstm lightgbm': clear(0.05, 0.15) });
  const remarks = (championId: string | null, events = 60) =>
    verdictOf({ ...part, rows: { ...part.rows, events } }, championId).remarks.join('\n');
  assert.match(remarks(null), /How early a model warns is not measured/);
  assert.doesNotMatch(remarks(null), /champion|Only/);
  assert.match(remarks('id-lightgbm'), /The champion, LightGBM, ranks lower than the best/);
  assert.doesNotMatch(remarks('id-lstm'), /champion/);
  assert.match(remarks(null, 1), /Only 1 customer with an event/);
});
