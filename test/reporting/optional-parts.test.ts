import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Estimate } from '../../src-main/ipc/documents.ts';
import type { EarlyDetection, TestedDifference } from '../../src-main/ipc/early-detection.ts';
import { earlyVerdictLine } from '../../src-main/reporting/early-verdict.ts';
import { toHtml } from '../../src-main/reporting/html.ts';
import { makeReport } from '../../src-main/reporting/make-report.ts';
import type { ReportedThresholds, ReportInput } from '../../src-main/reporting/report-input.ts';
import { earlyVerdict } from '../../src-renderer/comparison/early-verdict.ts';
import { unescaped } from './reading.ts';
import { reportedInput } from './reported.ts';

const input = await reportedInput(['lstm', 'lightgbm']);

const around = (value: number, half: number): Estimate => ({ value, low: value - half, high: value + half });
const tested = (value: number, half: number, p: number): TestedDifference => ({ ...around(value, half), p });

const early = (lead: TestedDifference) => ({
  settings: {
    budget: 2,
    leadFromDays: 90,
    leadToDays: 7,
    inARow: 2,
    quietSteps: 30,
    timeStep: 'day',
    resamples: 1_000,
  },
  eventTaken: 'dated',
  reason: null,
  judged: { defaulters: 40, leftOut: 2, goodCustomers: 120 },
  days: [90, 60, 30, 7],
  models: input.comparison.models.map(({ id, kind }) => ({
    id,
    kind,
    threshold: 0.4,
    timelyRecall: around(0.7, 0.1),
    lead: {
      detectedMean: around(24.3, 2),
      detectedMedian: around(22, 2),
      allMean: around(17, 2),
      allMedian: around(15, 2),
    },
    alertsPer1000: around(31.5, 4),
    falseAlertsPer100: around(2.04, 0.3),
    recallAt: [90, 60, 30, 14, 7].map((days) => ({ days, recall: around(0.5, 0.1), controls: 0.02 })),
    curve: { customers: [0, 0.2, 0.5, 0.7], controls: [0, 0.01, 0.03, 0.05] },
    controls: { timelyRecall: around(0.05, 0.02) },
    shuffled: { timelyRecall: 0.06, leadAllMean: 1.2 },
  })),
  pairs: [{ a: '1', b: '2', leadAllMean: lead, timelyRecall: tested(0.1, 0.05, 0.01) }],
  sequenceGain: { sequence: '1', snapshot: '2', leadAllMean: lead, timelyRecall: tested(0.1, 0.05, 0.01) },
  notes: ['lstm is judged at 2026-03-01.'],
});

const withParts = (parts: object, more: Partial<ReportInput> = {}): string =>
  unescaped(toHtml(makeReport({ ...input, ...more, comparison: { ...input.comparison, ...parts } })));

