import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { historyRoundTrip, ledgerRoundTrip, told, type Mismatch } from './round-trip.ts';

const folder = mkdtempSync(join(tmpdir(), 'duecast-round-trip-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Ledgers read otherwise than written, and why. Once one is read right, the test fails until it is taken off this list. */
const NOT_YET = new Map([
  [42, 'without a header, the second line of a letterhead is taken for a row, and set aside'],
  [157, 'without a header, the balance is not found beside the amount'],
  [200, 'a direction that the balance has to tell is left open in one row, which is set aside'],
]);

async function allOf(
  seeds: number,
  one: (folder: string, seed: number) => Promise<Mismatch | null>,
  notYet: ReadonlyMap<number, string> = new Map(),
): Promise<void> {
  const found: Mismatch[] = [];
  for (let seed = 1; seed <= seeds; seed++) {
    const mismatch = await one(folder, seed);
    if (notYet.has(seed)) assert.ok(mismatch !== null, `seed ${seed} is read as written now`);
    else if (mismatch !== null) found.push(mismatch);
  }
  const shown = found.slice(0, 5).map(told).join('\n');
  assert.ok(
    found.length === 0,
    `${found.length} of ${seeds} files read back otherwise than written, among them\n${shown}`,
  );
}

test('ledgers in 200 ways of writing read back as written', () => allOf(200, ledgerRoundTrip, NOT_YET));
test('histories in 200 ways of writing read back as written', () => allOf(200, historyRoundTrip));
