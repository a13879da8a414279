import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { loadProfiles } from '../../src-main/importing/profiles.ts';
import { CENTRAL_EXPORTS } from './shipped-exports/central.ts';
import { CHINA_EXPORTS } from './shipped-exports/china.ts';
import { GERMANY_EXPORTS } from './shipped-exports/germany.ts';
import { LOW_COUNTRIES_EXPORTS } from './shipped-exports/low-countries.ts';
import { NORTH_WEST_EXPORTS } from './shipped-exports/north-west.ts';
import { OVERSEAS_EXPORTS } from './shipped-exports/overseas.ts';
import { SPARKASSEN_EXPORTS } from './shipped-exports/sparkassen.ts';
import { fileOf, importPath, RecordingTarget } from './recording-target.ts';

const EXPORTS = [
  ...LOW_COUNTRIES_EXPORTS,
  ...NORTH_WEST_EXPORTS,
  ...SPARKASSEN_EXPORTS,
  ...GERMANY_EXPORTS,
  ...CENTRAL_EXPORTS,
  ...CHINA_EXPORTS,
  ...OVERSEAS_EXPORTS,
];

describe('profiles that ship', () => {
  for (const wanted of EXPORTS) {
    test(wanted.profile, async (t) => {
      const target = new RecordingTarget();
      const document = await importPath(fileOf(t, wanted.lines.join('\r\n') + '\r\n'), target);
      const { kind, profile, rows, rejected, ledger } = document;
      assert.deepEqual([kind, profile], ['ledger', wanted.profile]);
      assert.deepEqual([rows.accepted, rows.rejected], wanted.rows, JSON.stringify(rejected));
      assert.deepEqual(
        [ledger!.sum, Object.values(ledger!.first!), Object.values(ledger!.last!)],
        [wanted.sum, wanted.first, wanted.last],
      );
      if (wanted.customers !== undefined) {
        const customers = new Set(target.transactionRows.map(([customer]) => customer));
        assert.deepEqual([...customers].sort(), wanted.customers);
      }
    });
  }

  test('each of a ledger says where its layout is published, and has an export here', async () => {
    for (const { name, source, settings } of await loadProfiles()) {
      if (settings['kind'] !== 'ledger') continue;
      assert.ok((source ?? '').length > 10, name);
      assert.ok(
        EXPORTS.some(({ profile }) => profile === name),
        name,
      );
    }
  });
});
