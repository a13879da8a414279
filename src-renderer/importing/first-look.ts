import type { JobProgress } from '../../src-main/ipc/contract.ts';
import { percent, timeLeft } from '../ui/format.ts';
import type { TimeLeft } from './time-left.ts';

/** Beside how a file is read: that this is a first look at parts of it, and how far the rest is read. */
export function firstLook(
  provisional: boolean,
  progress: Pick<JobProgress, 'phase' | 'done' | 'total' | 'share'> | null,
  clock: TimeLeft,
  nowMs = performance.now(),
): string | undefined {
  if (!provisional) return undefined;
  if (progress === null) return 'a first look at parts of the file';
  const left = timeLeft(clock.after(progress, nowMs));
  const far = progress.share === null ? '…' : `… ${percent(progress.share, 0)}`;
  return ['a first look; reading on', far, left === '' ? '' : `· ${left}`].filter((part) => part !== '').join(' ');
}
