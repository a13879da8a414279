import axe from 'axe-core';
import type { Page } from 'playwright-core';

declare const window: { axe: typeof axe };

/** What axe finds wrong on the page as it is shown, each with the elements that it is about. */
export async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => window.axe.run({ resultTypes: ['violations'] }));
  return violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .slice(0, 3)
        .map(({ html }) => html.slice(0, 300))
        .join('\n')}`,
  );
}
