import { aloneAuc, columnAuc, type MeasuredRows } from '../evaluation/alone-auc.ts';
import { checkCalendar } from '../evaluation/calendar-check.ts';
import type { JudgedModel } from '../evaluation/compare-models.ts';
import { createPacer } from '../evaluation/pacing.ts';
import { checkInputs, type MeasuredColumn } from '../evaluation/input-checks.ts';
import { wordChecks } from '../evaluation/sanity-checks.ts';
import { describeTwins, findTwins } from '../evaluation/twins.ts';
import type { Part } from '../ipc/documents.ts';
import type { AloneAuc, InputCheck, PlacedPart, SanityDocument, StepDate } from '../ipc/sanity.ts';
import { AGGREGATES, snapshotNames, snapshotTable } from '../models/snapshot-features.ts';
import { cutDataset } from '../sequences/dataset.ts';
import { PARTS, UNKNOWN_OUTCOME, type Panel } from '../sequences/panel.ts';
import { joinWindows, thinWindows } from '../sequences/pick-windows.ts';
import type { Attribute } from '../sequences/quality.ts';
import { resolveSettings, type RequestedWindowSettings } from '../sequences/settings.ts';
import { countPart, inTimeEnd, windowCount, type Windows } from '../sequences/windows.ts';
import { readAttributes } from '../store/attributes.ts';
import type { PortfolioDb } from '../store/database.ts';
import { latestExperimentId, readExperiment, readPredictionRows, readPredictions } from '../store/experiments.ts';
import { readCalibration, readModelKind } from '../store/models.ts';
import { resolveSplit } from '../store/parts.ts';
import { stepDates } from '../store/portfolio.ts';
import type { ModelApi, SanityRequest } from './model-api.ts';
import { partsOf } from './plan-training.ts';
import { readAll, reading, type Histories, type HistoriesReader } from './portfolio-reading.ts';
import type { CallContext } from './rpc.ts';
import type { PredictionRows } from './store-api.ts';

/** Cells of the table of aggregates that are held in memory, and windows at most and at least. */
const MOST_CELLS = 20_000_000;
const MOST_WINDOWS = 100_000;
const LEAST_WINDOWS = 5_000;

/** What is checked: the histories, their parts, and the settings of a training or those asked for. */
export interface Checked extends Histories {
  experimentId: string | null;
  requested: RequestedWindowSettings;
  splitSeed: number;
  without: string[];
}

/** Reads what a check is about: an experiment, what was asked for, or the latest experiment. Throws `not-found`. */
export function readChecked(
  db: PortfolioDb,
  request: SanityRequest,
  reader: HistoriesReader = (source) => readAll(source),
): Checked {
  const { experimentId, requested, without } = request;
  const histories = reader(db, request.path);
  const isAsked = Object.values(requested).some((value) => value !== null) || without !== null;
  const id = experimentId ?? (isAsked || request.planned ? null : latestOrNone(db));
  const choice = resolveSplit(db, id === null ? request.splitSeed : null);
  const parts = partsOf(histories, choice);
  if (id === null)
    return { ...histories, parts, experimentId: null, requested, splitSeed: choice.seed, without: without ?? [] };
  const { settings } = readExperiment(db, id);
  const { window, horizon, gap, labelRule } = settings;
  return {
    ...histories,
    parts,
    experimentId: id,
    requested: { windowSteps: window, horizonSteps: horizon, gapSteps: gap, labelRule },
    splitSeed: choice.seed,
    without: settings.without ?? [],
  };
}

const latestOrNone = (db: PortfolioDb) =>
  db.prepare('SELECT 1 FROM experiments').get() === undefined ? null : latestExperimentId(db);

/**
 * Whether a training's figures can be trusted: who is where, what by itself tells the outcome, and who stands on both
 * sides. Of test customers only ids and histories are read, for the latter; no outcome of theirs, so it is no look at
 * them. Throws `not-found`, `too-small`, `usage`, `cancelled`.
 */
