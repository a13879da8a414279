import type { RequestOf } from '../../src-main/ipc/contract.ts';
import type { ConflictRule, ImportDocument } from '../../src-main/ipc/documents.ts';
import type { Failure } from '../../src-main/ipc/errors.ts';
import type { ExportFileView, ExportListView, SettingPairs } from '../../src-main/ipc/views.ts';
import { jobs } from '../frame/jobs.svelte.ts';
import { call, failureOf } from '../frame/transport.ts';

/** How a file is asked to be read. */
export interface Asking {
  profile: string | null;
  settings: SettingPairs;
}

/** One of several files on its way into the portfolio. */
export interface FileEntry extends ExportFileView {
  asking: Asking;
  /** What an import would do; null until it is checked. */
  check: ImportDocument | null;
  /** Of its import; its batch is null where nothing changed. */
  result: ImportDocument | null;
  /** Why it could not be checked or imported. */
  failure: Failure | null;
  undone: boolean;
}

type Work = 'checking' | 'importing' | 'undoing';

const AS_FOUND: Asking = { profile: null, settings: [] };

const entryOf = (file: ExportFileView): FileEntry => ({
  ...file,
  asking: AS_FOUND,
  check: null,
  result: null,
  failure: null,
  undone: false,
});

/** A batch of its own that still stands. */
export const isKept = ({ result, undone }: FileEntry) => (result?.batchId ?? null) !== null && !undone;

/** Files that were chosen together: checked, imported and undone one after the other. One that fails stops no other. */
class SeveralFiles {
  entries = $state.raw<readonly FileEntry[]>([]);
  left = $state.raw<ExportListView['left']>([]);
  onConflict = $state<ConflictRule>('keep');
  working = $state<Work | null>(null);
  /** The file that is at work. */
  current = $state<string | null>(null);
  /** The analyst cancelled; the check does not start by itself again. */
  stopped = $state(false);
  /** Files that the work under way has done with, and all that it goes through. */
  done = $state.raw<readonly FileEntry[]>([]);
  going = $state.raw<readonly FileEntry[]>([]);

  readonly wantsCheck = $derived(
    this.working === null &&
      !this.stopped &&
      this.entries.some(({ check, failure, result }) => !check && !failure && !result),
  );
  readonly kept = $derived(this.entries.filter(isKept));
  /** Those that an import would take. */
  readonly open = $derived(this.entries.filter((entry) => entry.result === null && entry.failure === null));

  #list: ExportListView | null = null;
  #ended: Promise<void> = Promise.resolve();

  take(list: ExportListView | null): void {
    if (list === this.#list) return;
    this.#list = list;
    this.entries = (list?.files ?? []).map(entryOf);
    this.left = list?.left ?? [];
    this.onConflict = 'keep';
    this.stopped = false;
  }

  /** What was set, and done, for one of the files on the screen of its own. */
  takeBack(path: string, asking: Asking, result: ImportDocument | null): void {
    const entry = this.entries.find((one) => one.path === path);
    if (entry === undefined) return;
    const isSame = JSON.stringify(entry.asking) === JSON.stringify(asking);
    if (isSame && result === null) return;
    this.#change(path, { asking, check: null, failure: null, ...(result === null ? {} : { result, undone: false }) });
  }

  async check(): Promise<void> {
    const files = this.entries.filter((entry) => entry.result === null && entry.check === null);
    await this.#go('checking', files, async (entry) => {
      const check = await this.#run(entry, { dryRun: true, onConflict: 'keep' });
      this.#change(entry.path, { check, failure: null });
    });
  }

  /** From the beginning, with what has changed since. */
  async checkAgain(): Promise<void> {
    this.stopped = false;
    for (const { path, result, undone } of this.entries) {
      const isOver = result !== null && !undone;
      if (!isOver) this.#change(path, { check: null, failure: null, result: null, undone: false });
    }
    await this.check();
  }

  async importAll(): Promise<void> {
    if (this.working === 'checking') {
      this.stopped = true;
      await this.#cancelJob();
      await this.#ended;
    }
    const { onConflict } = this;
    await this.#go('importing', this.open, async (entry) => {
      const result = await this.#run(entry, { dryRun: false, onConflict });
      this.#change(entry.path, { result, failure: null });
    });
  }

  /** Takes imports back, the latest first. */
  async undo(entries: readonly FileEntry[]): Promise<void> {
    await this.#go('undoing', entries.filter(isKept).reverse(), async ({ path, result }) => {
      await call('undoImport', { batchId: result?.batchId ?? '' });
      this.#change(path, { undone: true });
    });
  }

  /** Ends what is at work, and does not begin with the next file. */
  async cancel(): Promise<void> {
    this.stopped = true;
    await this.#cancelJob();
  }

  async #cancelJob(): Promise<void> {
    if (this.working !== 'undoing') await jobs.cancel();
  }

  async #go(work: Work, files: readonly FileEntry[], step: (entry: FileEntry) => Promise<void>): Promise<void> {
    if (this.working !== null || files.length === 0) return;
    this.working = work;
    this.stopped = false;
    this.done = [];
    this.going = files;
    const going = (async () => {
      for (const entry of files) {
        if (this.stopped) return;
        this.current = entry.path;
        try {
          await step(entry);
        } catch (error) {
          const failure = failureOf(error);
          // It is shown with its file.
          if (jobs.failure?.kind === 'import') jobs.failure = null;
          if (failure.code === 'cancelled') this.stopped = true;
          else this.#change(entry.path, { failure });
        }
        this.done = [...this.done, entry];
      }
    })();
    this.#ended = going;
    await going;
    this.working = null;
    this.current = null;
  }

  #run(entry: FileEntry, how: Pick<RequestOf<'startImport'>, 'dryRun' | 'onConflict'>): Promise<ImportDocument> {
    return jobs.run('import', call('startImport', { file: entry.path, ...entry.asking, ...how }));
  }

  #change(path: string, change: Partial<FileEntry>): void {
    this.entries = this.entries.map((entry) => (entry.path === path ? { ...entry, ...change } : entry));
  }
}

export const severalFiles = new SeveralFiles();
