import { compareModels } from '../../src-main/evaluation/compare-models.ts';
import { comparisonCurves } from '../../src-main/evaluation/comparison-curves.ts';
import { measure } from '../../src-main/evaluation/metrics.ts';
import type { ModelKind } from '../../src-main/ipc/documents.ts';
import type { ComparisonCurves, ExperimentView } from '../../src-main/ipc/views.ts';
import { architectureOf } from '../../src-main/models/architectures.ts';
import { ensembleOf } from '../../src-main/models/ensemble.ts';
import type { PredictionRows } from '../../src-main/processes/store-api.ts';
import type { ReportedModel, ReportInput } from '../../src-main/reporting/report-input.ts';
import { lastDayOfStep } from '../../src-main/sequences/calendar.ts';
import { createRandom } from '../../src-main/sequences/random.ts';

/** How well each model tells events from others; 0 is guessing. */
const SKILL: Readonly<Record<string, number>> = {
  lstm: 1.2,
  'cnn-lstm': 1.1,
  lightgbm: 2,
  logistic: 1.9,
  ensemble: 1.8,
};
const FIRST_STEP = 20_500;
const STEPS = 6;

/**
 * What a report is made from, on a small experiment: the comparison and its curves are computed by the product's own
 * code from PDs that are drawn here.
 */
export async function reportedInput(
  kinds: readonly ModelKind[] = ['lstm', 'cnn-lstm', 'lightgbm', 'logistic', 'ensemble'],
): Promise<ReportInput> {
  const random = createRandom(5).next;
  const test = rowsOf(80, random);
  const later = rowsOf(40, random);
  const models = kinds.map((kind, i) => ({ id: String(i + 1), kind }));
  const scoresOf = (rows: PredictionRows) =>
    models.map(({ id, kind }) => ({
      id,
      kind,
      history: [],
      scores: Float32Array.from(
        rows.labels,
        (label) => 1 / (1 + Math.exp(2 - SKILL[kind] * label - 2 * (random() - 0.5))),
      ),
    }));
  const onTest = scoresOf(test);
  const onLater = scoresOf(later);
  const comparison = await compareModels({
    experimentId: '4',
    rows: test,
    models: onTest,
    outOfTime: { rows: later, models: onLater },
    labelRule: 'event',
    dateOfStep: (step) => lastDayOfStep('day', step),
    resamples: 1_000,
    seed: 1,
    testUses: 2,
  });
  const curvesOf = async (
    rows: PredictionRows,
    scored: typeof onTest,
    part: ComparisonCurves['part'],
  ): Promise<ComparisonCurves> => ({
    experimentId: '4',
    part,
    windows: rows.labels.length,
    events: rows.labels.reduce((sum, label) => sum + label, 0),
    models: await comparisonCurves(rows, scored),
  });
  const trained = onTest.map(({ id, kind, scores }, i): ReportedModel => ({
    id,
    kind,
    champion: i === 0,
    parameters: 33_217,
    epochs: 3,
    bestEpoch: 3,
    seconds: 12.3,
    windowsPerSecond: 9_000,
    history: [1, 2, 3].map((epoch) => ({
      epoch,
      loss: 0.5 / epoch,
      valLoss: 0.55 / epoch,
      valAuc: 0.6 + epoch / 20,
      learningRate: 1e-3,
      seconds: 1,
    })),
    validation: measure(scores, test.labels),
    test: measure(scores, test.labels),
    outOfTime: null,
    configuration: configurationOf(kind, kinds),
  }));
  return {
    createdAt: '2026-11-25T14:05:09.000Z',
    author: 'Zoë Müller',
    version: '0.1.0',
    portfolio: {
      file: 'april <&> "sample".duecast',
      name: 'April & <May>',
      currency: 'INR',
      timeStep: 'day',
      dated: true,
      outcomeKind: 'dated',
      features: [{ name: 'savings_amount', kind: 'history' }],
      customers: 400,
      historyRows: 48_000,
      firstStep: FIRST_STEP - 120,
      lastStep: FIRST_STEP + STEPS,
      firstDate: lastDayOfStep('day', FIRST_STEP - 120),
      lastDate: lastDayOfStep('day', FIRST_STEP + STEPS),
      events: 90,
      testUses: 2,
      isSample: false,
      hasTransactions: false,
    },
    imports: [
      {
        batchId: '1',
        file: 'april_export_of_all_cards.csv',
        sha256: 'ab'.repeat(32),
        kind: 'history',
        importedAt: '2026-11-20T08:00:00.000Z',
        rows: { read: 48_030, accepted: 48_000, unchanged: 0, conflicting: 0, rejected: 30 },
        undone: false,
      },
      {
        batchId: '2',
        file: 'wrong.csv',
        sha256: 'cd'.repeat(32),
        kind: 'history',
        importedAt: '2026-11-21T08:00:00.000Z',
        rows: { read: 10, accepted: 10, unchanged: 0, conflicting: 0, rejected: 0 },
        undone: true,
      },
    ],
    quality: {
      features: [
        {
          name: 'savings_amount',
          kind: 'history',
          of: 48_000,
          missing: 12_000,
          figures: {
            distinct: 900,
            least: -20.5,
            lowerQuartile: 10,
            median: 24_762,
            mean: 25_747.4,
            upperQuartile: 40_000,
            most: 109_365,
            outliers: 3,
            histogram: { from: 0, to: 1, counts: [] },
          },
          remarks: ['a quarter of the values is missing'],
        },
      ],
      coverage: [],
    },
    experiment: experimentOf(trained, comparison.rows.customers),
    unlabelled: { unknown: 753, dropped: 45 },
    models: trained,
    comparison,
    comparedAt: '2026-11-25T13:00:00.000Z',
    curves: { test: await curvesOf(test, onTest, 'test'), outOfTime: await curvesOf(later, onLater, 'outOfTime') },
  };
}

