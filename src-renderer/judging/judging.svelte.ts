import type { EvaluationView, ScoreFileView } from '../../src-main/ipc/evaluation.ts';
import type { Failure } from '../../src-main/ipc/errors.ts';
import { jobs } from '../frame/jobs.svelte.ts';
import { call, failureOf } from '../frame/transport.ts';
import { guessedColumns, guessedPositive } from './guesses.ts';

/** A file of scores that is judged by itself; what was chosen and found stays until another file is chosen. */
class Judging {
  open = $state(false);
  path = $state<string | null>(null);
  file = $state.raw<ScoreFileView | null>(null);
  failure = $state.raw<Failure | null>(null);
  reading = $state(false);
  label = $state('');
  positive = $state('');
  /** Columns by name; a score's is true where a lower one means riskier. */
  scores = $state<Record<string, boolean>>({});
  lowerIsRiskier = $state<Record<string, boolean>>({});
  /** Empty: every row stands for itself. */
  group = $state('');
  /** Empty: as the file shows. */
  decimal = $state<'' | '.' | ','>('');
  result = $state.raw<EvaluationView | null>(null);

  readonly chosen = $derived(
    (this.file?.columns ?? []).map(({ name }) => name).filter((name) => this.scores[name] && name !== this.label),
  );

  async choose(): Promise<void> {
    const [path] = (await call('chooseExports', { what: 'files' })).paths;
    if (path !== undefined) await this.look(path);
  }

  async look(path: string): Promise<void> {
    this.reading = true;
    this.failure = null;
    this.result = null;
    try {
      const file = await call('lookAtScores', { file: path, settings: [] });
      const { label, scores } = guessedColumns(file);
      this.path = path;
      this.file = file;
      this.scores = Object.fromEntries(scores.map((name) => [name, true]));
      this.lowerIsRiskier = {};
      this.group = '';
      this.decimal = '';
      this.chooseLabel(label);
    } catch (error) {
      this.failure = failureOf(error);
    }
    this.reading = false;
  }

  chooseLabel(name: string): void {
    this.label = name;
    const values = this.file?.columns.find((column) => column.name === name)?.values ?? [];
    this.positive = guessedPositive(values);
  }

  async judge(): Promise<void> {
    if (this.path === null) return;
    this.failure = null;
    this.result = null;
    const request = {
      file: this.path,
      label: this.label,
      positive: this.positive,
      negative: null,
      scores: [...this.chosen],
      lowerIsRiskier: this.chosen.filter((name) => this.lowerIsRiskier[name]),
      group: this.group === '' ? null : this.group,
      settings: this.decimal === '' ? [] : [{ key: 'decimal', value: this.decimal }],
    };
    try {
      this.result = await jobs.run('evaluation', call('startEvaluation', request));
    } catch (error) {
      const failure = failureOf(error);
      if (failure.code !== 'cancelled') this.failure = failure;
    }
  }
}

export const judging = new Judging();
