import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LEDGER_EXPORTS } from './ledger-exports.ts';
import { RecordingTarget, fileOf, importPath } from './recording-target.ts';

describe('ledgers as banks lay them out', () => {
  for (const wanted of LEDGER_EXPORTS) {
    test(wanted.title, async (t) => {
      const target = new RecordingTarget();
      const file = fileOf(t, wanted.lines.join('\r\n') + '\r\n', wanted.file);
      const document = await importPath(file, target, wanted.settings);
      const { kind, rows, rejected, ledger, columns } = document;
      assert.equal(kind, 'ledger');
      assert.deepEqual([rows.accepted, rows.rejected], wanted.rows, JSON.stringify(rejected));
      assert.deepEqual(
        { sum: ledger!.sum, first: ledger!.first, last: ledger!.last, transactions: ledger!.transactions },
        {
          sum: wanted.sum,
          first: { date: wanted.first[0], amount: wanted.first[1] },
          last: { date: wanted.last[0], amount: wanted.last[1] },
          transactions: wanted.rows[0],
        },
      );
      if (wanted.customers !== undefined) {
        assert.deepEqual(
          [...new Set(target.transactionRows.map(([customer]) => customer))].sort(),
          [...wanted.customers].sort(),
        );
      }
      if (wanted.roles !== undefined) {
        const roles = columns.map(({ role }) => role);
        const expected = wanted.roles.split(' ');
        assert.deepEqual(
          roles.map((role, i) => role.toLowerCase().slice(0, expected[i]?.length ?? 99)),
          expected,
          roles.join(' '),
        );
      }
      for (const [i, reason] of (wanted.reasons ?? []).entries()) assert.match(rejected[i]!.reason, reason);
    });
  }
});
