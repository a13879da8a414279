import type { Page } from 'playwright-core';
import { JOB_MS, type SampleSize, type Screens } from './screens.ts';

/** The steps of a first day with the sample portfolio, for the tests of the app and for a look at a packaged one. */

/** Makes the sample portfolio and imports its export. */
export async function makeSamplePortfolio(page: Page, screens: Screens, size: SampleSize): Promise<void> {
  await screens.start.makeSample(size);
  await screens.portfolio.title.waitFor({ timeout: JOB_MS });
  await page.getByText(`day 0 to day ${size.days - 1}`).waitFor();
  await screens.portfolio.import('sample.csv').waitFor();
  await page
    .getByText(/features need a look|10 features/)
    .first()
    .waitFor({ timeout: JOB_MS });
}

/** Starts a short training of all models; both networks’ curves are there when it resolves. */
export async function startShortTraining({ training }: Screens, testCustomers: number): Promise<void> {
  await training.open.click();
  await training.epochs.fill('1');
  await training.testCustomers(testCustomers).waitFor({ timeout: JOB_MS });
  await training.train.click();
  await training.curve('LSTM').waitFor({ timeout: JOB_MS });
  await training.curve('CNN-LSTM').waitFor();
}

export const waitForEnsemble = ({ training }: Screens) => training.model('Ensemble').waitFor({ timeout: JOB_MS });

export async function scorePortfolio({ training, customers }: Screens): Promise<void> {
  await training.score.click();
  await customers.watchlist.waitFor({ timeout: JOB_MS });
}

/** Finds a customer among all by the id. */
export async function findCustomer({ customers, customer }: Screens, id: string): Promise<void> {
  await customers.open.click();
  await customers.title.waitFor();
  await customers.search.fill(id);
  await customers.count('1 customer').waitFor();
  await customers.row(new RegExp(id)).click();
  await customer.title(id).waitFor();
  await customer.timeline.waitFor({ timeout: JOB_MS });
}

/** How many rows the timeline of the customer on the screen has as a table, its header among them. */
export async function timelineRows({ customer }: Screens): Promise<number> {
  await customer.asTable.click();
  return Number(await customer.table.getAttribute('aria-rowcount'));
}
