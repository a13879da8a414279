import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reasonsText, topReason, topReasonNote } from '../../src-renderer/customers/reason-words.ts';
import { timelineCsv } from '../../src-renderer/customers/timeline-csv.ts';
import type { TimeStep } from '../../src-main/ipc/documents.ts';
import type { ExplainDocument } from '../../src-main/ipc/explanation.ts';
import type { CustomerRow, CustomersPage, CustomerView } from '../../src-main/ipc/views.ts';

const reasons = [
  { feature: 'a', contribution: 0.312, words: 'a up from 1 to 3 since 12 Mar 2026' },
  { feature: 'b', contribution: -0.02, words: '=b 61 (typical: 35)' },
];
const explanation = {
  customer: 'C7',
  kind: 'lstm',
  riskLevel: 'Critical',
  base: 0.1,
  score: 0.864,
  step: 20_530,
  date: '2026-03-18',
  method: 'integrated gradients',
  reasons,
} as unknown as ExplainDocument;

test('reasons are passed on as text that stands by itself', () => {
  assert.equal(
    reasonsText(explanation, 'day'),
    [
      'C7: Critical, PD 86.4% by LSTM as of 18 Mar 2026; typical behaviour would give 10.0%.',
      '+31.2 pts: a up from 1 to 3 since 12 Mar 2026',
      '−2.0 pts: =b 61 (typical: 35)',
      'Points are percentage points of PD, by integrated gradients.',
    ].join('\n'),
  );
  assert.match(
    reasonsText({ ...explanation, reasons: [], date: null, step: 89 }, 'day'),
    /as of day 89;.*\nNo feature/,
  );
});

test('a list says the top reason, and why there is none', () => {
  const scoring = (reasoned: number | null, unreasoned = 0) => ({ reasoned, unreasoned }) as CustomersPage['scoring'];
  const row = (topReasons: CustomerRow['topReasons'], pd: number | null = 0.8) => ({ pd, topReasons }) as CustomerRow;
  assert.equal(topReason(row(reasons)), 'a up from 1 to 3 since 12 Mar 2026');
  assert.match(topReasonNote(row(reasons), scoring(2)), /^\+31\.2 pts: a up.*\n−2\.0 pts: =b/);
  for (const none of [null, []]) assert.equal(topReason(row(none)), 'n/a');
  assert.match(topReasonNote(row([]), scoring(2)), /No feature/);
  assert.match(topReasonNote(row(null), scoring(null)), /Score again/);
  assert.match(topReasonNote(row(null), scoring(500)), /500 riskiest/);
  assert.match(topReasonNote(row(null), scoring(0, 12)), /levels were lowered after this scoring\. Score again/);
  assert.match(topReasonNote(row(null, null), scoring(500)), /no score/);
});

const linesOf = (some: Partial<CustomerView>, timeStep: TimeStep = 'day') => {
  const values = Float64Array.of(2732.26, -580.4);
  const view = { customer: 'C7', features: ['x'], firstStep: 20_529, steps: 2, values, ...some };
  return timelineCsv(view as CustomerView, null, explanation, timeStep)
    .trimEnd()
    .split('\r\n');
};

test('a customer’s export has them at the step that was explained', () => {
  const lines = linesOf({ firstDate: '2026-03-17' });
  assert.deepEqual(lines, [
    'customer_id,step,date,x,Reasons LSTM',
    'C7,20529,2026-03-17,2732.26,',
    'C7,20530,2026-03-18,-580.4,a up from 1 to 3 since 12 Mar 2026 (+31.2 pts); =b 61 (typical: 35) (−2.0 pts)',
  ]);
});

test('a customer’s export has the last day of every step, and none where there are no dates', () => {
  const some = { firstStep: 674, firstDate: '2026-03-31' };
  const dates = (lines: string[]) => lines.slice(1).map((line) => line.split(',')[2]);
  assert.deepEqual(dates(linesOf(some, 'month')), ['2026-03-31', '2026-04-30']);
  assert.deepEqual(dates(linesOf({ ...some, firstStep: 2932 }, 'week')), ['2026-03-22', '2026-03-29']);
  assert.deepEqual(dates(linesOf({ firstDate: null })), ['', '']);
});