describe('what a document may hold besides', () => {
  test('early detection: what is measured, its table, its curve, and who warns earlier', () => {
    const html = withParts({ earlyDetection: early(tested(4.2, 1.5, 0.004)) });
    assert.match(html, /LSTM warns 4\.2 days earlier than LightGBM at the same alert budget \(2\.7 to 5\.7\)\./);
    assert.match(html, /2 false alerts per 100 good customer-months/);
    assert.match(html, /70\.0% \[60\.0, 80\.0\]/);
    assert.match(html, /24\.3 \[22\.3, 26\.3\]/);
    assert.match(html, /<title>Customers warned, by days before the event<\/title>/);
    assert.match(html, /LSTM is judged at 1 Mar 2026/);
    assert.doesNotMatch(html, /Not measured/);
  });

  test('early detection out of time stands apart, or why it was not measured', () => {
    const whole = early(tested(4.2, 1.5, 0.004));
    const later = early(tested(0.5, 3, 0.7));
    const outOfTime = { ...later, from: { step: 20_500, date: '2026-02-16' }, notes: ['Only 9 test customers.'] };
    const html = withParts({ earlyDetection: { ...whole, outOfTime } });
    assert.match(html, /Out of time, from 16 Feb 2026 on, with thresholds set before: 40 customers with an event/);
    assert.match(html, /Warnings out of time[\s\S]*Only 9 test customers\./);
    const said = /Out of time, from 16 Feb 2026 on: LSTM and LightGBM can’t be told apart here/g;
    assert.equal(html.match(said)?.length, 2, 'in the summary and in the chapter');
    const none = withParts({ earlyDetection: { ...whole, outOfTime: { ...outOfTime, reason: 'Too few.' } } });
    assert.match(none, /Out of time, from 16 Feb 2026 on: not measured\. Too few\./);
  });

  test('the pair is the comparison’s own, as the Compare screen names it', () => {
    const gain = tested(17.7, 9, 0.01);
    const [lstm, lightgbm] = early(gain).models;
    const models = [lstm, lightgbm, { ...lightgbm, id: '3', kind: 'logistic' }];
    const sequenceGain = { sequence: '1', snapshot: '3', leadAllMean: gain, timelyRecall: gain };
    const document = { ...early(tested(30.7, 9, 0.001)), models, sequenceGain } as unknown as EarlyDetection;
    assert.equal(
      earlyVerdictLine(document),
      'LSTM warns 17.7 days earlier than logistic regression at the same alert budget (8.7 to 26.7).',
    );
    assert.match(earlyVerdict(document)!.words, /^LSTM warns 18 days earlier than logistic regression/);
    assert.equal(earlyVerdictLine({ ...document, sequenceGain: null }), null);
  });

  test('a threshold far below 1% keeps its digits', () => {
    const document = early(tested(4.2, 1.5, 0.004));
    const models = document.models.map((model) => ({ ...model, threshold: 0.000128 }));
    assert.match(withParts({ earlyDetection: { ...document, models } }), /Threshold \(PD\)[\s\S]{0,80}0\.013%/);
  });

  test('later, and no difference, are said as plainly', () => {
    assert.match(
      withParts({ earlyDetection: early(tested(-4.2, 1.5, 0.004)) }),
      /LightGBM warns 4\.2 days earlier than LSTM at the same alert budget \(2\.7 to 5\.7\)\./,
    );
    assert.match(
      withParts({ earlyDetection: early(tested(1, 3, 0.5)) }),
      /LSTM and LightGBM can’t be told apart here in how early they warn: \+1\.0 days at the same alert budget \(−2\.0 to \+4\.0\)/,
    );
  });

  test('what could not be measured says why, and an event without a date that it has none', () => {
    const none = { ...early(tested(1, 3, 0.5)), reason: 'No customer with an event has enough history.' };
    assert.match(withParts({ earlyDetection: none }), /Not measured: No customer with an event has enough history\./);
    const taken = { ...early(tested(1, 3, 0.5)), eventTaken: 'step after the last' };
    assert.match(withParts({ earlyDetection: taken }), /the day after a customer’s last one is taken for it/);
  });

  test('how figures spread over seeds, beside what the bootstrap says', () => {
    const spread = { mean: 0.8, sd: 0.012, min: 0.79, max: 0.81, values: [0.79, 0.81] };
    const names = ['auc', 'gini', 'ks', 'prAuc', 'brier', 'logLoss'] as const;
    const metrics = Object.fromEntries(names.map((name) => [name, spread])) as Record<
      (typeof names)[number],
      typeof spread
    >;
    const experiments = [1, 2].map((seed) => ({ experimentId: String(seed), seed }));
    const seeds = { n: 2, experiments, models: [{ kind: 'lstm' as const, n: 2, metrics }] };
    const html = withParts({}, { experiment: { ...input.experiment, seeds } });
    assert.match(html, /Figures on test customers over 2 seeds/);
    assert.match(html, /0\.800 ± 0\.012 \(0\.790 to 0\.810\)/);
    assert.match(html, /Experiments 1 \(seed 1\) and 2 \(seed 2\)/);
    assert.doesNotMatch(withParts({}), /over 2 seeds/);
    assert.match(html, /--seed 1 --seeds 2 --split-seed/);
    assert.match(html, /compare --portfolio .* --experiment 4/);
    assert.doesNotMatch(html, /trained once/);
    assert.match(withParts({}), /trained once, with seed 7/);
  });

  test('metrics by month, DeLong, Hosmer–Lemeshow and the choices behind figures', () => {
    const models = input.comparison.models.map((model) => ({
      ...model,
      hosmerLemeshow: { statistic: 12.34, degreesOfFreedom: 10, p: 0.26 },
      metrics: {
        ...model.metrics,
        capture: around(0.4, 0.1),
        recallAtAlertRate: around(0.3, 0.1),
        ece: around(0.02, 0.01),
      },
    }));
    const html = withParts({
      models,
      conventions: { captureShare: 0.1, alertRate: 0.05, calibrationBins: 10, hosmerLemeshowGroups: 10 },
      byMonth: ['2026-02', '2026-03'].map((month) => ({
        month,
        windows: 120,
        customers: 60,
        events: 9,
        auc: { 1: 0.612, 2: null },
      })),
      deLong: { models: [], pairs: [{ a: '1', b: '2', deltaAuc: -0.05, low: -0.08, high: -0.02, z: -3, p: 0.003 }] },
    });
    for (const words of ['Capture at 10%', 'Recall, 5% alerted', 'ECE, 10 bins', 'DeLong’s test', '2026-03', '12.3'])
      assert.ok(html.includes(words), words);
    assert.match(html, /0\.612<\/td><td class="end">n\/a/);
  });

  test('a score from elsewhere is called as the analyst calls it', () => {
    const [lstm, lightgbm] = input.comparison.models;
    const models = [lstm, { ...lightgbm, kind: 'external', name: 'Bureau <2026>' }];
    assert.ok(withParts({ models }).includes('Bureau <2026>'));
  });

  test('thresholds with their cost, and checks for leakage, have sections of their own', () => {
    const thresholds: ReportedThresholds = {
      rule: { kind: 'budget', share: 0.05 },
      unit: 'customers',
      costs: { missed: 50_000, falseAlert: 500, assumed: true },
      currency: 'INR',
      judged: { counted: 80, events: 20 },
      models: input.comparison.models.map(({ id, kind }) => ({
        id,
        kind,
        threshold: 0.35,
        matrix: { truePositives: 12, falsePositives: 7, trueNegatives: 53, falseNegatives: 8 },
        precision: 12 / 19,
        recall: 0.6,
        alertRate: 19 / 80,
        costPer1000: around(5_043_750, 10_000),
      })),
      notes: [],
    };
    const check = {
      mark: 'look' as const,
      title: 'Single inputs',
      text: 'savings_amount alone has AUC 0.97.',
      advice: 'Leave it out.',
    };
    const html = withParts({}, { thresholds, sanity: { checks: [check, { ...check, mark: 'fine', title: 'Twins' }] } });
    assert.match(
      html,
      /Alerts go to at most 5\.0% of the list\. Fitted on validation customers, and judged on 80 test customers/,
    );
    assert.match(html, /A missed event costs INR 50,000, a false alert INR 500; nobody has set these costs yet/);
    assert.match(html, /5,043,750 \[5,033,750, 5,053,750\]/);
    assert.match(html, /1 of 2 checks asks for a closer look/);
    const unmade = { ...check, mark: 'not-made' as const, title: 'Time', advice: null };
    assert.match(
      withParts({}, { sanity: { checks: [{ ...check, mark: 'fine', title: 'Twins' }, unmade] } }),
      /1 check found nothing that gives the outcome away\. 1 could not be made\./,
    );
    assert.match(html, /savings_amount alone has AUC 0\.97\. Leave it out\./);
    assert.doesNotMatch(withParts({}), /Thresholds and cost|Leakage checks/);
  });

  test('calibrated models and inputs that were left out are part of the method', () => {
    const models = input.models.map((model) => ({
      ...model,
      calibration: { method: 'platt' as const, slope: 0.9, intercept: -0.1 },
    }));
    const settings = {
      ...input.experiment.settings,
      without: ['leak'],
      calibration: 'platt',
      ensembleWeight: 'recipe',
    };
    const html = withParts({}, { models, experiment: { ...input.experiment, settings } as ReportInput['experiment'] });
    assert.match(
      html,
      /calibrated by Platt’s sigmoid, fitted on validation customers: slope 0\.900, intercept −0\.100/,
    );
    assert.match(html, /Left out on request, and read by no model: leak\./);
    assert.match(html, /--calibration platt --ensemble-weight recipe --without leak/);
  });
});
