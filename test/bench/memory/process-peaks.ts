import { readdirSync, readFileSync } from 'node:fs';

/** Peak resident memory of one process, as far as it was seen. */
export interface ProcessPeak {
  pid: number;
  role: string;
  /** VmHWM: the most resident memory so far, shared pages included, in KiB. */
  peakKib: number;
}

export interface PeakSampler {
  /** Takes a last sample and answers with the peaks of all processes seen, in the order they came. */
  stop(): ProcessPeak[];
}

const SAMPLE_MS = 200;

const ROLES: [RegExp, string][] = [
  [/store-process/, 'store'],
  [/model-process/, 'model'],
  [/cli[/\\]main/, 'command line'],
];

/**
 * Samples the peak memory of a process and all its descendants every 200 ms, from Linux's /proc. What a process grows
 * in its last 200 ms is not seen.
 */
export function samplePeaks(root: number): PeakSampler {
  const peaks = new Map<number, ProcessPeak>();
  const sample = () => {
    for (const pid of treeOf(root)) {
      const status = readProc(pid, 'status');
      const kib = /^VmHWM:\s+(\d+) kB$/m.exec(status ?? '')?.[1];
      // A process that is ending has none.
      if (kib === undefined) continue;
      // A child has its parent's name and memory until it is given its program, so the last sample counts.
      peaks.set(pid, { pid, role: roleOf(pid) ?? peaks.get(pid)?.role ?? 'other', peakKib: Number(kib) });
    }
  };
  const timer = setInterval(sample, SAMPLE_MS);
  sample();
  return {
    stop() {
      clearInterval(timer);
      sample();
      return [...peaks.values()];
    },
  };
}

function treeOf(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    // The name in brackets may hold anything; after it come the state and the parent.
    const stat = readProc(Number(name), 'stat');
    const parent = Number(stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    if (Number.isNaN(parent)) continue;
    const siblings = children.get(parent) ?? [];
    siblings.push(Number(name));
    children.set(parent, siblings);
  }
  const tree: number[] = [];
  for (const waiting = [root]; waiting.length > 0;) {
    const pid = waiting.pop() ?? root;
    tree.push(pid);
    waiting.push(...(children.get(pid) ?? []));
  }
  return tree;
}

function roleOf(pid: number): string | null {
  const words = readProc(pid, 'cmdline');
  if (words === null || words === '') return null;
  return ROLES.find(([pattern]) => pattern.test(words))?.[1] ?? 'other';
}

/** Null once the process is gone. */
function readProc(pid: number, file: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return null;
  }
}
