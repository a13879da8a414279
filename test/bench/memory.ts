import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Arguments } from '../../src-main/cli/arguments.ts';
import { table } from '../../src-main/cli/table.ts';
import { duration, grouped } from '../../src-main/cli/words.ts';
import { DuecastError } from '../../src-main/ipc/errors.ts';
import { countOf, type Benchmark } from './benchmark.ts';
import { samplePeaks, type ProcessPeak } from './memory/process-peaks.ts';

const COMMAND_LINE = fileURLToPath(new URL('../../src-main/cli/main.ts', import.meta.url));
const LIMIT_MIB = 2048;

interface Step {
  step: string;
  seconds: number;
  processes: ProcessPeak[];
}

/** Peak resident memory of every process from export to scores, through the command line. */
export const memory: Benchmark = {
  about: 'peak resident memory of every process, from generating a sample to its scores (Linux)',
  options: {
    customers: { value: 'N', about: 'customers of the sample, 10,000 by default' },
    days: { value: 'N', about: 'days of the sample, 365 by default' },
    epochs: { value: 'N', about: 'epochs of training, 1 by default' },
  },
  async run(words: Arguments, say) {
    words.none();
    if (process.platform !== 'linux') {
      throw new DuecastError('usage', 'This benchmark reads peak memory from /proc, which only Linux has.');
    }
    const customers = countOf(words, 'customers', 10_000);
    const days = countOf(words, 'days', 365);
    const epochs = countOf(words, 'epochs', 1);
    const folder = await mkdtemp(join(tmpdir(), 'duecast-bench-memory-'));
    try {
      const [csv, portfolio] = [join(folder, 'sample.csv'), join(folder, 'sample.duecast')];
      const commands = [
        ['generate', '--out', csv, '--customers', `${customers}`, '--days', `${days}`],
        ['import', csv, '--portfolio', portfolio],
        ['train', '--portfolio', portfolio, '--epochs', `${epochs}`],
        ['score', '--portfolio', portfolio, '--out', join(folder, 'scores.csv')],
      ];
      const steps: Step[] = [];
      for (const command of commands) {
        say(`${command[0]} …`);
        steps.push(await runCommand(command));
      }
      const peakMib = Math.max(...steps.flatMap(({ processes }) => processes.map(mebibytes)));
      return {
        text: `${grouped(customers)} customers × ${grouped(days)} days × 10 features\n\n${textOf(steps, peakMib)}`,
        document: { customers, days, epochs, steps, peakMib, limitMib: LIMIT_MIB },
      };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function runCommand(command: string[]): Promise<Step> {
  const started = performance.now();
  const child = spawn(process.execPath, [COMMAND_LINE, ...command, '--json'], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output = (output + text).slice(-4000)));
  }
  const sampler = samplePeaks(child.pid!);
  let processes: ProcessPeak[];
  let code: number | null;
  try {
    [code] = (await once(child, 'close')) as [number | null];
  } finally {
    processes = sampler.stop();
  }
  if (code !== 0) throw new DuecastError('process-ended', `“duecast ${command.join(' ')}” failed.`, output);
  return { step: command[0], seconds: (performance.now() - started) / 1e3, processes };
}

const mebibytes = ({ peakKib }: ProcessPeak) => peakKib / 1024;

function textOf(steps: Step[], peakMib: number): string {
  const rows = steps.flatMap(({ step, seconds, processes }) => {
    const roles = [...new Set(processes.map(({ role }) => role))];
    return roles.map((role, i) => {
      const peaks = processes.filter((process) => process.role === role).map(mebibytes);
      const each = peaks.length > 1 ? peaks.map(grouped).join(' ') : '';
      return [i === 0 ? step : '', i === 0 ? duration(seconds) : '', role, grouped(Math.max(...peaks)), each];
    });
  });
  const verdict = peakMib < LIMIT_MIB ? 'below' : 'not below';
  return [
    table(['step', 'time', 'process', 'peak MiB', 'each'], rows, [false, true, false, true, false]),
    '',
    `The largest process took ${grouped(peakMib)} MiB, ${verdict} ${grouped(LIMIT_MIB)}.`,
  ].join('\n');
}
