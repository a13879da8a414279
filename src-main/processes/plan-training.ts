import type { Part } from '../ipc/documents.ts';
import { counted, grouped } from '../ipc/grouped.ts';
import { cutDataset, hashData } from '../sequences/dataset.ts';
import { findSparse, leaveOut, rowCount, type Panel } from '../sequences/panel.ts';
import { countFilled } from '../sequences/scaling.ts';
import { resolveSettings, type RequestedWindowSettings } from '../sequences/settings.ts';
import { drawParts } from '../sequences/split.ts';
import { countPart, type Windows, type WindowsByPart, type WindowSettings } from '../sequences/windows.ts';
import { resolveSplit, type SplitChoice } from '../store/parts.ts';
import type { ModelApi, PlannedSplit, SplitRequest, TrainingPlan } from './model-api.ts';
import { keepHistories, readAll, reading, type Histories, type HistoriesReader } from './portfolio-reading.ts';
import type { PredictionRows } from './store-api.ts';

/** The plan that an experiment is registered with. Every customer has a part already. */
export function planTraining({ path, requested, without = [] }: Parameters<ModelApi['plan']>[0]): TrainingPlan {
  const { panel, parts } = reading(path, (db) => readAll(db));
  const { windows, filled, ...split } = splitOf({ panel: leaveOut(panel, without), parts }, requested);
  const { validation, test, outOfTime } = windows;
  return {
    ...split,
    filled,
    rows: {
      validation: predictionRows(panel, validation),
      test: predictionRows(panel, test),
      outOfTime: outOfTime === null ? null : predictionRows(panel, outOfTime),
    },
    dataHash: hashData(panel, parts),
    node: process.versions.node,
  };
}

/**
 * Answers what the split would be, and writes nothing: customers without a part get theirs in memory, as training will
 * draw it. The histories stay in memory for the next request as long as the data is the same.
 */
export function createSplitPlanner(
  histories: HistoriesReader = keepHistories(),
): (request: SplitRequest) => PlannedSplit {
  return ({ path, requested, splitSeed, without = [] }) => {
    const { found, choice } = reading(path, (db) => ({
      found: histories(db, path),
      choice: resolveSplit(db, splitSeed),
    }));
    const { panel } = found;
    const drawn = partsOf(found, choice);
    const { settings, split, unlabelled, warnings } = splitOf(
      { panel: leaveOut(panel, without), parts: drawn },
      requested,
    );
    return { settings, split, unlabelled, warnings, splitSeed: choice.seed, canRedraw: choice.canRedraw };
  };
}

/** The part of each customer; whoever has none gets one in memory, as training will draw it. */
export function partsOf({ panel, parts }: Histories, { seed, redraw }: SplitChoice): (Part | null)[] {
  const undrawn = panel.customers.map((_, c) => ({ part: redraw ? null : parts[c], event: panel.outcome[c] === 1 }));
  return undrawn.some(({ part }) => part === null) ? drawParts(undrawn, seed) : parts;
}

type Split = Pick<TrainingPlan, 'settings' | 'split' | 'unlabelled' | 'warnings' | 'filled'> & {
  windows: WindowsByPart;
};

function splitOf({ panel, parts }: Histories, requested: RequestedWindowSettings): Split {
  const settings = resolveSettings(panel, requested);
  const windows = cutDataset(panel, parts, settings);
  const { train, validation, test, outOfTime, unknown, dropped, embargoed } = windows;
  const filled = countFilled(panel).map((count) => ({ ...count, of: rowCount(panel) }));
  return {
    windows,
    filled,
    settings: {
      window: settings.windowSteps,
      horizon: settings.horizonSteps,
      gap: settings.gapSteps,
      labelRule: settings.labelRule,
    },
    split: {
      train: countPart(panel, train),
      validation: countPart(panel, validation),
      test: countPart(panel, test),
      outOfTime: outOfTime === null ? null : countPart(panel, outOfTime),
    },
    unlabelled: { unknown, dropped },
    warnings: [
      ...labelWarnings(settings),
      ...textWarnings(panel),
      ...gapWarnings(panel),
      ...fillWarnings(filled, panel),
      ...(embargoed > 0 ? [embargoWarning(embargoed)] : []),
    ],
  };
}

function labelWarnings({ labelRule }: WindowSettings): string[] {
  if (labelRule !== 'constant') return [];
  return [
    'One flag without a date labels every window of a customer, also those long before anything changed. Part of the pooled figures is therefore the position in the calendar; AUC by step shows it.',
  ];
}

function textWarnings({ textAttributes }: Panel): string[] {
  return textAttributes.map((name) => `${name} holds text: it is kept with the customer, but no model reads it.`);
}

/** One wrong year makes a calendar of mostly empty steps. */
function gapWarnings(panel: Panel): string[] {
  const sparse = findSparse(panel);
  if (sparse.length === 0) return [];
  const { customer, empty, rows } = sparse[0];
  return [
    `${counted(sparse.length, 'customer has', 'customers have')} more empty steps than filled ones (${panel.customers[customer]}: ${empty} of ${rows}). A wrong date is the likely cause: undo that import, correct it and import it again.`,
  ];
}

function fillWarnings(filled: TrainingPlan['filled'], panel: Panel): string[] {
  return filled
    .filter((count) => count.filled > 0)
    .map(({ feature, filled: count, of }) => {
      const how =
        panel.features.find(({ name }) => name === feature)?.fill === 'zero'
          ? '0'
          : "the customer's last earlier value";
      return `${feature}: ${grouped(count)} of ${grouped(of)} values ${count === 1 ? 'is' : 'are'} empty; networks take ${how} instead, snapshot models leave them out.`;
    });
}

const embargoWarning = (count: number) =>
  `${counted(count, 'window was', 'windows were')} left out to keep the held-out last fifth of the period apart from training.`;

function predictionRows(panel: Panel, { customer, step, label }: Windows): PredictionRows {
  return { customers: customer.map((c) => panel.customerIds[c]), steps: step, labels: label };
}
