import type { Part } from '../ipc/documents.ts';
import type { TwinGroup } from '../ipc/sanity.ts';
import type { Panel } from '../sequences/panel.ts';

/** Fewer different values than this say nothing of who it is: idle accounts are all alike. */
const TELLING_VALUES = 12;
const SHOWN_IDS = 20;

/**
 * Customers with the same history under different ids, as groups of their places in the panel. Compared are whole
 * histories, and stretches of `windowSteps` steps at the same dates, so that a copy that begins earlier or ends later is
 * found too. Only stretches of at least twelve different values count (or half of the cells, where those are fewer).
 * Values are compared as they were imported, empty ones too: filling and scaling would only blur them.
 */
export function findTwins(panel: Panel, windowSteps: number): number[][] {
  const width = panel.features.length;
  if (width === 0) return [];
  const cells = new Uint32Array(panel.values.buffer, panel.values.byteOffset, panel.values.length);
  const first = new Map<number, { customer: number; row: number; rows: number }[]>();
  const leader = Int32Array.from(panel.customers.keys());
  const leaderOf = (customer: number): number =>
    leader[customer] === customer ? customer : (leader[customer] = leaderOf(leader[customer]));

  const meet = (customer: number, row: number, rows: number, salt: number) => {
    const key = hash(cells, row * width, (row + rows) * width, salt);
    const known = first.get(key);
    if (known === undefined) {
      first.set(key, [{ customer, row, rows }]);
      return;
    }
    const twin = known.find((one) => one.rows === rows && isSame(cells, one.row * width, row * width, rows * width));
    if (twin === undefined) {
      known.push({ customer, row, rows });
      return;
    }
    const [a, b] = [leaderOf(twin.customer), leaderOf(customer)];
    if (a === b || !isTelling(cells, row * width, rows * width)) return;
    leader[Math.max(a, b)] = Math.min(a, b);
  };

  for (const customer of panel.customers.keys()) {
    const from = panel.firstRow[customer];
    const rows = panel.firstRow[customer + 1] - from;
    meet(customer, from, rows, 0);
    const step = panel.firstStep[customer];
    const toNext = ((-step % windowSteps) + windowSteps) % windowSteps;
    for (let row = toNext; row + windowSteps <= rows; row += windowSteps)
      meet(customer, from + row, windowSteps, step + row + 1);
  }
  const groups = new Map<number, number[]>();
  for (const customer of panel.customers.keys()) {
    const lead = leaderOf(customer);
    if (lead !== customer) groups.set(lead, [...(groups.get(lead) ?? [lead]), customer]);
  }
  return [...groups.values()];
}

/** Groups by name and part, those on several sides first. Customers without a part are in none. */
export function describeTwins(panel: Panel, parts: readonly (Part | null)[], groups: readonly number[][]): TwinGroup[] {
  return groups
    .map((group) => {
      const placed = group.flatMap((c) => {
        const part = parts[c];
        return part === null ? [] : [{ customer: panel.customers[c], part }];
      });
      const acrossParts = new Set(placed.map(({ part }) => part)).size > 1;
      return { customers: placed.slice(0, SHOWN_IDS), acrossParts };
    })
    .sort((a, b) => Number(b.acrossParts) - Number(a.acrossParts));
}

/** Every empty value is the same NaN here, whatever its bits; 0 and −0 are told apart, which does no harm. */
const bitsAt = (cells: Uint32Array, i: number) => ((cells[i] & 0x7fff_ffff) > 0x7f80_0000 ? 0x7fc0_0000 : cells[i]);

/** 53 bits of two multiplicative hashes (after Fowler, Noll & Vo's FNV-1a). */
function hash(cells: Uint32Array, start: number, end: number, salt: number): number {
  let a = 0x811c_9dc5 ^ salt;
  let b = 0x9747_b28c ^ (end - start);
  for (let i = start; i < end; i++) {
    const bits = bitsAt(cells, i);
    a = Math.imul(a ^ bits, 0x0100_0193);
    a ^= a >>> 15;
    b = Math.imul(b ^ bits, 0x85eb_ca6b);
    b ^= b >>> 13;
  }
  return (a >>> 0) * 0x20_0000 + (b & 0x1f_ffff);
}

function isSame(cells: Uint32Array, a: number, b: number, count: number): boolean {
  for (let i = 0; i < count; i++) if (bitsAt(cells, a + i) !== bitsAt(cells, b + i)) return false;
  return true;
}

function isTelling(cells: Uint32Array, start: number, count: number): boolean {
  const wanted = Math.min(TELLING_VALUES, Math.ceil(count / 2));
  const different = new Set<number>();
  for (let i = start; i < start + count && different.size < wanted; i++) different.add(bitsAt(cells, i));
  return different.size >= wanted;
}
