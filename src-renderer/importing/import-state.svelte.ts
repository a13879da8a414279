import type { ColumnRole, ImportDocument } from '../../src-main/ipc/documents.ts';
import type { RequestOf, StartedJob } from '../../src-main/ipc/contract.ts';
import type { Failure } from '../../src-main/ipc/errors.ts';
import type { FilePreview, SettingPairs } from '../../src-main/ipc/views.ts';
import { jobs } from '../frame/jobs.svelte.ts';
import { ConflictChoice } from './conflict-choice.svelte.ts';
import { call, failureOf } from '../frame/transport.ts';
import { settingPairs, withRole, type ChosenRoles } from './roles.ts';

/** Where a file came from: another one, another portfolio or a later state of its data is another import. */
export interface Occasion {
  file: string | null;
  portfolio: string;
  /** How often a file was given so far; the same one may come twice, changed in between. */
  given: number;
  /** Grows when the portfolio's data changes. */
  changes: number;
}

type Deciding = Pick<RequestOf<'startImport'>, 'onConflict' | 'decisions' | 'checkedSha256'>;

/** Other columns follow from these, so that roles chosen before mean nothing any more. */
const CUTTING = new Set(['encoding', 'delimiter', 'quote', 'headerLine', 'kind']);

/** Settings that name values of a column go with its role. */
const VALUES_OF: readonly [string, ColumnRole][] = [
  ['outcomePositive', 'outcome'],
  ['negative', 'indicator'],
];

/** The import that is being prepared: it stays as it is while another screen is shown. */
class ImportState {
  file = $state.raw<string | null>(null);
  profile = $state<string | null>(null);
  settings = $state.raw<Readonly<Record<string, string>>>({});
  roles = $state.raw<ChosenRoles>({});
  readonly conflicts = new ConflictChoice();

  preview = $state.raw<FilePreview | null>(null);
  previewing = $state(false);
  /** Why there is no preview at all. */
  failure = $state.raw<Failure | null>(null);

  check = $state.raw<ImportDocument | null>(null);
  checkFailure = $state.raw<Failure | null>(null);
  working = $state<'surveying' | 'checking' | 'importing' | null>(null);
  /** The analyst cancelled the check; it starts again when something is changed, or when asked. */
  stopped = $state(false);
  /** Likewise of reading a long file as a whole: only parts of it were looked at. */
  surveyStopped = $state(false);
  surveyFailure = $state.raw<Failure | null>(null);

  /** The analyst cancelled the import; the check still holds. */
  importCancelled = $state(false);
  result = $state.raw<ImportDocument | null>(null);
  undone = $state(false);

  /** The preview is a first look at parts of a long file; what counts is decided by all of it. */
  readonly wantsSurvey = $derived(
    this.preview?.provisional === true &&
      !this.previewing &&
      this.working === null &&
      this.result === null &&
      this.surveyFailure === null &&
      !this.surveyStopped,
  );

  readonly wantsCheck = $derived(
    (this.preview?.reading ?? null) !== null &&
      this.preview?.provisional !== true &&
      !this.previewing &&
      this.working === null &&
      this.check === null &&
      this.checkFailure === null &&
      this.result === null &&
      !this.stopped,
  );

  #occasion: Occasion = { file: null, portfolio: '', given: 0, changes: 0 };
  #asked = 0;
  /** What the preview was asked with: the check and the import are asked with the same. */
  #asking: { file: string; profile: string | null; settings: SettingPairs } | null = null;
  /** How a file of several is to be read when it is opened. */
  #prepared: { file: string; profile: string | null; settings: SettingPairs } | null = null;
  #job: Promise<StartedJob> | null = null;
  #ended: Promise<void> = Promise.resolve();

  /** What the preview was asked with. */
  get asking(): { profile: string | null; settings: SettingPairs } {
    return { profile: this.#asking?.profile ?? null, settings: this.#asking?.settings ?? [] };
  }

  /** Before a file is opened that was asked to be read in a certain way. */
  prepare(file: string, asking: { profile: string | null; settings: SettingPairs }): void {
    this.#prepared = { file, ...asking };
  }

  /** The screen is shown, for a file or for none. */
  take(occasion: Occasion): void {
    const { file, portfolio, given, changes } = this.#occasion;
    this.#occasion = occasion;
    const isOther = occasion.file !== file || occasion.portfolio !== portfolio || occasion.given !== given;
    if (isOther) this.#begin(occasion.file);
    // What was checked against has changed.
    else if (occasion.changes !== changes && this.result === null && this.working === null) void this.refresh();
  }

  #begin(file: string | null): void {
    this.file = file;
    const prepared = this.#prepared?.file === file ? this.#prepared : null;
    this.#prepared = null;
    this.profile = prepared?.profile ?? null;
    this.settings = Object.fromEntries((prepared?.settings ?? []).map(({ key, value }) => [key, value]));
    this.roles = {};
    this.conflicts.forget();
    this.preview = null;
    this.failure = null;
    void this.refresh();
  }

  set(settings: Readonly<Record<string, string>>): void {
    this.settings = { ...this.settings, ...settings };
    this.#forgetRoles(Object.keys(settings));
    // A file is one customer's, or a column says whose each row is.
    if (settings['customerId'] !== undefined) {
      this.roles = Object.fromEntries(Object.entries(this.roles).filter(([, role]) => role !== 'customer'));
    }
    void this.refresh();
  }

