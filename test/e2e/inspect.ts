import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { picture, THEMES } from './pictures.ts';
import { ROOT } from './runtime.ts';

const AXE = readFileSync(join(ROOT, 'node_modules', 'axe-core', 'axe.min.js'), 'utf8');

interface Violation {
  id: string;
  impact: string | null;
  help: string;
  nodes: { html: string; failureSummary?: string }[];
}

declare const axe: { run(): Promise<{ violations: Violation[] }> };
declare const window: object;
declare const document: { querySelector(selector: string): object | null };

/** What axe finds wrong with the page as it stands, in words: all of it, not the serious alone. */
export async function axeFindings(page: Page): Promise<string[]> {
  // By the debugger: the page's content policy lets no script in.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  const violations = await page.evaluate(async () => (await axe.run()).violations);
  return violations.flatMap(({ id, impact, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${impact}: ${id}: ${help}: ${html.slice(0, 200)} ${failureSummary ?? ''}`),
  );
}

/** Nothing is on its way any more; a button may be busy, with a job that goes on. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"]:not(button)') === null);
}

/** In both themes: a picture for people to look at, and axe finds nothing. */
export async function inspect(page: Page, name: string): Promise<void> {
  for (const theme of THEMES) {
    await settled(page);
    await picture(page, name, [theme]);
    assert.deepEqual(await axeFindings(page), [], `${name}, ${theme}`);
  }
}
