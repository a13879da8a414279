import type { Page } from 'playwright-core';
import type { Transport } from '../../src-main/ipc/contract.ts';

/** The app's screens by the words that an analyst sees on them: the one place that knows these. */

/** For a job of a test's size on a slow machine. */
export const JOB_MS = 90_000;

declare const window: { duecast: Transport };

export interface SampleSize {
  customers: number;
  days: number;
  seed: number;
}

export function screensOf(page: Page) {
  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const heading = (name: string) => page.getByRole('heading', { name, exact: true });
  const rowHeader = (name: string) => page.getByRole('rowheader', { name });
  return {
    start: {
      trySample: button('Try the sample portfolio'),
      /** What the button does, with another size. */
      async makeSample(size: SampleSize): Promise<void> {
        const answer = await page.evaluate((request) => window.duecast.request('startSample', request), size);
        if (!(answer as { ok: boolean }).ok) throw new Error(JSON.stringify(answer));
      },
    },
    portfolio: {
      title: heading('Sample portfolio'),
      open: page.getByRole('button', { name: 'Portfolio', exact: true }),
      import: (file: string) => rowHeader(file),
    },
    training: {
      open: page.getByRole('button', { name: 'Train', exact: true }),
      epochs: page.getByRole('spinbutton', { name: 'Epochs' }),
      /** Its row once the split is known. */
      testCustomers: (count: number) => page.getByRole('row', { name: new RegExp(`^Test ${count} `) }),
      train: button('Train 4 models'),
      cancel: button('Cancel training'),
      curve: (model: string) => heading(model),
      /** Drawn from the end of the first epoch on. */
      losses: page.getByRole('img', { name: 'Loss' }).first(),
      model: (name: string) => rowHeader(name),
      score: button('Score the portfolio'),
      /** The one model that is trained within seconds, also on a large portfolio. Resolves when it is registered. */
      async trainQuickly(): Promise<void> {
        const ended = await page.evaluate(
          () =>
            new Promise<{ type: string }>((resolve) => {
              window.duecast.listen((name, news) => {
                const { type } = news as { type: string };
                if (name === 'job' && (type === 'done' || type === 'failed')) resolve(news as { type: string });
              });
              const choice = { window: null, horizon: null, gap: null, labelRule: null, splitSeed: null };
              const request = { ...choice, models: ['logistic'], epochs: 1, batch: 32, seed: 1 };
              void window.duecast.request('startTraining', request);
            }),
        );
        if (ended.type !== 'done') throw new Error(JSON.stringify(ended));
      },
    },
    customers: {
      title: heading('Customers'),
      watchlist: heading('Watchlist'),
      open: page.getByRole('navigation').getByRole('button', { name: 'Customers' }),
      search: page.getByLabel('Search customers'),
      table: page.getByRole('grid'),
      count: (text: string) => page.getByText(text, { exact: true }),
      row: (id: string | RegExp) => page.getByRole('row', { name: id }),
    },
    customer: {
      title: (id: string) => heading(id),
      timeline: page.getByRole('img', { name: 'Risk over time' }),
      asTable: button('Show as table').first(),
      table: page.getByRole('grid', { name: 'Risk over time' }),
    },
    notice: (text: RegExp) => page.getByText(text),
  };
}

export type Screens = ReturnType<typeof screensOf>;