  /** Leaves it to detection again. */
  unset(keys: readonly string[]): void {
    this.settings = Object.fromEntries(Object.entries(this.settings).filter(([key]) => !keys.includes(key)));
    this.#forgetRoles(keys);
    void this.refresh();
  }

  setRole(column: number, role: ColumnRole): void {
    this.roles = withRole(this.roles, column, role);
    if (role === 'customer') this.#drop('customerId');
    for (const [key, its] of VALUES_OF) {
      const wasIts = this.preview?.columns[column]?.role === its && role !== its;
      if (wasIts && !Object.values(this.roles).includes(its)) this.#drop(key);
    }
    void this.refresh();
  }

  setProfile(name: string | null): void {
    this.profile = name;
    this.settings = {};
    this.roles = {};
    void this.refresh();
  }

  async refresh(): Promise<void> {
    const mine = ++this.#asked;
    this.check = null;
    this.checkFailure = null;
    this.stopped = false;
    this.surveyStopped = false;
    this.surveyFailure = null;
    this.importCancelled = false;
    this.result = null;
    this.undone = false;
    this.previewing = this.file !== null;
    await this.#stop();
    if (mine !== this.#asked || this.file === null) return;
    const settings = settingPairs(this.settings, this.roles, this.preview?.columns ?? []);
    const asking = { file: this.file, profile: this.profile, settings };
    try {
      const found = await call('previewImport', asking);
      if (mine !== this.#asked) return;
      this.#asking = asking;
      this.preview = found;
      this.failure = null;
    } catch (error) {
      if (mine !== this.#asked) return;
      this.preview = null;
      this.failure = failureOf(error);
    }
    this.previewing = false;
  }

  /** Reads all of the file to decide how it is read, and shows that in place of the first look. */
  async runSurvey(): Promise<void> {
    if (this.#asking === null || this.working !== null) return;
    const mine = this.#asked;
    this.surveyStopped = false;
    this.surveyFailure = null;
    this.working = 'surveying';
    const job = call('startSurvey', this.#asking);
    this.#job = job;
    const ending = jobs.run('survey', job);
    this.#ended = ending.then(
      () => undefined,
      () => undefined,
    );
    try {
      const found = await ending;
      if (mine === this.#asked) this.preview = found;
    } catch (error) {
      const failure = failureOf(error);
      // It is shown where the file is.
      if (jobs.failure?.kind === 'survey') jobs.failure = null;
      if (mine === this.#asked && failure.code === 'cancelled') this.surveyStopped = true;
      else if (mine === this.#asked) this.surveyFailure = failure;
    } finally {
      this.working = null;
      this.#job = null;
    }
  }

  async runCheck(): Promise<void> {
    this.stopped = false;
    this.checkFailure = null;
    const document = await this.#run('checking', { onConflict: 'keep' });
    if (document === null) return;
    this.conflicts.forget();
    this.check = document;
  }

  async commit(): Promise<void> {
    if (this.check === null) return;
    const { sha256 } = this.check;
    const document = await this.#run('importing', { ...this.conflicts.request(this.check), checkedSha256: sha256 });
    if (document !== null) this.result = document;
  }

  /** Takes the import back that has just been made. Throws a RequestFailure. */
  async undo(): Promise<void> {
    const batchId = this.result?.batchId ?? null;
    if (batchId === null) return;
    await call('undoImport', { batchId });
    this.undone = true;
  }

  /** How the file is read now, to be kept as a profile. Throws a RequestFailure. */
  async saveProfile(name: string): Promise<void> {
    if (this.#asking === null) return;
    await call('saveProfile', { name, ...this.#asking });
    this.setProfile(null);
  }

  async cancel(): Promise<void> {
    if (this.#job !== null) await call('cancelJob', await this.#job);
  }

  async #run(work: 'checking' | 'importing', how: Deciding): Promise<ImportDocument | null> {
    if (this.#asking === null || this.working !== null) return null;
    const mine = this.#asked;
    this.importCancelled = false;
    this.working = work;
    const job = call('startImport', { ...this.#asking, dryRun: work === 'checking', ...how });
    this.#job = job;
    const ending = jobs.run('import', job);
    this.#ended = ending.then(
      () => undefined,
      () => undefined,
    );
    try {
      const document = await ending;
      return mine === this.#asked ? document : null;
    } catch (error) {
      const failure = failureOf(error);
      // It is shown where the work was asked for.
      if (jobs.failure?.kind === 'import') jobs.failure = null;
      if (mine !== this.#asked) return null;
      if (failure.code !== 'cancelled') this.checkFailure = failure;
      else if (work === 'checking') this.stopped = true;
      else this.importCancelled = true;
      return null;
    } finally {
      this.working = null;
      this.#job = null;
    }
  }

  /** Ends what nobody waits for any more. */
  async #stop(): Promise<void> {
    if (this.working === null || this.working === 'importing') return;
    await this.cancel().catch(() => undefined);
    await this.#ended;
  }

  #forgetRoles(keys: readonly string[]): void {
    if (keys.some((key) => CUTTING.has(key))) this.roles = {};
  }

  #drop(key: string): void {
    this.settings = Object.fromEntries(Object.entries(this.settings).filter(([other]) => other !== key));
  }
}

export const importState = new ImportState();
