import { spawnSync } from 'node:child_process';
import type { Locator } from 'playwright-core';
import { bringTestRuntime } from '../../scripts/setup/electron.mjs';
import type { Arguments } from '../../src-main/cli/arguments.ts';
import { table } from '../../src-main/cli/table.ts';
import { grouped } from '../../src-main/cli/words.ts';
import { DuecastError } from '../../src-main/ipc/errors.ts';
import { openApp } from '../e2e/open-app.ts';
import { ROOT } from '../e2e/runtime.ts';
import { screensOf } from '../e2e/screens.ts';
import { duringDelays, quantile, scrollFrames, type ThreadDelays } from './app/delays.ts';
import { countOf, type Benchmark } from './benchmark.ts';

const MOST_ACTIONS = 10;
const MOST_SECONDS = 120;
const MOST_DELAY_MS = 50;
const MOST_FRAME_MS = 33;
const JOB_MS = 900_000;

interface Figures {
  firstDay: { seconds: number; actions: string[] };
  delays: Record<string, ThreadDelays>;
  frames: { customers: number; p50: number; p95: number; longest: number };
}

/** The app as an analyst feels it, on a display without a screen. */
export const app: Benchmark = {
  about: 'the first day in the app, its threads’ delays meanwhile, and frames of a long table (Linux)',
  options: {
    epochs: { value: 'N', about: 'epochs of the first day; what the app proposes by default' },
    customers: { value: 'N', about: 'customers of the long table, 30,000 by default' },
  },
  async run(words: Arguments, say) {
    words.none();
    const epochs = words.integer('epochs');
    const customers = countOf(words, 'customers', 30_000);
    say('building …');
    await bringTestRuntime(ROOT);
    const built = spawnSync('npm', ['run', '-s', 'build'], { cwd: ROOT, encoding: 'utf8' });
    if (built.status !== 0) throw new DuecastError('internal', 'The app could not be built.', built.stderr);
    const figures: Figures = {
      ...(await measureFirstDay(epochs, say)),
      frames: await measureFrames(customers, say),
    };
    return { text: textOf(figures), document: figures };
  },
};

async function measureFirstDay(epochs: number | null, say: (line: string) => void): Promise<Omit<Figures, 'frames'>> {
  const { app: main, page, end } = await openApp();
  page.setDefaultTimeout(JOB_MS);
  const { start, portfolio, training, customers, customer } = screensOf(page);
  const actions: string[] = [];
  const act = async (what: string, action: Promise<void>) => {
    actions.push(what);
    await action;
  };
  try {
    await start.trySample.waitFor();
    const started = performance.now();
    say('first day: the sample …');
    const importing = await duringDelays(main, page, async () => {
      await act('Try the sample portfolio', start.trySample.click());
      await portfolio.title.waitFor();
    });
    await act('Train', training.open.click());
    if (epochs !== null) await act(`Epochs: ${epochs}`, training.epochs.fill(String(epochs)));
    await training.testCustomers(200).waitFor();
    say('first day: training …');
    const trained = await duringDelays(main, page, async () => {
      await act('Train 4 models', training.train.click());
      await training.model('Ensemble').waitFor();
    });
    say('first day: scoring …');
    const scored = await duringDelays(main, page, async () => {
      await act('Score the portfolio', training.score.click());
      await customers.watchlist.waitFor();
      await firstRow(customers.row(/C\d+/)).waitFor();
    });
    await act('a customer', firstRow(customers.row(/C\d+/)).click());
    await customer.timeline.waitFor();
    const seconds = (performance.now() - started) / 1e3;
    return { firstDay: { seconds, actions }, delays: { import: importing, training: trained, scoring: scored } };
  } finally {
    await end();
  }
}

const firstRow = (rows: Locator) => rows.first();

async function measureFrames(count: number, say: (line: string) => void): Promise<Figures['frames']> {
  const { page, end } = await openApp();
  page.setDefaultTimeout(JOB_MS);
  const { start, portfolio, training, customers } = screensOf(page);
  try {
    say(`a portfolio of ${grouped(count)} customers …`);
    await start.makeSample({ customers: count, days: 60, seed: 7 });
    await portfolio.title.waitFor();
    say('training on it …');
    await training.trainQuickly();
    await training.open.click();
    await training.score.click();
    await customers.watchlist.waitFor();
    await customers.open.click();
    await customers
      .count(`${grouped(count)} customers`)
      .first()
      .waitFor();
    say('scrolling …');
    const frames = await customers.table.evaluate(scrollFrames);
    return {
      customers: count,
      p50: quantile(frames, 0.5),
      p95: quantile(frames, 0.95),
      longest: Math.max(...frames),
    };
  } finally {
    await end();
  }
}

function textOf({ firstDay, delays, frames }: Figures): string {
  const rows = Object.entries(delays).flatMap(([phase, threads]) =>
    (['window', 'main'] as const).map((thread, i) => {
      const { p50, p99, longest, looks } = threads[thread];
      const figures = [p50, p99, longest].map((ms) => ms.toFixed(1));
      return [i === 0 ? phase : '', thread, ...figures, grouped(looks), verdict(p99 <= MOST_DELAY_MS)];
    }),
  );
  const { seconds, actions } = firstDay;
  const dayHolds = actions.length <= MOST_ACTIONS && seconds < MOST_SECONDS;
  return [
    `First day: ${actions.length} actions (${actions.join(', ')}) in ${seconds.toFixed(0)} s; at most ${MOST_ACTIONS} in ${MOST_SECONDS} s: ${verdict(dayHolds)}.`,
    '',
    `How late timers were served, ms; p99 at most ${MOST_DELAY_MS}:`,
    table(['phase', 'thread', 'p50', 'p99', 'longest', 'looks', ''], rows, [
      false,
      false,
      true,
      true,
      true,
      true,
      false,
    ]),
    '',
    `Frames while ${grouped(frames.customers)} customers are scrolled, ms: p50 ${frames.p50.toFixed(1)}, p95 ${frames.p95.toFixed(1)}, longest ${frames.longest.toFixed(1)}; p95 below ${MOST_FRAME_MS}: ${verdict(frames.p95 < MOST_FRAME_MS)}.`,
  ].join('\n');
}

const verdict = (holds: boolean) => (holds ? 'holds' : 'does not hold');