export async function checkPortfolio(
  request: Parameters<ModelApi['sanity']>[0],
  { signal, progress }: CallContext,
  reader?: HistoriesReader,
): Promise<SanityDocument> {
  const started = performance.now();
  progress({ phase: 'reading', done: 0, total: 1 });
  const { checked, attributes, predicted, dateOf } = reading(request.path, (db) => {
    const found = readChecked(db, request, reader);
    return {
      checked: found,
      attributes: readAttributes(db, found.panel.customerIds),
      predicted: found.experimentId === null ? null : readValidation(db, found.experimentId),
      dateOf: stepDates(db),
    };
  });
  progress({ phase: 'reading', done: 1, total: 1 });
  const { panel, parts, experimentId, without, splitSeed } = checked;
  const pacer = createPacer(signal);
  const settings = resolveSettings(panel, checked.requested);
  const windows = cutDataset(panel, parts, settings);
  const { train, validation, test, outOfTime, unknown, dropped, embargoed } = windows;
  const at = (step: number): StepDate => ({ step, date: dateOf(step) });
  const place = (part: PlacedPart['part'], of: Windows) => placePart(panel, part, of, at);

  const groups = describeTwins(panel, parts, findTwins(panel, settings.windowSteps));
  if (pacer.due()) await pacer.pause();

  const columns = panel.features.length * AGGREGATES.length + panel.staticFeatures.length;
  const most = Math.max(LEAST_WINDOWS, Math.min(MOST_WINDOWS, Math.floor(MOST_CELLS / Math.max(1, columns))));
  const all = windowCount(train) + windowCount(validation);
  const share = Math.min(1, most / all);
  const thinned = [train, validation].map((part) => thinWindows(part, Math.ceil(share * windowCount(part))));
  const measured = joinWindows(thinned[0], thinned[1]);
  const rows: MeasuredRows = {
    labels: measured.label,
    customers: measured.customer,
    validationFrom: windowCount(thinned[0]),
    customerCount: panel.customers.length,
  };
  const inputs = await checkInputs(
    rows,
    columnsOf(panel, parts, attributes, measured, new Set(without)),
    pacer,
    (done) => progress({ phase: 'checking inputs', done, total: columns }),
  );
  const end = inTimeEnd(panel, settings);
  const figures = {
    experimentId,
    settings: {
      window: settings.windowSteps,
      horizon: settings.horizonSteps,
      gap: settings.gapSteps,
      labelRule: settings.labelRule,
      splitSeed,
      without,
    },
    parts: [
      place('train', train),
      place('validation', validation),
      place('test', test),
      ...(outOfTime === null || windowCount(outOfTime) === 0 ? [] : [place('outOfTime', outOfTime)]),
    ],
    unlabelled: { unknown, dropped },
    embargo:
      end === null
        ? null
        : { steps: settings.gapSteps + settings.horizonSteps, windows: embargoed, heldOutFrom: at(end + 1) },
    inTwoParts: inTwoParts(panel, { train, validation, test }),
    twins: {
      groups: groups.slice(0, 100),
      customers: groups.reduce((sum, { customers }) => sum + customers.length, 0),
      acrossParts: groups.filter(({ acrossParts }) => acrossParts).length,
    },
    measured: { windows: windowCount(measured), of: all },
    inputs,
    length: lengthAlone(panel, parts),
    stepsSoFar: alone(
      rows,
      Float32Array.from(measured.endRow, (row, i) => row - panel.firstRow[measured.customer[i]] + 1),
    ),
    position: alone(rows, Float32Array.from(measured.step)),
    calendar:
      predicted === null || settings.labelRule !== 'constant'
        ? null
        : checkCalendar(predicted.rows, predicted.models, dateOf),
  };
  return { ...figures, checks: wordChecks(figures), shuffled: null, seconds: (performance.now() - started) / 1e3 };
}

function readValidation(db: PortfolioDb, experimentId: string): { rows: PredictionRows; models: JudgedModel[] } | null {
  const rows = readPredictionRows(db, experimentId, 'validation');
  if (rows === null) return null;
  const models = readExperiment(db, experimentId).modelIds.flatMap((id) => {
    const scores = readPredictions(db, id, 'validation');
    const calibration = readCalibration(db, id)?.method;
    return scores === null ? [] : [{ id, kind: readModelKind(db, id), scores, calibration }];
  });
  return { rows, models };
}

function placePart(
  panel: Panel,
  part: PlacedPart['part'],
  windows: Windows,
  at: (step: number) => StepDate,
): PlacedPart {
  let from = Infinity;
  let to = -Infinity;
  for (const step of windows.step) {
    from = Math.min(from, step);
    to = Math.max(to, step);
  }
  const positives = windows.label.reduce((sum, label) => sum + label, 0);
  return { part, ...countPart(panel, windows), positives, from: at(from - windows.windowSteps + 1), to: at(to) };
}

/** Ids with windows in two parts: looked for, rather than taken for granted. */
function inTwoParts(panel: Panel, windows: Record<Part, Windows>): string[] {
  const partOf = new Map<string, Part>();
  const found = new Set<string>();
  for (const part of PARTS) {
    for (const customer of new Set(windows[part].customer)) {
      const id = panel.customers[customer];
      if ((partOf.get(id) ?? part) !== part) found.add(id);
      partOf.set(id, part);
    }
  }
  return [...found];
}

