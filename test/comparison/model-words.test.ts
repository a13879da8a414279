import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listed, noteInWords, startOfSentence } from '../../src-renderer/comparison/model-words.ts';

test('notes name models and dates as the screens do', () => {
  assert.equal(
    noteInWords('Read AUC by step beside it: lstm 0.50 (2026-01-03) to 1.00 (step 5); cnn-lstm 0.40 (step 3).'),
    'Read AUC by step beside it: LSTM 0.50 (3 Jan 2026) to 1.00 (step 5); CNN-LSTM 0.40 (step 3).',
  );
});

test('lists as a sentence has them', () => {
  assert.deepEqual(
    [listed([]), listed(['a']), listed(['a', 'b']), listed(['a', 'b', 'c'])],
    ['', 'a', 'a and b', 'a, b and c'],
  );
  assert.equal(startOfSentence('the ensemble'), 'The ensemble');
});
