import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { CompareDocument } from '../../src-main/ipc/documents.ts';
import type { SeedsDocument } from '../../src-main/ipc/seeds.ts';
import { duecastJson, runDuecast } from './run-duecast.ts';

describe('how early models warn, from the command line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'duecast-early-'));
  const portfolio = join(folder, 'sample.duecast');
  const at = ['--portfolio', portfolio];
  let compared: CompareDocument;
  after(() => rmSync(folder, { recursive: true, force: true }));

  before(async () => {
    const csv = join(folder, 'sample.csv');
    for (const words of [
      ['generate', '--out', csv, '--customers', '150', '--days', '120', '--seed', '3', '--dates'],
      ['import', csv, ...at],
      ['train', ...at, '--models', 'lightgbm,logistic', '--window', '14', '--horizon', '10'],
    ]) {
      const { code, stderr } = await runDuecast(words);
      assert.equal(code, 0, stderr);
    }
    const answer = await duecastJson<CompareDocument>(['compare', ...at, '--alert-budget', '5', '--lead-from', '60']);
    assert.equal(answer.code, 0, answer.stderr);
    assert.match(answer.stderr, /scoring every step/);
    compared = answer.document;
  });

  test('stands in the comparison, with the settings asked for', () => {
    const early = compared.earlyDetection!;
    assert.equal(early.reason, null);
    assert.equal(early.eventTaken, 'dated');
    const { budget, leadFromDays, leadToDays, inARow, quietSteps } = early.settings;
    assert.deepEqual([budget, leadFromDays, leadToDays, inARow, quietSteps], [5, 60, 7, 2, 30]);
    assert.equal(early.judged.defaulters + early.judged.leftOut, 9);
    // 21 good customers with windows of 14 of 120 days: 107 days each.
    assert.equal(early.judged.goodCustomers, 21);
    assert.ok(Math.abs(early.judged.goodMonths - (21 * 107) / 30.4375) < 1e-9);
    assert.equal(early.days.length, 60);
    assert.deepEqual(
      early.models.map(({ kind }) => kind),
      ['lightgbm', 'logistic'],
    );
    for (const { timelyRecall, lead, shuffled, controls, falseAlertsPer100, recallAt } of early.models) {
      assert.ok(timelyRecall.value! > 0.5, 'defaulters of the sample can be seen');
      assert.ok(shuffled.timelyRecall! < timelyRecall.value!);
      assert.ok(controls.timelyRecall.value! < timelyRecall.value!);
      assert.ok(lead.allMean.value! > 7 && lead.allMean.value! <= 60);
      assert.ok(falseAlertsPer100.value! >= falseAlertsPer100.low!);
      assert.deepEqual(
        recallAt.map(({ days }) => days),
        [60, 30, 14, 7],
      );
    }
    assert.equal(early.pairs.length, 1);
    assert.equal(early.sequenceGain, null, 'two snapshot models');
    const { outOfTime } = early;
    // A fifth of 120 days is held out: the last 24.
    assert.equal(outOfTime!.from.step, compared.outOfTime!.aucByStep[0].step);
    assert.equal(outOfTime!.from.date, compared.outOfTime!.aucByStep[0].date);
    assert.ok(Math.abs(outOfTime!.judged.goodMonths - (21 * 24) / 30.4375) < 1e-9);
    assert.ok(outOfTime!.judged.defaulters + outOfTime!.judged.leftOut < 9);
  });

  test('what makes no sense is a wrong usage, and no look at the test customers', async () => {
    for (const words of [
      ['--alert-budget', '0'],
      ['--alert-budget', 'two'],
      ['--lead-from', '5'],
    ]) {
      const { code, document } = await duecastJson<{ error: { code: string } }>(['compare', ...at, ...words]);
      assert.deepEqual([code, document.error.code], [2, 'usage'], words.join(' '));
    }
  });

  test('is a table and sentences for people', async () => {
    const { code, stdout } = await runDuecast(['compare', ...at]);
    assert.equal(code, 0);
    assert.match(stdout, /How early models warn: \d+ test customers with an event, 21 good customers/);
    assert.match(stdout, /timely recall +\d+% \[/);
    assert.match(stdout, /How early models warn out of time, from 2026-\d\d-\d\d on/);
    assert.match(stdout, /LightGBM − Logistic +[+−]\d/);
    assert.doesNotMatch(stdout, /^Note: .*\b(lightgbm|logistic)\b/m, 'models by their names');
    assert.doesNotMatch(stdout, /[[ ]-\d/, 'a minus, no hyphen');
    assert.match(stdout, /looked at 3 times/, 'the training and two comparisons');
  });

  test('over several seeds stands beside it what each of them gave by itself', async () => {
    const train = ['train', ...at, '--models', 'lstm,logistic', '--window', '14', '--horizon', '10', '--epochs', '1'];
    const trained = await duecastJson<{ seeds: SeedsDocument }>([...train, '--seeds', '2']);
    assert.equal(trained.code, 0, trained.stderr);
    const own: Record<string, (number | null)[]> = {};
    for (const { experimentId } of trained.document.seeds.experiments) {
      const { document } = await duecastJson<CompareDocument>(['compare', ...at, '--experiment', experimentId]);
      const { models, seeds, sequenceGain } = document.earlyDetection!;
      assert.deepEqual(seeds!.experiments, trained.document.seeds.experiments);
      for (const { kind, atEqualAlerts } of models) (own[kind] ??= []).push(atEqualAlerts.leadAllMean.value);
      const gain = seeds!.experiments.findIndex((seed) => seed.experimentId === experimentId);
      assert.equal(seeds!.sequenceGain!.values[gain], sequenceGain!.leadAllMean.value);
      if (gain === 0) continue;
      for (const { kind, leadAllMean } of seeds!.models) assert.deepEqual(leadAllMean.values, own[kind], kind);
    }
    assert.notEqual(own['lstm'][0], own['lstm'][1]);
    const { stdout } = await runDuecast(['compare', ...at]);
    assert.match(stdout, /^Over 2 seeds, 1 \(experiment 2\), 2 \(experiment 3\)/m);
    assert.match(stdout, /^LSTM +\d+\.\d ± \d+\.\d \(/m);
    assert.match(stdout, /Over 2 seeds LSTM less logistic regression is [+−]/);
  });
});
