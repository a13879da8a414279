/**
 * Imports broken and random files: none may crash the importer, keep it for ever, lose a row without a reason, or change
 * a portfolio that refuses it.
 *
 *   npm run fuzz [-- --seed 1 --broken 10000 --random 10000 --longest 200000 --round-trips 5000]
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { parseArgs } from 'node:util';
import { historyRoundTrip, ledgerRoundTrip, told } from './round-trip.ts';

export interface FuzzPlan {
  seed: number;
  /** Parts of names of zoo exports that are cut short, and after how many bytes again. */
  truncate: string[];
  truncateEvery: number;
  /** So many zoo exports with a few bytes changed. */
  broken: number;
  /** So many files of any kind, up to `longest` bytes or thereabouts. */
  random: number;
  longest: number;
}

export type FuzzReport =
  | { kind: 'trying'; what: string; bytes: number }
  | { kind: 'fault'; what: string; why: string; content: string }
  | { kind: 'done'; read: number };

export interface Fault {
  what: string;
  why: string;
  /** Base64; empty where the file hung. */
  content: string;
}

export interface FuzzResult {
  tried: number;
  /** Files of which at least a row was taken. */
  read: number;
  faults: Fault[];
}

/** Nothing of these sizes may take longer, whatever the machine does besides. */
const LONGEST_MS = 60_000;

/** Works through a plan; a file that doesn't come to an end is a fault, and the last one. */
export function fuzz(plan: FuzzPlan, onTry: (tried: number) => void = () => {}): Promise<FuzzResult> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./fuzz-worker.ts', import.meta.url), { workerData: plan });
    const result: FuzzResult = { tried: 0, read: 0, faults: [] };
    let what = 'the start';
    let watchdog: NodeJS.Timeout;
    const watch = () => {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => {
        result.faults.push({ what, why: `not done after ${LONGEST_MS / 1000} s`, content: '' });
        void worker.terminate();
      }, LONGEST_MS);
    };
    watch();
    worker.on('message', (report: FuzzReport) => {
      watch();
      if (report.kind === 'trying') {
        what = report.what;
        onTry(++result.tried);
      } else if (report.kind === 'fault') result.faults.push(report);
      else result.read = report.read;
    });
    worker.once('error', (error) => {
      clearTimeout(watchdog);
      reject(new Error(`the importer's thread ended at ${what}`, { cause: error }));
    });
    worker.once('exit', () => {
      clearTimeout(watchdog);
      resolve(result);
    });
  });
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '1' },
      broken: { type: 'string', default: '10000' },
      random: { type: 'string', default: '10000' },
      longest: { type: 'string', default: '200000' },
      'round-trips': { type: 'string', default: '5000' },
    },
  });
  const seed = Number(values.seed);
  const kept = join(tmpdir(), 'duecast-fuzz-faults');
  mkdirSync(kept, { recursive: true });
  const truncate = [
    'volksbank',
    'credit-agricole',
    'utf-16le-tab',
    'alipay',
    'mufg',
    'hdfc-statement',
    'transactions-of-accounts',
    'archive.zip',
  ];
  const plan = {
    seed,
    truncate,
    truncateEvery: 1,
    broken: Number(values.broken),
    random: Number(values.random),
    longest: Number(values.longest),
  };
  const { tried, read, faults } = await fuzz(plan, (count) => {
    if (count % 1000 === 0) console.error(`${count} files`);
  });
  for (const [i, { what, why, content }] of faults.entries()) {
    const file = join(kept, `fault-${seed}-${i}.bin`);
    if (content !== '') writeFileSync(file, Buffer.from(content, 'base64'));
    console.log(`${what}: ${why}\n  ${content === '' ? '' : file}`);
  }
  console.log(`${tried} broken and random files, ${read} of them read in part, ${faults.length} faults`);

  const folder = mkdtempSync(join(tmpdir(), 'duecast-round-trip-'));
  const trips = Number(values['round-trips']);
  let otherwise = 0;
  for (let i = 0; i < trips; i++) {
    for (const mismatch of [await ledgerRoundTrip(folder, seed + i), await historyRoundTrip(folder, seed + i)]) {
      if (mismatch === null) continue;
      otherwise++;
      console.log(told(mismatch));
    }
  }
  if (otherwise === 0) rmSync(folder, { recursive: true, force: true });
  console.log(`${2 * trips} written files, ${otherwise} read back otherwise`);
  process.exitCode = faults.length + otherwise > 0 ? 1 : 0;
}

if (import.meta.main) await main();
