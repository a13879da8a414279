/**
 * Puts the sample portfolio through an installed program: import, two short trainings, scores, a timeline; then opens
 * it again as a double-click does. `npm run smoke -- <program>`; with DUECAST_NO_TENSORFLOW=1 on the engine in WebAssembly.
 */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Transport } from '../../src-main/ipc/contract.ts';
import type { InstallationView, PortfolioView } from '../../src-main/ipc/views.ts';
import {
  findCustomer,
  makeSamplePortfolio,
  scorePortfolio,
  startShortTraining,
  timelineRows,
  waitForEnsemble,
} from '../e2e/sample-day.ts';
import { screensOf } from '../e2e/screens.ts';
import { NATIVE_HIDDEN } from '../tensors/native-hidden.ts';
import { openPackaged, packagedUser, type PackagedApp } from './packaged-app.ts';

declare const window: { duecast: Transport };

type Answer<T> = { ok: true; value: T } | { ok: false; error: unknown };

const SAMPLE = { customers: 300, days: 60, seed: 7 };
const PICTURES = join(import.meta.dirname, '..', '..', 'screenshots');

const [program] = process.argv.slice(2);
if (program === undefined) throw new Error('Name the installed program: npm run smoke -- /opt/Duecast/duecast');

const say = (text: string) => process.stdout.write(`${text}\n`);

/** Every part loads, each in a process of its own. */
async function checkInstallation(page: Page): Promise<void> {
  const answer = (await page.evaluate(() => window.duecast.request('doctor', {}))) as Answer<InstallationView>;
  assert.ok(answer.ok, JSON.stringify(answer));
  const { problems, node, electron, backend, lightgbm, sqlite } = answer.value;
  const engine = `${backend.name} ${backend.version}`;
  say(`Electron ${electron}, Node ${node}, ${engine}, LightGBM ${lightgbm.version}, SQLite ${sqlite}`);
  if (NATIVE_HIDDEN) assert.match(problems.join('\n'), /^TensorFlow is not available: [^\n]*$/);
  else assert.deepEqual(problems, []);
}

async function firstDay({ page, complaints }: PackagedApp): Promise<void> {
  const screens = screensOf(page);
  await screens.start.trySample.waitFor();
  await checkInstallation(page);
  await makeSamplePortfolio(page, screens, SAMPLE);
  say('imported the sample portfolio');
  await screens.training.trainQuickly();
  await startShortTraining(screens, 60);
  await waitForEnsemble(screens);
  say('trained one model, then all');
  await scorePortfolio(screens);
  await findCustomer(screens, 'C000042');
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, 'packaged.png') });
  assert.ok((await timelineRows(screens)) > 1);
  say('scored it, and showed a customer over time');
  assert.deepEqual(complaints, []);
}

/** Where the portfolio that is open lies. */
async function openPath(page: Page): Promise<string> {
  const answer = (await page.evaluate(() => window.duecast.request('portfolio', {}))) as Answer<{
    open: PortfolioView | null;
  }>;
  assert.ok(answer.ok && answer.value.open !== null, JSON.stringify(answer));
  return answer.value.open.path;
}

const user = await packagedUser(program);
try {
  say(user.user.sandboxed ? 'with Chromium’s sandbox' : 'without Chromium’s sandbox');
  const app = await openPackaged(program, user);
  let file: string;
  try {
    await firstDay(app);
    file = await openPath(app.page);
  } finally {
    await app.end();
  }
  const again = await openPackaged(program, user, [file]);
  try {
    await screensOf(again.page).portfolio.title.waitFor();
    say('opened the portfolio by its file');
  } finally {
    await again.end();
  }
  say('1 passed, 0 failed');
} finally {
  await user.tidy();
}
