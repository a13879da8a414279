import type { Page } from 'playwright-core';
import type { RequestName, RequestOf, ResponseOf, Transport } from '../../src-main/ipc/contract.ts';
import type { Result } from '../../src-main/ipc/errors.ts';

declare const window: { duecast: Transport };

/** Asks the main process as the window does, past its screens. Throws for a failure. */
export async function ask<K extends RequestName>(
  page: Page,
  name: K,
  payload: RequestOf<K>,
): Promise<Awaited<ResponseOf<K>>> {
  const result = (await page.evaluate(([n, p]) => window.duecast.request(n, p), [name, payload] as const)) as Result<
    Awaited<ResponseOf<K>>
  >;
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

/** Resolves once no job runs. */
export async function waitForJobs(page: Page): Promise<void> {
  while ((await ask(page, 'jobs', {})).jobs.length > 0) await page.waitForTimeout(200);
}
