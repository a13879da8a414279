/** Before, a guess would jump about. */
const SETTLED_MS = 1_000;

/** How far a phase is. */
interface PhaseProgress {
  phase: string;
  done: number;
  total: number;
}

/**
 * Estimates how many seconds a phase still takes by how fast it went so far; null until that can be said. One for each
 * job; `now` in milliseconds.
 */
export function createTimeLeft(
  now: () => number = () => performance.now(),
): (progress: PhaseProgress) => number | null {
  let current = '';
  let startedAt = 0;
  let startedWith = 0;
  return ({ phase, done, total }) => {
    if (phase !== current || done < startedWith) {
      current = phase;
      startedAt = now();
      startedWith = done;
    }
    const elapsed = now() - startedAt;
    const gone = done - startedWith;
    if (elapsed < SETTLED_MS || gone <= 0 || total < done) return null;
    return (elapsed * (total - done)) / gone / 1000;
  };
}
