import type { Failure } from '../../src-main/ipc/errors.ts';
import type { MendDocument, SetAsideRow, SetAsideView } from '../../src-main/ipc/views.ts';
import { jobs } from '../frame/jobs.svelte.ts';
import { session } from '../frame/session.svelte.ts';
import { call, failureOf } from '../frame/transport.ts';

/** Set-aside rows of an import while they are being mended: edits stay while another screen is shown. */
class Mending {
  batchId = $state<string | null>(null);
  /** Of the portfolio whose import it is. */
  #path = $state<string | null>(null);
  /** Rows of another portfolio wait until that is open again. */
  readonly isOpen = $derived(this.batchId !== null && this.#path === (session.portfolio?.path ?? null));
  view = $state.raw<SetAsideView | null>(null);
  failure = $state.raw<Failure | null>(null);
  /** Rows as they are now, by id; only those that were touched. */
  edits = $state.raw<Readonly<Record<string, readonly string[]>>>({});
  /** Rows as they were when they were refused: the same again would only be refused again. */
  #tried = $state.raw<Readonly<Record<string, readonly string[]>>>({});
  /** Why mended rows were refused again, by id. */
  refused = $state.raw<Readonly<Record<string, MendDocument['refused'][number]>>>({});
  working = $state(false);
  /** Of the last import here. */
  last = $state.raw<MendDocument | null>(null);
  undone = $state(false);

  /** Rows whose cells are not as they were. */
  readonly changed = $derived(
    (this.view?.rows ?? []).filter(({ id, cells }) => {
      const edited = this.edits[id];
      const before = this.#tried[id] ?? cells;
      return edited !== undefined && edited.some((cell, i) => cell !== before[i]);
    }),
  );

  #changes = 0;

  /** Shows an import's rows, on the import screen. */
  async open(batchId: string): Promise<void> {
    session.go('import');
    const path = session.portfolio?.path ?? null;
    if (this.batchId !== batchId || this.#path !== path) {
      this.edits = {};
      this.refused = {};
      this.#tried = {};
      this.view = null;
    }
    this.last = null;
    this.#path = path;
    this.batchId = batchId;
    await this.load();
  }

  close(): void {
    this.batchId = null;
    this.view = null;
    this.edits = {};
    this.refused = {};
    this.#tried = {};
    this.last = null;
    this.failure = null;
  }

  async load(): Promise<void> {
    const { batchId } = this;
    if (batchId === null) return;
    this.failure = null;
    this.#changes = session.changes;
    try {
      const view = await call('setAside', { batchId });
      if (batchId === this.batchId) this.view = view;
    } catch (error) {
      if (batchId !== this.batchId) return;
      this.view = null;
      this.failure = failureOf(error);
    }
  }

  /** The portfolio has changed: an import may have been undone. */
  keepUp(changes: number): void {
    if (changes !== this.#changes && !this.working && this.view !== null) void this.load();
  }

  cellsOf({ id, cells }: SetAsideRow): readonly string[] {
    return this.edits[id] ?? cells;
  }

  /** What is wrong with a row, as it was last looked at. */
  reasonOf(row: SetAsideRow): { column: number | null; reason: string } {
    return this.refused[row.id] ?? row;
  }

  edit(row: SetAsideRow, column: number, text: string): void {
    this.edits = { ...this.edits, [row.id]: this.cellsOf(row).map((cell, i) => (i === column ? text : cell)) };
  }

  /** Imports the rows that were changed; those that still can't be read stay with the reason. */
  async run(): Promise<void> {
    const { batchId, changed } = this;
    if (batchId === null || changed.length === 0 || this.working) return;
    this.working = true;
    this.failure = null;
    this.undone = false;
    try {
      const rows = changed.map((row) => ({ id: row.id, cells: [...this.cellsOf(row)] }));
      const document = await jobs.run('mend', call('startMend', { batchId, rows }));
      const stays = new Set(document.refused.map(({ id }) => id));
      const imported = new Set(rows.map(({ id }) => id).filter((id) => !stays.has(id)));
      this.last = document;
      this.#tried = Object.fromEntries(rows.filter(({ id }) => stays.has(id)).map(({ id, cells }) => [id, cells]));
      this.refused = Object.fromEntries(document.refused.map((one) => [one.id, one]));
      this.edits = Object.fromEntries(Object.entries(this.edits).filter(([id]) => !imported.has(id)));
      await this.load();
    } catch (error) {
      const failure = failureOf(error);
      // It is shown where the work was asked for.
      if (jobs.failure?.kind === 'mend') jobs.failure = null;
      if (failure.code !== 'cancelled') this.failure = failure;
    }
    this.working = false;
  }

  /** Takes the import of the mended rows back. Throws a RequestFailure. */
  async undo(): Promise<void> {
    const batchId = this.last?.imported?.batchId ?? null;
    if (batchId === null) return;
    await call('undoImport', { batchId });
    this.undone = true;
    await this.load();
  }
}

export const mending = new Mending();