function rowsOf(customers: number, random: () => number): PredictionRows {
  const rows = Array.from({ length: customers * STEPS }, (_, i) => i);
  const flags = Array.from({ length: customers }, () => (random() < 0.3 ? 1 : 0));
  return {
    customers: Int32Array.from(rows, (i) => Math.floor(i / STEPS)),
    steps: Int32Array.from(rows, (i) => FIRST_STEP + (i % STEPS)),
    labels: Uint8Array.from(rows, (i) => flags[Math.floor(i / STEPS)]),
  };
}

function configurationOf(kind: ModelKind, kinds: readonly ModelKind[]): unknown {
  if (kind === 'ensemble') return ensembleOf(kinds.filter((one) => one !== 'ensemble'));
  if (kind === 'lightgbm') return { columns: ['a_last', 'a_mean'], fit: { rounds: 500, learningRate: 0.05 } };
  if (kind === 'logistic') return { columns: ['a_last', 'a_mean'], fit: { inversePenalty: 1 } };
  if (kind === 'external') return null;
  return { architecture: architectureOf(kind, 30, 10), fit: { epochs: 3, batch: 32, seed: 7 } };
}

function experimentOf(models: readonly ReportedModel[], testCustomers: number): ExperimentView {
  return {
    experimentId: '4',
    createdAt: '2026-11-25T12:00:00.000Z',
    settings: { window: 30, horizon: 14, gap: 0, labelRule: 'event', epochs: 3, batch: 32, seed: 7, splitSeed: 2 },
    dataHash: 'ef'.repeat(32),
    backend: { name: 'tensorflow', version: '2.21.0', threads: 1 },
    versions: { node: '24.9.0', tensorflow: '2.21.0' },
    seconds: 65.4,
    split: {
      train: { customers: 240, windows: 9_000, events: 54 },
      validation: { customers: 80, windows: 3_000, events: 18 },
      test: { customers: testCustomers, windows: testCustomers * STEPS, events: 20 },
      outOfTime: { customers: 40, windows: 240, events: 10 },
    },
    warnings: ['2,421 windows were left out.'],
    refused: [],
    models: models.map(({ history: _, configuration: __, ...model }) => model),
    dataChanged: false,
  };
}
