import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ImportDocument } from '../../src-main/ipc/documents.ts';
import { decisionsOf, replacedOf, ruleOf } from '../../src-renderer/importing/conflict-decisions.ts';
import { firstLook } from '../../src-renderer/importing/first-look.ts';
import { amount, confirmedWords } from '../../src-renderer/importing/ledger-words.ts';
import { rolesOf, settingPairs, withRole } from '../../src-renderer/importing/roles.ts';
import { listText, listed } from '../../src-renderer/importing/setting-lists.ts';
import { periodWords, rowWords, shareOfAll } from '../../src-renderer/importing/several-words.ts';
import { TimeLeft } from '../../src-renderer/importing/time-left.ts';

const rows = { read: 10, accepted: 2, unchanged: 3, conflicting: 4, rejected: 1 };
const conflict = (line: number) => ({ line, customer: 'A', column: 'x', stored: '1', read: '2' });

test('decisions about listed rows go beside the rule for the rest', () => {
  const all = { rows, conflicts: [2, 3, 5, 8].map(conflict) };
  const none = { rest: 'keep' as const, lines: [] as number[] };
  assert.deepEqual([ruleOf(all, none), replacedOf(all, none)], ['keep', 0]);
  assert.deepEqual(decisionsOf(all, none), { onConflict: 'keep', decisions: [] });
  const some = { rest: 'keep' as const, lines: [3, 8] };
  assert.deepEqual([ruleOf(all, some), replacedOf(all, some)], [null, 2]);
  const both = [3, 8].map((line) => ({ line, rule: 'replace' as const }));
  assert.deepEqual(decisionsOf(all, some), { onConflict: 'keep', decisions: both });
  const every = { rest: 'keep' as const, lines: [2, 3, 5, 8] };
  assert.deepEqual(decisionsOf(all, every), { onConflict: 'replace', decisions: [] });

  const part = { rows, conflicts: [2, 3].map(conflict) };
  const others = { rest: 'replace' as const, lines: [3] };
  assert.deepEqual([ruleOf(part, others), replacedOf(part, others)], [null, 3]);
  assert.deepEqual(decisionsOf(part, others), { onConflict: 'replace', decisions: [{ line: 2, rule: 'keep' }] });
});

test('the time left follows from how fast a phase went, and starts anew with each', () => {
  const clock = new TimeLeft();
  assert.equal(clock.after({ phase: 'encoding', done: 0, total: 100 }, 0), null);
  assert.equal(clock.after({ phase: 'encoding', done: 10, total: 100 }, 500), null, 'too early to say');
  assert.equal(clock.after({ phase: 'encoding', done: 20, total: 100 }, 2_000), 8);
  assert.equal(clock.after({ phase: 'rows', done: 0, total: 100 }, 3_000), null);
  assert.equal(clock.after({ phase: 'rows', done: 50, total: 100 }, 13_000), 10);
  assert.equal(clock.after({ phase: 'rows', done: 100, total: 100 }, 14_000), null);
  assert.equal(clock.after({ phase: 'rows', done: 5, total: 100 }, 15_000), null, 'another piece of the same work');
});

test('a first look says that it is one, and how far the rest is read', () => {
  const clock = new TimeLeft();
  assert.equal(firstLook(false, null, clock, 0), undefined);
  assert.equal(firstLook(true, null, clock, 0), 'a first look at parts of the file');
  const at = (done: number) => ({ phase: 'survey', done, total: 100, share: done / 100 });
  assert.equal(firstLook(true, at(0), clock, 0), 'a first look; reading on … 0%');
  assert.equal(firstLook(true, at(43), clock, 4_300), 'a first look; reading on … 43% · 0:06 left');
});

test('several files: what each holds, and how far all of them are', () => {
  const day = { from: 20_000, to: 20_030, fromDate: '2024-10-04', toDate: '2024-11-03' };
  assert.equal(periodWords(day, 'day'), '4\u00a0Oct\u00a02024 – 3\u00a0Nov\u00a02024');
  assert.equal(periodWords({ from: 0, to: 29, fromDate: null, toDate: null }, 'day'), 'day 0 – 29');
  assert.equal(periodWords({ from: 3, to: 3, fromDate: null, toDate: null }, 'week'), 'week 3');
  assert.equal(periodWords(null, 'day'), '–');
  assert.equal(rowWords({ rows } as ImportDocument, 'thousands'), '2 new · 3 unchanged · 4 differ · 1 set aside');
  const files = [
    { path: 'a', bytes: 100 },
    { path: 'b', bytes: 300 },
    { path: 'c', bytes: 600 },
  ];
  const share = (phase: string, done: number) => shareOfAll(files, [files[0]!], 'b', { phase, done, total: 10 });
  assert.deepEqual(share('encoding', 9), { done: 100, total: 1000 });
  assert.deepEqual(share('rows', 5), { done: 250, total: 1000 });
  assert.deepEqual(share('outcomes', 1), { done: 400, total: 1000 });
  assert.deepEqual(shareOfAll(files, files, null, null), { done: 1000, total: 1000 });
});

test('amounts keep their digits, and the balance says how far it bears them out', () => {
  assert.equal(amount('-1234567.50', 'lakh'), '−12,34,567.50');
  assert.equal(amount('12345678901234567890.1', 'thousands'), '12,345,678,901,234,567,890.1');
  assert.equal(amount('n/a', 'thousands'), 'n/a');
  assert.equal(confirmedWords(null).text, 'none to compare');
  assert.equal(confirmedWords({ compared: 10, confirmed: 10 }).text, 'confirms all rows');
  assert.equal(confirmedWords({ compared: 22_053, confirmed: 22_052 }).text, 'confirms 99.9% of the rows');
  assert.equal(confirmedWords({ compared: 3, confirmed: 2 }).text, 'confirms 66.6% of the rows');
  const nearly = confirmedWords({ compared: 100_000, confirmed: 99_999 });
  assert.deepEqual([nearly.text, nearly.doubt], ['confirms 99.9% of the rows', false]);
  assert.equal(confirmedWords({ compared: 10, confirmed: 5 }).doubt, true);
});

test('the roles of a ledger are settings, and one shuts out another', () => {
  const columns = (['date', 'amount', 'indicator', 'description', 'description', 'ignored'] as const).map(
    (role, i) => ({
      ...{ name: `c${i}`, role, feature: null, why: '', samples: [], unsure: false },
    }),
  );
  assert.ok(rolesOf('ledger').includes('debit'));
  assert.ok(!rolesOf('ledger').includes('feature'));
  assert.deepEqual(rolesOf('outcomes', 'valueDate').slice(-1), ['valueDate']);
  const roles = withRole(withRole({}, 1, 'debit'), 5, 'credit');
  assert.deepEqual(settingPairs({}, roles, columns), [
    { key: 'debit', value: 'c1' },
    { key: 'credit', value: 'c5' },
  ]);
  assert.deepEqual(withRole(roles, 1, 'amount'), { 1: 'amount' });
  assert.deepEqual(settingPairs({}, withRole({}, 5, 'description'), columns), [
    { key: 'description', value: 'c3,c4,c5' },
  ]);
  assert.deepEqual(settingPairs({ negative: 'D' }, {}, columns), [
    { key: 'negative', value: 'D' },
    { key: 'indicator', value: 'c2' },
  ]);
});

test('lists are written and read as settings take them', () => {
  const values = ['D', 'money, out', 'say "no"'];
  assert.equal(listText(values), 'D,"money, out","say ""no"""');
  assert.deepEqual(listed(listText(values)), values);
  assert.deepEqual(listed(undefined), []);
});
