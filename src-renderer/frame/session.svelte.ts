import type { MenuCommand } from '../../src-main/ipc/contract.ts';
import type { Failure } from '../../src-main/ipc/errors.ts';
import type { ExportListView, PortfolioNaming, PortfolioView } from '../../src-main/ipc/views.ts';
import { jobs } from './jobs.svelte.ts';
import { preferences } from './preferences.svelte.ts';
import type { Screen } from './screens.ts';
import { call, failureOf, listen } from './transport.ts';

/** A list of customers as it was filtered and sorted, by their ids. */
export interface CustomerList {
  screen: 'watchlist' | 'customers';
  customers: readonly string[];
}

/** What the window is showing: the open portfolio, the screen, and what went wrong last. */
class Session {
  portfolio = $state.raw<PortfolioView | null>(null);
  screen = $state<Screen>('start');
  customer = $state<string | null>(null);
  failure = $state.raw<Failure | null>(null);
  /** What was done last and leaves no other trace on the screen. */
  done = $state<string | null>(null);
  /** Grows whenever data, models or scores have changed. */
  changes = $state(0);
  /** The export that the import screen reads. */
  file = $state<string | null>(null);
  /** The exports that were chosen together, to be imported one after the other. */
  exports = $state.raw<ExportListView | null>(null);
  /** How often an export was given: the same one may come again, changed in between. */
  fileTimes = $state(0);
  /** The path of a portfolio that is to be made, while its name is being asked for. */
  newPath = $state<string | null>(null);
  paletteOpen = $state(false);
  /** The list that `customer` was opened from, for “back” and “next”; null from elsewhere. */
  list = $state.raw<CustomerList | null>(null);

  async begin(): Promise<void> {
    listen({
      job: (news) => jobs.hear(news),
      portfolioChanged: ({ open }) => this.#take(open),
      menu: ({ command }) => void this.obey(command),
    });
    await this.attempt(async () => {
      await preferences.begin();
      const { open } = await call('portfolio', {});
      if (open !== null) this.#take(open);
      // A window that was loaded again finds what still runs.
      const [job] = (await call('jobs', {})).jobs;
      if (job !== undefined && jobs.running === null) jobs.hear({ type: 'started', job });
    });
  }

  go(screen: Screen): void {
    this.failure = null;
    this.done = null;
    this.screen = screen;
  }

  showCustomer(customer: string, list: CustomerList | null = null): void {
    this.customer = customer;
    this.list = list;
    this.go('customer');
  }

  /** Does something; what goes wrong is shown above the screen. */
  async attempt(work: () => Promise<unknown>): Promise<void> {
    this.failure = null;
    this.done = null;
    try {
      await work();
    } catch (error) {
      const failure = failureOf(error);
      if (failure.code !== 'cancelled') this.failure = failure;
    }
  }

  async obey(command: MenuCommand): Promise<void> {
    if (command === 'open') await this.#openOther();
    else if (command === 'new') await this.#askNew();
    else if (command === 'settings') this.go('settings');
    else if (command === 'import') await this.#chooseExport();
    else if (this.portfolio === null) return;
    else if (command === 'palette') this.paletteOpen = true;
    else if (command === 'close') await this.attempt(() => call('closePortfolio', {}));
    else await this.#saveCopy();
  }

  open(path: string): Promise<void> {
    return this.attempt(async () => {
      const wasOpen = path === this.portfolio?.path;
      this.#take(await call('openPortfolio', { path }));
      if (!wasOpen) this.go(this.waiting === null ? 'portfolio' : 'import');
    });
  }

  create(path: string, naming: PortfolioNaming): Promise<void> {
    return this.attempt(async () => {
      this.#take(await call('createPortfolio', { path, ...naming }));
      this.newPath = null;
      this.go(this.waiting === null ? 'portfolio' : 'import');
    });
  }

  /** What waits to be imported until a portfolio is open. */
  get waiting(): string | null {
    if (this.exports !== null) return `${this.exports.files.length} exports`;
    return this.file?.replace(/^.*[\\/]/, '') ?? null;
  }

  /** What was chosen or dropped: one file is shown by itself, several and those of folders as a list. */
  importPaths(paths: readonly string[]): Promise<void> {
    return this.attempt(async () => {
      if (paths.length === 0) return;
      const list = await call('listExports', { paths: [...paths] });
      const [first] = list.files;
      if (paths.length === 1 && (first === undefined || first.path === paths[0])) {
        this.exports = null;
        this.importFile(paths[0]);
        return;
      }
      this.file = null;
      this.exports = list;
      if (this.portfolio !== null) this.go('import');
    });
  }

  leaveExports(): void {
    this.exports = null;
    this.file = null;
  }

  /** Shows how a file would be read; without a portfolio it asks for one first. */
  importFile(file: string): void {
    this.file = file;
    this.fileTimes++;
    if (this.portfolio !== null) this.go('import');
  }

  #saveCopy(): Promise<void> {
    return this.attempt(async () => {
      const { path } = await call('saveCopy', {});
      if (path !== null) this.done = `A copy was saved: ${path}`;
    });
  }

  #openOther(): Promise<void> {
    return this.attempt(async () => {
      const { path } = await call('choosePortfolio', { purpose: 'open' });
      if (path !== null) await this.open(path);
    });
  }

  #askNew(): Promise<void> {
    return this.attempt(async () => {
      this.newPath = (await call('choosePortfolio', { purpose: 'create' })).path;
    });
  }

  #chooseExport(): Promise<void> {
    return this.attempt(async () => {
      await this.importPaths((await call('chooseExports', { what: 'files' })).paths);
    });
  }

  chooseFolder(): Promise<void> {
    return this.attempt(async () => {
      await this.importPaths((await call('chooseExports', { what: 'folder' })).paths);
    });
  }

  #take(open: PortfolioView | null): void {
    const another = open?.path !== this.portfolio?.path;
    // A file that waited without a portfolio goes with the next one; one that was looked at in another does not.
    if (another && this.portfolio !== null) this.leaveExports();
    this.portfolio = open;
    this.changes++;
    if (another) this.screen = open === null ? 'start' : 'portfolio';
  }
}

export const session = new Session();
