import type { JobProgress } from '../ipc/contract.ts';

/** Of all seeds where a training is repeated; of a network all its epochs count, it may stop earlier. */
export function shareOf(progress: Omit<JobProgress, 'share'>): number | null {
  const share = shareOfSeed(progress);
  const { seed } = progress;
  return share === null || seed === undefined ? share : (seed.number - 1 + share) / seed.of;
}

function shareOfSeed({ done, total, figures, ended }: Omit<JobProgress, 'share'>): number | null {
  if (ended !== undefined) return 1;
  if (total === 0) return null;
  const share = done / total;
  if (figures?.unit !== 'epochs') return share;
  const { epoch, epochs } = figures.epochs;
  return (epoch - 1 + share) / epochs;
}
