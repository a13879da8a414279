import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { ROOT } from './open-app.ts';

interface Violation {
  id: string;
  impact: string | null;
  help: string;
  nodes: { html: string; failureSummary?: string }[];
}

declare const axe: { run(): Promise<{ violations: Violation[] }> };
declare const window: object;

/** What axe finds wrong with the page as it stands, in words. Nothing of it is minor. */
export async function axeFindings(page: Page): Promise<string[]> {
  // By the debugger: the page's content policy lets no script in.
  if (!(await page.evaluate(() => 'axe' in window)))
    await page.evaluate(readFileSync(join(ROOT, 'node_modules', 'axe-core', 'axe.min.js'), 'utf8'));
  const violations = await page.evaluate(async () => (await axe.run()).violations);
  return violations.flatMap(({ id, impact, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${impact}: ${id}: ${help}: ${html.slice(0, 200)} ${failureSummary ?? ''}`),
  );
}
