import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { ProcessRole } from '../../src-main/processes/host.ts';
import { openApp, type OpenApp } from './open-app.ts';
import { picture } from './pictures.ts';
import { processesOf } from './processes-of.ts';
import { JOB_MS, screensOf, type Screens } from './screens.ts';

let opened: OpenApp;
let screens: Screens;

before(async () => {
  opened = await openApp();
  screens = screensOf(opened.page);
  await screens.start.makeSample({ customers: 100, days: 60, seed: 7 });
  await screens.portfolio.title.waitFor({ timeout: JOB_MS });
});

after(() => opened?.end());

function kill(role: ProcessRole) {
  const pids = processesOf(opened.app.process().pid ?? 0, role);
  assert.ok(pids.length > 0, `no ${role} process runs`);
  for (const pid of pids) process.kill(pid, 'SIGKILL');
}

async function startTraining(epochs: number) {
  const { training } = screens;
  await training.open.click();
  await training.epochs.fill(String(epochs));
  await training.testCustomers(20).waitFor({ timeout: JOB_MS });
  await training.train.click();
}

describe('a process that is killed from outside', () => {
  test('while it trains is told in words, and the app stays up', async () => {
    await startTraining(1_000);
    await screens.training.losses.waitFor({ timeout: JOB_MS });
    kill('model');
    await screens
      .notice(/None of its models was kept/)
      .first()
      .waitFor();
    await picture(opened.page, 'training-killed');
  });

  test('does not keep the app from training again, also without its store before', async () => {
    kill('store');
    await startTraining(1);
    await screens.training.model('Ensemble').waitFor({ timeout: JOB_MS });
  });
});
