import type { ElectronApplication, Page } from 'playwright-core';

/** How late a thread served a timer, in milliseconds. */
export interface Delays {
  p50: number;
  p99: number;
  longest: number;
  /** How often it was looked at. */
  looks: number;
}

const EVERY_MS = 10;

interface Ticker {
  late: number[];
  stop(): void;
}

/** Runs in the window and in the main process alike, so it names nothing outside itself. */
function startTicker(everyMs: number): void {
  const late: number[] = [];
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    late.push(Math.max(0, now - last - everyMs));
    last = now;
  }, everyMs);
  (globalThis as { ticker?: Ticker }).ticker = { late, stop: () => clearInterval(timer) };
}

function stopTicker(): number[] {
  const { ticker } = globalThis as { ticker?: Ticker };
  ticker?.stop();
  return ticker?.late ?? [];
}

export interface ThreadDelays {
  window: Delays;
  main: Delays;
}

/** The delays of both threads while something is done. */
export async function duringDelays(
  app: ElectronApplication,
  page: Page,
  work: () => Promise<void>,
): Promise<ThreadDelays> {
  await page.evaluate(startTicker, EVERY_MS);
  await app.evaluate((_electron, [source, everyMs]) => void new Function(`return ${source}`)()(everyMs), [
    String(startTicker),
    EVERY_MS,
  ] as const);
  await work();
  const window = await page.evaluate(stopTicker);
  const main = await app.evaluate(
    (_electron, source) => new Function(`return ${source}`)()() as number[],
    String(stopTicker),
  );
  return { window: summed(window), main: summed(main) };
}

export const quantile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
};

const summed = (late: number[]): Delays => ({
  p50: quantile(late, 0.5),
  p99: quantile(late, 0.99),
  longest: Math.max(0, ...late),
  looks: late.length,
});

/** Milliseconds of each frame while an element is scrolled to its end and back. Runs in the window. */
export function scrollFrames(element: {
  scrollTop: number;
  scrollHeight: number;
  clientHeight: number;
}): Promise<number[]> {
  const FRAMES = 300;
  const frame = (globalThis as unknown as { requestAnimationFrame(next: (now: number) => void): void })
    .requestAnimationFrame;
  return new Promise((resolve) => {
    const times: number[] = [];
    const furthest = element.scrollHeight - element.clientHeight;
    const next = (now: number) => {
      times.push(now);
      const done = times.length / FRAMES;
      if (done > 1) return resolve(times.slice(1).map((time, i) => time - times[i]));
      element.scrollTop = furthest * (done < 0.5 ? 2 * done : 2 - 2 * done);
      frame(next);
    };
    frame(next);
  });
}
