import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { ROOT } from './runtime.ts';

const PICTURES = join(ROOT, 'screenshots');
/** The README's, small; made only when they are asked for. */
const SHOWN = join(ROOT, 'docs', 'screens');
const SHOWN_NAMES = ['customer-at-risk', 'watchlist-sample', 'compare', 'train', 'import-checked', 'portfolio'];
export const THEMES = ['dark', 'light'] as const;

/** A picture in each theme, for people to look at; what changes quickly is taken in one. */
export async function picture(page: Page, name: string, themes: readonly (typeof THEMES)[number][] = THEMES) {
  mkdirSync(PICTURES, { recursive: true });
  for (const colorScheme of themes) {
    // Without motion nothing is caught halfway between two colours.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.screenshot({ path: join(PICTURES, `${name}-${colorScheme}.png`) });
    if (process.env['DUECAST_PICTURES'] === '1' && colorScheme === 'light' && SHOWN_NAMES.includes(name)) {
      await page.screenshot({ path: join(SHOWN, `${name}.jpg`), type: 'jpeg', quality: 70 });
    }
  }
}
