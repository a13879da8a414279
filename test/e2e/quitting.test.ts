import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { openApp, type OpenApp } from './open-app.ts';
import { processesOf } from './processes-of.ts';
import { JOB_MS, screensOf } from './screens.ts';

let opened: OpenApp;
let ended = false;

before(async () => {
  opened = await openApp();
});
after(() => (ended ? undefined : opened?.end()));

/** Answers the native question from now on, and counts how often it was put. */
const answerQuestion = (response: number) =>
  opened.app.evaluate(({ dialog }, answer) => {
    dialog.showMessageBox = () => {
      process.env['QUESTIONS'] = String(Number(process.env['QUESTIONS'] ?? 0) + 1);
      return Promise.resolve({ response: answer, checkboxChecked: false });
    };
  }, response);

test('quitting, or closing the window, while a job runs asks first, and cancels it only then', async () => {
  const { app, page } = opened;
  const { start, portfolio, training } = screensOf(page);
  await start.makeSample({ customers: 200, days: 60, seed: 7 });
  await portfolio.title.waitFor({ timeout: JOB_MS });
  await training.open.click();
  await training.epochs.fill('1000');
  await training.testCustomers(40).waitFor({ timeout: JOB_MS });
  await training.train.click();
  await training.curve('LSTM').waitFor({ timeout: JOB_MS });
  const pid = app.process().pid ?? 0;
  // The curves are there before the training's process, and after that of its plan.
  const trains = async (what: string) => {
    for (let waited = 0; processesOf(pid, 'model').length === 0; waited += 50) {
      assert.ok(waited < JOB_MS, what);
      await setTimeout(50);
    }
  };
  await trains('a model process starts');

  await answerQuestion(1);
  await app.evaluate(({ app: main }) => main.quit());
  await setTimeout(500);
  assert.equal(await app.evaluate(() => process.env['QUESTIONS']), '1');
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].close());
  await setTimeout(500);
  assert.equal(await app.evaluate(() => process.env['QUESTIONS']), process.platform === 'darwin' ? '1' : '2');
  await trains('it stays and trains');

  const children = [...processesOf(pid, 'model'), ...processesOf(pid, 'store')];
  await answerQuestion(0);
  ended = true;
  await opened.end();
  for (const child of children) assert.throws(() => process.kill(child, 0), 'no process is left');
});
