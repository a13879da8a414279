import type { MenuCommand, PortfolioView } from '../../src-main/ipc/contract.ts';
import type { Failure } from '../../src-main/ipc/errors.ts';
import { jobs } from './jobs.svelte.ts';
import { call, failureOf, listen } from './transport.ts';

export type Screen = 'start' | 'portfolio' | 'train' | 'customers' | 'customer';

/** What the window is showing: the open portfolio, the screen, and what went wrong last. */
class Session {
  portfolio = $state.raw<PortfolioView | null>(null);
  screen = $state<Screen>('start');
  customer = $state<string | null>(null);
  failure = $state.raw<Failure | null>(null);
  /** Grows whenever data, models or scores have changed. */
  changes = $state(0);
  /** A command of the native menu that a screen answers. */
  wanted = $state.raw<MenuCommand | null>(null);

  async begin(): Promise<void> {
    listen({
      job: (news) => jobs.hear(news),
      portfolioChanged: ({ open }) => this.#take(open),
      menu: ({ command }) => void this.obey(command),
    });
    await this.attempt(async () => {
      const { open } = await call('portfolio', {});
      if (open !== null) this.#take(open);
    });
  }

  go(screen: Screen): void {
    this.failure = null;
    this.screen = screen;
  }

  showCustomer(customer: string): void {
    this.customer = customer;
    this.go('customer');
  }

  /** Does something; what goes wrong is shown above the screen. */
  async attempt(work: () => Promise<unknown>): Promise<void> {
    this.failure = null;
    try {
      await work();
    } catch (error) {
      const failure = failureOf(error);
      if (failure.code !== 'cancelled') this.failure = failure;
    }
  }

  async obey(command: MenuCommand): Promise<void> {
    if (command === 'open' || command === 'new') {
      await this.attempt(async () => {
        const { path } = await call('choosePortfolio', { purpose: command === 'open' ? 'open' : 'create' });
        if (path !== null) await this.open(path, command === 'new');
      });
    } else if (this.portfolio !== null && command === 'close') {
      await this.attempt(() => call('closePortfolio', {}));
    } else if (this.portfolio !== null) {
      this.go('portfolio');
      this.wanted = command;
    }
  }

  open(path: string, create = false): Promise<void> {
    return this.attempt(async () => {
      this.#take(await call(create ? 'createPortfolio' : 'openPortfolio', { path }));
      this.go('portfolio');
    });
  }

  #take(open: PortfolioView | null): void {
    const another = open?.path !== this.portfolio?.path;
    this.portfolio = open;
    this.changes++;
    if (another) this.screen = open === null ? 'start' : 'portfolio';
  }
}

export const session = new Session();
