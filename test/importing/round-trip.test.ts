import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { historyRoundTrip, ledgerRoundTrip, told, type Mismatch } from './round-trip.ts';

const folder = mkdtempSync(join(tmpdir(), 'duecast-round-trip-'));
after(() => rmSync(folder, { recursive: true, force: true }));

async function allOf(seeds: number, one: (folder: string, seed: number) => Promise<Mismatch | null>): Promise<void> {
  const found: Mismatch[] = [];
  for (let seed = 1; seed <= seeds; seed++) {
    const mismatch = await one(folder, seed);
    if (mismatch !== null) found.push(mismatch);
  }
  const shown = found.slice(0, 5).map(told).join('\n');
  assert.ok(
    found.length === 0,
    `${found.length} of ${seeds} files read back otherwise than written, among them\n${shown}`,
  );
}

test('ledgers in 200 ways of writing read back as written', () => allOf(200, ledgerRoundTrip));
test('histories in 200 ways of writing read back as written', () => allOf(200, historyRoundTrip));
