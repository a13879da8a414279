import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ModelKind } from '../../src-main/ipc/documents.ts';
import { leaders, verdictLine } from '../../src-main/reporting/verdict.ts';
import { inSentence, listed, noteInWords } from '../../src-main/reporting/words.ts';
import { METRICS } from '../../src-renderer/comparison/metric-words.ts';
import * as screen from '../../src-renderer/comparison/model-words.ts';
import { verdictOf } from '../../src-renderer/comparison/verdict.ts';
import { metricWords } from '../../src-main/reporting/metric-words.ts';
import { judged } from '../comparison/judged.ts';

const BEYOND: [number, number] = [0.01, 0.05];
const ACROSS: [number, number] = [-0.02, 0.03];

const PARTS = [
  judged({ lstm: 0.8 }),
  judged({ lstm: null, lightgbm: null }),
  judged({ lstm: 0.8, lightgbm: 0.75 }, { 'lstm lightgbm': { interval: BEYOND, p: 0.004 } }),
  judged({ lightgbm: 0.75, lstm: 0.8 }, { 'lightgbm lstm': { interval: [-0.05, -0.01], p: 0.004 } }),
  judged({ lstm: 0.8, lightgbm: 0.79 }, { 'lstm lightgbm': { interval: ACROSS, p: 0.41 } }),
  judged({ lstm: 0.8, lightgbm: 0.8 }, { 'lstm lightgbm': { interval: ACROSS, p: 1 } }),
  judged(
    { lstm: 0.8, 'cnn-lstm': 0.79, lightgbm: 0.7, logistic: 0.65 },
    {
      'lstm cnn-lstm': { interval: ACROSS, p: 0.0449 },
      'lstm lightgbm': { interval: BEYOND, p: 0.001 },
      'lstm logistic': { interval: BEYOND, p: 0.0004 },
    },
  ),
  judged(
    { lstm: 0.8, ensemble: 0.81, logistic: 0.805 },
    { 'lstm ensemble': { interval: ACROSS, p: 0.3 }, 'ensemble logistic': { interval: ACROSS, p: 0.62 } },
  ),
];

test('the verdict is the one of the Compare screen, word for word', () => {
  for (const part of PARTS) assert.equal(verdictLine(part), verdictOf(part, null).headline);
});

test('the models of which none is shown to be better', () => {
  assert.deepEqual(
    PARTS.map((part) =>
      leaders(part)
        .map(({ kind }) => kind)
        .join(' '),
    ),
    ['lstm', '', 'lstm', 'lstm', 'lstm lightgbm', 'lstm lightgbm', 'lstm cnn-lstm', 'ensemble logistic lstm'],
  );
});

test('words are those of the screens', () => {
  for (const kind of ['lstm', 'cnn-lstm', 'lightgbm', 'logistic', 'ensemble'] satisfies ModelKind[])
    assert.equal(inSentence({ kind }), screen.inSentence({ kind }));
  assert.equal(listed(['a', 'b', 'c']), screen.listed(['a', 'b', 'c']));
  const note = 'lstm 0.60 (2026-03-01) to cnn-lstm 0.70';
  assert.equal(noteInWords(note), screen.noteInWords(note));
  // On the screen their groups, or the choices they were made with, stand beside these.
  const longer = ['calibrationIntercept', 'calibrationSlope', 'capture', 'lift', 'recallAtAlertRate', 'psi'];
  for (const { name, title } of METRICS) {
    if (!longer.includes(name)) assert.equal(metricWords(name).title, title);
  }
});
