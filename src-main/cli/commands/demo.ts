import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuecastError } from '../../ipc/errors.ts';
import { compareModels, drawTimeline, scorePortfolio } from '../../processes/portfolio-jobs.ts';
import { trainModels } from '../../processes/train-job.ts';
import type { Command } from '../command.ts';
import { duration } from '../words.ts';
import { formatScores, formatTimeline } from './customers.ts';
import { formatGenerated, formatImport, generateJob, importJob, SAMPLE_SIZE } from './data.ts';
import { formatComparison, formatTraining } from './models.ts';

export const demoCommand: Command = {
  usage: '[--customers 1000] [--days 90] [--seed 7] [--epochs 50] [--portfolio FILE]',
  options: {
    customers: { value: 'N', about: 'how many customers (1000)' },
    days: { value: 'N', about: 'how many days (90)' },
    seed: { value: 'N', about: 'what is drawn (7)' },
    epochs: { value: 'N', about: 'at most this many; training stops early (50)' },
    portfolio: {
      value: 'FILE',
      about: 'where to keep it; an existing file is refused (demo.duecast, demo-2.duecast, …)',
    },
  },
  async run(args, shell) {
    args.none();
    const started = performance.now();
    const asked = args.text('portfolio');
    if (asked !== null && existsSync(asked)) {
      throw new DuecastError(
        'file-exists',
        `${asked} exists already and was left alone. Name another file with --portfolio.`,
      );
    }
    const path = asked ?? unusedName();
    const size = {
      customers: args.integer('customers') ?? SAMPLE_SIZE.customers,
      days: args.integer('days') ?? SAMPLE_SIZE.days,
      seed: args.integer('seed') ?? SAMPLE_SIZE.seed,
    };
    const epochs = args.integer('epochs');
    const title = (text: string) => shell.tell(`\n── ${text} ${'─'.repeat(Math.max(2, 70 - text.length))}`);

    const folder = await mkdtemp(join(tmpdir(), 'duecast-demo-'));
    try {
      const out = join(folder, 'sample.csv');
      title('A synthetic portfolio');
      const generated = await generateJob(shell, { out, ...size, dates: false });
      shell.tell(formatGenerated(generated));
      return await shell.withPortfolio(path, { create: true }, async (workspace) => {
        title('Import');
        const request = { file: out, profile: null, settings: [], dryRun: false, onConflict: 'keep' as const };
        const imported = await importJob(shell, workspace, request);
        shell.tell(formatImport(imported, false));

        title('Training, models side by side');
        const defaults = {
          models: null,
          window: null,
          horizon: null,
          gap: null,
          labelRule: null,
          batch: null,
          seed: null,
          splitSeed: null,
        };
        const train = await shell.job((context) =>
          trainModels(workspace, { ...defaults, epochs, backend: 'auto' }, context),
        );
        shell.tell(formatTraining(train));

        title('Comparison on the test customers');
        const compare = await shell.job((context) => compareModels(workspace, null, context));
        shell.tell(formatComparison(compare));

        title('Scores');
        const { document: score } = await shell.job((context) => scorePortfolio(workspace, null, context));
        shell.tell(formatScores(score));

        title('The riskiest customer');
        const riskiest = score.riskiest[0].customer_id;
        const timeline = await shell.job((context) => drawTimeline(workspace, riskiest, null, context));
        shell.tell(formatTimeline(timeline));

        const seconds = (performance.now() - started) / 1e3;
        const document = {
          portfolio: path,
          generate: generated,
          import: imported,
          train,
          compare,
          score,
          timeline,
          seconds,
        };
        return { document, text: `\nDone in ${duration(seconds)}. The portfolio is ${path}.` };
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

function unusedName(): string {
  for (let n = 1; ; n++) {
    const name = n === 1 ? 'demo.duecast' : `demo-${n}.duecast`;
    if (!existsSync(name)) return name;
  }
}
