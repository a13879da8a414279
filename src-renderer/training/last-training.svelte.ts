import type { JobNews } from '../../src-main/ipc/contract.ts';
import type { EpochRecord, ModelKind, TrainDocument } from '../../src-main/ipc/documents.ts';
import { jobs } from '../frame/jobs.svelte.ts';

/** The curves of the training that runs, or of the last one in this window, whatever screen is shown. */
class LastTraining {
  curves = $state.raw<Partial<Record<ModelKind, EpochRecord[]>>>({});
  document = $state.raw<TrainDocument | null>(null);

  hear(news: JobNews): void {
    if (news.type === 'started' && news.job.kind === 'training') this.forget();
    else if (news.type === 'progress') {
      const { lane, figures } = news.progress;
      const last = figures?.unit === 'epochs' ? figures.epochs.last : null;
      if (lane !== undefined && last !== null) this.#add(lane, last);
    } else if (news.type === 'done' && news.kind === 'training') {
      this.document = news.value;
      const networks = news.value.models.filter(({ kind }) => kind === 'lstm' || kind === 'cnn-lstm');
      this.curves = Object.fromEntries(networks.map(({ kind, history }) => [kind, history]));
    } else if (news.type === 'failed' && news.kind === 'training') this.forget();
  }

  forget(): void {
    this.curves = {};
    this.document = null;
  }

  #add(lane: ModelKind, last: EpochRecord): void {
    const known = this.curves[lane] ?? [];
    if (known.some(({ epoch }) => epoch === last.epoch)) return;
    this.curves = { ...this.curves, [lane]: [...known, last] };
  }
}

export const lastTraining = new LastTraining();
jobs.watchers.add((news) => lastTraining.hear(news));
