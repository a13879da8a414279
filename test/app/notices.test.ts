import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shareOf } from '../../src-main/app/job-share.ts';
import { createNotices, type Desktop } from '../../src-main/app/notices.ts';
import type { JobNews, JobProgress } from '../../src-main/ipc/contract.ts';
import type { Failure } from '../../src-main/ipc/errors.ts';
import type { ScoreDocument } from '../../src-main/ipc/documents.ts';

/** The desktop is the one thing that a test cannot look at. */
function desk(isFocused: boolean) {
  const shown: (number | 'unknown' | null)[] = [];
  const said: string[] = [];
  const desktop: Desktop = {
    isFocused: () => isFocused,
    showProgress: (progress) => shown.push(progress),
    notify: (title, body) => said.push(`${title} ${body}`),
  };
  return { hear: createNotices(desktop), shown, said };
}

const started: JobNews = {
  type: 'started',
  job: { jobId: '1', kind: 'training', title: 'Training', looksOnly: false },
};
const progress = (value: Omit<JobProgress, 'phase' | 'share'>): JobNews => {
  const told = { phase: 'training', ...value };
  return { type: 'progress', jobId: '1', progress: { ...told, share: shareOf(told) } };
};
const failed = (code: Failure['code']): JobNews => ({
  type: 'failed',
  jobId: '1',
  kind: 'training',
  error: { code, message: 'What happened.' },
});
const network = (epoch: number, done: number) => {
  const total = 100;
  const rest = { windowsPerSecond: 9_000, secondsLeft: null, last: null };
  const figures = { unit: 'epochs' as const, epochs: { epoch, epochs: 4, done, total, ...rest } };
  return { done, total, figures };
};

test('progress is that of the slowest model, over all its epochs', () => {
  const { hear, shown } = desk(true);
  hear(started);
  hear(progress({ lane: 'lstm', ...network(2, 50) }));
  hear(progress({ lane: 'lightgbm', done: 300, total: 500 }));
  hear(progress({ lane: 'lightgbm', done: 320, total: 320, ended: 'trained' }));
  hear(progress({ lane: 'lstm', ...network(4, 100), ended: 'trained' }));
  assert.deepEqual(shown, ['unknown', 0.375, 0.375, 0.375, 1]);
});

test('an end clears it, and is said only to who looks elsewhere', () => {
  const scored = { customers: 1200, levels: { Critical: 3, High: 7, Medium: 0, Low: 0 } } as ScoreDocument;
  for (const isFocused of [true, false]) {
    const { hear, shown, said } = desk(isFocused);
    hear({ type: 'started', job: { jobId: '1', kind: 'scoring', title: 'Scoring the portfolio', looksOnly: false } });
    hear({ type: 'done', jobId: '1', kind: 'scoring', value: scored });
    hear(started);
    hear(failed('process-ended'));
    hear(started);
    hear(failed('cancelled'));
    assert.deepEqual(shown, ['unknown', null, 'unknown', null, 'unknown', null]);
    assert.deepEqual(
      said,
      isFocused
        ? []
        : [
            'Scoring the portfolio: done 1,200 customers scored: 3 critical, 7 high.',
            'Training: not done What happened.',
          ],
    );
  }
});
