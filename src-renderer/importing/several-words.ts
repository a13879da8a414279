import type { FilePeriod, ImportDocument, TimeStep } from '../../src-main/ipc/documents.ts';
import { count, date, type Grouping } from '../ui/format.ts';
import type { JobProgress } from '../../src-main/ipc/contract.ts';

/** “1 Mar 2026 – 31 Mar 2026”, “day 0 – 29”. */
export function periodWords(period: FilePeriod | null | undefined, timeStep: TimeStep): string {
  if (!period) return '–';
  const { from, to, fromDate, toDate } = period;
  if (fromDate === null || toDate === null) return from === to ? `${timeStep} ${from}` : `${timeStep} ${from} – ${to}`;
  // A date stays on one line.
  return from === to ? whole(toDate) : `${whole(fromDate)} – ${whole(toDate)}`;
}

const whole = (iso: string) => date(iso).replaceAll(' ', '\u00a0');

/** “356 new · 12 differ · 4 set aside”. */
export function rowWords({ rows }: ImportDocument, grouping: Grouping): string {
  const parts: [number, string][] = [
    [rows.accepted, 'new'],
    [rows.unchanged, 'unchanged'],
    [rows.conflicting, 'differ'],
    [rows.rejected, 'set aside'],
  ];
  return parts
    .filter(([number]) => number > 0)
    .map(([number, words]) => `${count(number, grouping)} ${words}`)
    .join(' · ');
}

/** How much of several files is done, by their bytes. Only reading its rows counts as having read a file. */
export function shareOfAll(
  going: readonly { bytes: number; path: string }[],
  done: readonly { path: string }[],
  current: string | null,
  progress: Pick<JobProgress, 'phase' | 'done' | 'total'> | null,
): { done: number; total: number } {
  const isDone = new Set(done.map(({ path }) => path));
  let read = 0;
  let total = 0;
  for (const { path, bytes } of going) {
    total += bytes;
    if (isDone.has(path)) read += bytes;
    else if (path === current && progress !== null && progress.total > 0) {
      if (progress.phase === 'rows') read += bytes * Math.min(1, progress.done / progress.total);
      else if (progress.phase === 'outcomes' || progress.phase === 'days') read += bytes;
    }
  }
  return { done: read, total };
}
