import type { FileBytes } from '../bytes.ts';

/** A preview asks again with every setting, and the import follows. */
const KEPT_MS = 120_000;

interface Kept {
  key: string;
  file: FileBytes;
  users: number;
  timer: NodeJS.Timeout | null;
}

/** The table that was unpacked last: unpacking a large workbook takes seconds. */
let kept: Kept | null = null;

/** The table kept under a key, for one more user; null where it is another. */
export function borrowTable(key: string): FileBytes | null {
  if (kept === null || kept.key !== key) return null;
  return lent(kept);
}

/** Keeps a table under a key, in place of the one before; answers it for its first user. */
export function keepTable(key: string, file: FileBytes): FileBytes {
  const before = kept;
  kept = { key, file, users: 0, timer: null };
  if (before !== null) disposeUnused(before);
  return lent(kept);
}

function lent(table: Kept): FileBytes {
  table.users++;
  if (table.timer !== null) clearTimeout(table.timer);
  table.timer = null;
  let isOpen = true;
  return {
    ...table.file,
    async close() {
      if (!isOpen) return;
      isOpen = false;
      table.users--;
      if (table.users > 0) return;
      if (table !== kept) await table.file.close();
      else table.timer = setTimeout(() => disposeUnused(table), KEPT_MS).unref();
    },
  };
}

function disposeUnused(table: Kept): void {
  if (table.users > 0) return;
  if (table.timer !== null) clearTimeout(table.timer);
  if (table === kept) kept = null;
  void table.file.close().catch(() => undefined);
}
