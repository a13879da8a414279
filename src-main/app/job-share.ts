import type { JobProgress } from '../ipc/contract.ts';

/** Of a network all its epochs count, not the one that it is in; it may stop earlier. */
export function shareOf({ done, total, figures, ended }: Omit<JobProgress, 'share'>): number | null {
  if (ended !== undefined) return 1;
  if (total === 0) return null;
  const share = done / total;
  if (figures?.unit !== 'epochs') return share;
  const { epoch, epochs } = figures.epochs;
  return (epoch - 1 + share) / epochs;
}
