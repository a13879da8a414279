import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Arguments } from '../../src-main/cli/arguments.ts';
import { table } from '../../src-main/cli/table.ts';
import { grouped } from '../../src-main/cli/words.ts';
import { DuecastError } from '../../src-main/ipc/errors.ts';
import { createNodeHost } from '../../src-main/processes/node-host.ts';
import { connect } from '../../src-main/processes/rpc.ts';
import type { StoreApi } from '../../src-main/processes/store-api.ts';
import { countOf, median, type Benchmark } from './benchmark.ts';
import { samplePeaks } from './memory/process-peaks.ts';

const COMMAND_LINE = fileURLToPath(new URL('../../src-main/cli/main.ts', import.meta.url));
const DAYS = 90;
const LARGE_ROWS = 10_000_000;

/** Of one run with all its processes. */
interface Run {
  seconds: number;
  /** User and system time. */
  cpuSeconds: number;
}

type Contender = 'sqlite3 .import' | 'import' | 'import again';

/** A file of the preset into a new portfolio, against SQLite's own importer into a table of the same key. */
export const importing: Benchmark = {
  about: 'importing a million rows against sqlite3 .import (Debian’s sqlite3), in turn, and the first preview',
  options: {
    rounds: { value: 'N', about: 'rounds, 5 by default' },
    rows: { value: 'N', about: 'rows of the file, about a million by default' },
    large: { value: null, about: 'ten million rows as well: peak memory of every process (Linux)' },
  },
  async run(words: Arguments, say) {
    words.none();
    const rounds = countOf(words, 'rounds', 5);
    const customers = Math.ceil(countOf(words, 'rows', 1_000_080) / DAYS);
    const folder = await mkdtemp(join(tmpdir(), 'duecast-bench-import-'));
    try {
      say('generating …');
      const csv = join(folder, 'sample.csv');
      await duecast(['generate', '--out', csv, '--customers', `${customers}`, '--days', `${DAYS}`]);
      const { size } = await stat(csv);
      const runs: Record<Contender, Run[]> = { 'sqlite3 .import': [], import: [], 'import again': [] };
      const previewMs: number[] = [];
      for (let round = 1; round <= rounds; round++) {
        say(`round ${round} …`);
        runs['sqlite3 .import'].push(await bySqlite(folder, csv));
        const portfolio = join(folder, `${round}.duecast`);
        runs.import.push(await duecast(['import', csv, '--portfolio', portfolio]));
        runs['import again'].push(await duecast(['import', csv, '--portfolio', portfolio]));
        await rm(portfolio);
        previewMs.push(await firstPreviewMs(csv));
      }
      const peaks = words.flag('large') ? await largePeaks(folder, say) : null;
      const rows = customers * DAYS;
      return {
        text: textOf(rows, size, runs, previewMs, peaks),
        document: { rows, bytes: size, runs, previewMs, peaks },
      };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

const duecast = (command: string[]): Promise<Run> => timed([process.execPath, COMMAND_LINE, ...command, '--json']);

async function bySqlite(folder: string, csv: string): Promise<Run> {
  const database = join(folder, 'sqlite.db');
  const script = join(folder, 'import.sql');
  const columns = Array.from({ length: 10 }, (_, i) => `f${i} REAL`).join(', ');
  await writeFile(
    script,
    [
      'PRAGMA journal_mode = WAL;',
      'PRAGMA synchronous = NORMAL;',
      `CREATE TABLE history (customer TEXT, step INTEGER, ${columns}, flag INTEGER, PRIMARY KEY (customer, step)) WITHOUT ROWID;`,
      `.import --csv --skip 1 ${csv} history`,
      '',
    ].join('\n'),
  );
  const run = await timed(['sqlite3', database, `.read ${script}`]);
  await Promise.all(['', '-wal', '-shm'].map((ending) => rm(database + ending, { force: true })));
  return run;
}

/** Runs a command to its end; the shell's `time` counts its children as well. */
async function timed(command: string[]): Promise<Run> {
  const child = spawn('bash', ['-c', 'TIMEFORMAT="time %R %U %S"; time "$@"', 'bash', ...command], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let output = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output = (output + text).slice(-4000)));
  const [code] = (await once(child, 'close')) as [number | null];
  const times = /time ([\d.]+) ([\d.]+) ([\d.]+)\s*$/.exec(output);
  if (code !== 0 || times === null) throw new DuecastError('process-ended', `“${command.join(' ')}” failed.`, output);
  const [, real, user, system] = times.map(Number);
  return { seconds: real!, cpuSeconds: user! + system! };
}

/** What an analyst waits for after dropping a file: a store process is up, and has read nothing yet. */
async function firstPreviewMs(csv: string): Promise<number> {
  const store = createNodeHost().start('store');
  try {
    const client = connect<StoreApi>(store.channel);
    await client.call('close', {});
    const started = performance.now();
    await client.call('previewImport', { file: csv, profile: null, settings: [] });
    return performance.now() - started;
  } finally {
    await store.stop();
  }
}

async function largePeaks(folder: string, say: (line: string) => void) {
  say(`${grouped(LARGE_ROWS)} rows …`);
  const csv = join(folder, 'large.csv');
  await duecast(['generate', '--out', csv, '--customers', `${Math.ceil(LARGE_ROWS / DAYS)}`, '--days', `${DAYS}`]);
  const command = ['import', csv, '--portfolio', join(folder, 'large.duecast')];
  const results = [];
  for (const work of ['import', 'import again']) {
    say(`${work} …`);
    const child = spawn(process.execPath, [COMMAND_LINE, ...command, '--json'], { stdio: 'ignore' });
    const sampler = samplePeaks(child.pid!);
    const [code] = (await once(child, 'close')) as [number | null];
    const peaks = sampler.stop();
    if (code !== 0) throw new DuecastError('process-ended', `The ${work} of ${grouped(LARGE_ROWS)} rows failed.`);
    results.push(...peaks.map(({ role, peakKib }) => ({ work, role, peakMib: peakKib / 1024 })));
  }
  return { previewMs: await firstPreviewMs(csv), processes: results };
}

function textOf(
  rows: number,
  bytes: number,
  runs: Record<Contender, Run[]>,
  previewMs: number[],
  peaks: Awaited<ReturnType<typeof largePeaks>> | null,
): string {
  const base = median(runs['sqlite3 .import'].map(({ seconds }) => seconds));
  const lines = (Object.keys(runs) as Contender[]).map((name) => {
    const seconds = median(runs[name].map((run) => run.seconds));
    const cpu = median(runs[name].map((run) => run.cpuSeconds));
    return [
      name,
      seconds.toFixed(2),
      cpu.toFixed(2),
      `${(seconds / base).toFixed(2)}×`,
      runs[name].map((run) => run.seconds.toFixed(2)).join(' '),
    ];
  });
  const text = [
    `${grouped(rows)} rows, ${grouped(bytes / 1e6)} MB, into a new file in WAL mode`,
    '',
    table(['', 'seconds', 'CPU', 'ratio', 'rounds'], lines, [false, true, true, true, false]),
    '',
    `First preview: ${Math.round(median(previewMs))} ms.`,
  ];
  if (peaks === null) return text.join('\n');
  const largest = peaks.processes.map(({ work, role, peakMib }) => [work, role, grouped(peakMib)]);
  return [
    ...text,
    '',
    table([`${grouped(LARGE_ROWS)} rows`, 'process', 'peak MiB'], largest, [false, false, true]),
    '',
    `First preview of that file: ${Math.round(peaks.previewMs)} ms.`,
  ].join('\n');
}
