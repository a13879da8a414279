import type { JobNews, JobProgress, TrainingFigures } from '../../src-main/ipc/contract.ts';
import type { EpochRecord, ModelKind, TrainableKind, TrainDocument } from '../../src-main/ipc/documents.ts';
import type { Failure } from '../../src-main/ipc/errors.ts';
import { jobs } from '../frame/jobs.svelte.ts';

/** One model of a training. */
export interface Lane {
  kind: TrainableKind;
  state: 'waiting' | 'running' | 'trained' | 'refused';
  figures: TrainingFigures | null;
}

/** The training that runs, or the last one in this window, whatever screen is shown. */
class LastTraining {
  lanes = $state.raw<Lane[]>([]);
  /** Of each network, so far, in order. */
  curves = $state.raw<Partial<Record<ModelKind, EpochRecord[]>>>({});
  document = $state.raw<TrainDocument | null>(null);
  /** How it ended early; `cancelled` where the analyst ended it. */
  failure = $state.raw<Failure | null>(null);

  /** Which repetition runs, where it is repeated with other seeds. */
  seed = $state.raw<NonNullable<JobProgress['seed']> | null>(null);

  #portfolio: string | null = null;

  /** Starts over for another portfolio. */
  begin(portfolio: string): void {
    if (portfolio === this.#portfolio) return;
    this.#portfolio = portfolio;
    if (jobs.running?.kind !== 'training') this.forget();
  }

  /** Before a start: the models that will be trained, in order. */
  expect(kinds: readonly TrainableKind[]): void {
    this.forget();
    this.lanes = kinds.map((kind) => ({ kind, state: 'waiting', figures: null }));
  }

  hear(news: JobNews): void {
    if (news.type === 'progress') {
      const { lane, figures, ended, seed } = news.progress;
      if (seed !== undefined) this.#follow(seed);
      if (lane === undefined || lane === 'ensemble' || lane === 'external') return;
      this.#move({ kind: lane, state: ended ?? 'running', figures: figures ?? null });
      const last = figures?.unit === 'epochs' ? figures.epochs.last : null;
      if (last !== null) this.#add(lane, last);
    } else if (news.type === 'done' && news.kind === 'training') {
      this.document = news.value;
      const networks = news.value.models.filter(({ kind }) => kind === 'lstm' || kind === 'cnn-lstm');
      this.curves = Object.fromEntries(networks.map(({ kind, history }) => [kind, history]));
    } else if (news.type === 'failed' && news.kind === 'training') {
      this.forget();
      this.failure = news.error;
    }
  }

  forget(): void {
    this.lanes = [];
    this.curves = {};
    this.seed = null;
    this.document = null;
    this.failure = null;
  }

  /** With the next seed all models begin anew. */
  #follow(seed: NonNullable<JobProgress['seed']>): void {
    if (this.seed !== null && this.seed.number !== seed.number) {
      this.lanes = this.lanes.map(({ kind }) => ({ kind, state: 'waiting', figures: null }));
      this.curves = {};
    }
    this.seed = seed;
  }

  #move(lane: Lane): void {
    const known = this.lanes.some(({ kind }) => kind === lane.kind);
    this.lanes = known ? this.lanes.map((one) => (one.kind === lane.kind ? lane : one)) : [...this.lanes, lane];
  }

  #add(lane: ModelKind, last: EpochRecord): void {
    const known = this.curves[lane] ?? [];
    if (known.some(({ epoch }) => epoch === last.epoch)) return;
    this.curves = { ...this.curves, [lane]: [...known, last] };
  }
}

export const lastTraining = new LastTraining();
jobs.watchers.add((news) => lastTraining.hear(news));