/** Null where nothing varies. */
function alone(rows: MeasuredRows, values: Float32Array): AloneAuc | null {
  return values.every((value) => value === values[0]) ? null : aloneAuc(rows, values);
}

/** Training customers whose outcome is known, then validation customers, one entry each. */
function customerRows(panel: Panel, parts: readonly (Part | null)[]): MeasuredRows {
  const known = [...panel.customers.keys()].filter((c) => panel.outcome[c] !== UNKNOWN_OUTCOME);
  const train = known.filter((c) => parts[c] === 'train');
  const customers = Int32Array.from([...train, ...known.filter((c) => parts[c] === 'validation')]);
  return {
    labels: Uint8Array.from(customers, (c) => panel.outcome[c]),
    customers,
    validationFrom: train.length,
    customerCount: panel.customers.length,
  };
}

/** How many rows with any value a customer's whole history has. */
function lengthAlone(panel: Panel, parts: readonly (Part | null)[]): AloneAuc | null {
  const rows = customerRows(panel, parts);
  const width = panel.features.length;
  const rowsOf = (c: number) => {
    let filled = 0;
    for (let row = panel.firstRow[c]; row < panel.firstRow[c + 1]; row++)
      if (panel.values.subarray(row * width, (row + 1) * width).some((value) => !Number.isNaN(value))) filled++;
    return filled;
  };
  return alone(rows, Float32Array.from(rows.customers, rowsOf));
}

/** How well each customer's first row tells who has an event at any time. */
function startOf(panel: Panel, { customers, labels }: MeasuredRows, f: number): InputCheck['atStart'] {
  const values = Float32Array.from(customers, (c) => panel.values[panel.firstRow[c] * panel.features.length + f]);
  const missing = values.map((value) => (Number.isNaN(value) ? 1 : 0));
  const undirected = (auc: number | null) => (auc === null ? null : Math.max(auc, 1 - auc));
  return { value: undirected(columnAuc(values, labels)), missing: undirected(columnAuc(missing, labels)) };
}

const NO_START: InputCheck['atStart'] = { value: null, missing: null };

/** Every number that a model could read of a window, one column after the other. */
function* columnsOf(
  panel: Panel,
  parts: readonly (Part | null)[],
  attributes: readonly Attribute[],
  windows: Windows,
  without: ReadonlySet<string>,
): Generator<MeasuredColumn> {
  const width = panel.features.length;
  const { endRow, customer, windowSteps } = windows;
  const table = snapshotTable(panel, windows);
  const cells = table.read(0, table.rows);
  const starts = customerRows(panel, parts);
  const columnAt = (place: number) => Float32Array.from(endRow, (_, i) => cells[i * table.names.length + place]);
  for (const [f, { name }] of panel.features.entries()) {
    const used = !without.has(name);
    const column = { input: name, kind: 'history' as const, used, atStart: startOf(panel, starts, f) };
    const atEnd = Float32Array.from(endRow, (row) => panel.values[row * width + f]);
    const missing = atEnd.map((value) => (Number.isNaN(value) ? 1 : 0));
    if (missing.includes(1)) yield { ...column, measure: 'value', values: atEnd };
    for (const [a, measure] of AGGREGATES.entries())
      yield { ...column, measure, values: columnAt(f * AGGREGATES.length + a) };
    yield { ...column, measure: 'missing at the end', values: missing };
    const missingBefore = Float32Array.from(endRow, (row) => {
      let count = 0;
      for (let k = 0, i = row * width + f; k < windowSteps; k++, i -= width) if (Number.isNaN(panel.values[i])) count++;
      return count;
    });
    yield { ...column, measure: 'missing in the window', values: missingBefore };
  }
  // They need several features: without one of those models have none of them.
  const kept = new Set(snapshotNames({ ...panel, features: panel.features.filter(({ name }) => !without.has(name)) }));
  const combined = table.names.length - panel.staticFeatures.length;
  for (let place = width * AGGREGATES.length; place < combined; place++)
    yield {
      input: table.names[place],
      kind: 'aggregate',
      used: kept.has(table.names[place]),
      atStart: NO_START,
      measure: 'value',
      values: columnAt(place),
    };
  const read = new Set(panel.staticFeatures.map(({ name }) => name));
  for (const { name, values } of attributes) {
    const used = read.has(name) && !without.has(name);
    const column = { input: name, kind: 'static' as const, used, atStart: NO_START };
    const ofWindows = Float32Array.from(customer, (c) => values[c]);
    yield { ...column, measure: 'value', values: ofWindows };
    yield { ...column, measure: 'missing', values: ofWindows.map((value) => (Number.isNaN(value) ? 1 : 0)) };
  }
}
