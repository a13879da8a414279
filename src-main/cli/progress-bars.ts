import type { EpochProgress } from '../models/fit-network.ts';
import type { FitProgress } from '../models/fitted-model.ts';
import type { ModelKind } from '../ipc/documents.ts';
import type { Progress } from '../processes/rpc.ts';
import { createTimeLeft } from '../processes/time-left.ts';
import { clock, grouped, metric, MODEL_NAMES } from './words.ts';

const BAR_WIDTH = 20;

/** Where progress is drawn; the command line's stderr. */
export interface Screen {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

export interface ProgressBars {
  show(progress: Progress): void;
  /** Leaves the last state standing and starts anew below it. */
  finish(): void;
}

/**
 * One live line a lane on a terminal; elsewhere a line whenever a phase or an epoch ends.
 */
export function createProgressBars(screen: Screen): ProgressBars {
  return screen.isTTY ? liveBars(screen) : plainLines(screen);
}

function liveBars(screen: Screen): ProgressBars {
  const lanes = new Map<string, string>();
  let timeLeft = createTimeLeft();
  let drawn = 0;
  return {
    show(progress) {
      const left = progress.lane === undefined ? timeLeft(progress) : null;
      lanes.set(progress.lane ?? '', `${lineOf(progress)}${left === null ? '' : `  ${clock(left)} left`}`);
      const width = (screen.columns ?? 80) - 1;
      const up = drawn > 0 ? `\x1b[${drawn}A` : '';
      screen.write(up + [...lanes.values()].map((line) => `\x1b[2K${line.slice(0, width)}\n`).join(''));
      drawn = lanes.size;
    },
    finish() {
      lanes.clear();
      timeLeft = createTimeLeft();
      drawn = 0;
    },
  };
}

function plainLines(screen: Screen): ProgressBars {
  const said = new Map<string, string>();
  return {
    show(progress) {
      const { lane = '', phase, done, total } = progress;
      const epoch = epochsOf(progress)?.last?.epoch;
      const milestone = epoch === undefined ? (done >= total ? phase : null) : String(epoch);
      if (milestone === null || said.get(lane) === milestone) return;
      said.set(lane, milestone);
      screen.write(`${lineOf(progress)}\n`);
    },
    finish: () => said.clear(),
  };
}

function epochsOf({ figures }: Progress): EpochProgress | null {
  const fit = figures as FitProgress | undefined;
  return fit?.unit === 'epochs' ? fit.epochs : null;
}

function lineOf(progress: Progress): string {
  const { seed } = progress;
  return `${seed === undefined ? '' : `seed ${seed.number}/${seed.of} `}${lineOfPhase(progress)}`;
}

function lineOfPhase(progress: Progress): string {
  const { lane, phase, done, total } = progress;
  const name = (lane === undefined ? phase : (MODEL_NAMES[lane as ModelKind] ?? lane)).padEnd(10);
  const epochs = epochsOf(progress);
  if (epochs === null)
    return `${name} ${bar(done, total)} ${lane === undefined ? '' : `${phase} `}${grouped(done)} of ${grouped(total)}`;
  const { epoch, epochs: most, last, windowsPerSecond, secondsLeft } = epochs;
  const losses =
    last === null ? '' : `  loss ${metric(last.loss)}  validation ${metric(last.valLoss)}  AUC ${metric(last.valAuc)}`;
  const left = secondsLeft === null ? '' : `  at most ${clock(secondsLeft)} left`;
  return `${name} ${bar(done, total)} epoch ${String(epoch).padStart(2)}/${most}${losses}  ${grouped(windowsPerSecond)} windows/s${left}`;
}

function bar(done: number, total: number): string {
  const full = total > 0 ? Math.round((BAR_WIDTH * Math.min(done, total)) / total) : BAR_WIDTH;
  return '▓'.repeat(full) + '░'.repeat(BAR_WIDTH - full);
}
