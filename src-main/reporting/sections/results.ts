import type { JudgedPart, ModelDifference } from '../../ipc/documents.ts';
import type { ComparisonCurves } from '../../ipc/views.ts';
import { gainsFigure, rocFigure, stepsFigure } from '../charts/curve-charts.ts';
import { distributionFigure } from '../charts/panel-charts.ts';
import { count, counted, estimate, fineDigits, metric, percent, pValue, signedEstimate, stepName } from '../figures.ts';
import { isEstimate, metricKeys, metricOf, metricTitle, metricWords } from '../metric-words.ts';
import type { ReportInput } from '../report-input.ts';
import { end, list, paragraph, start, type Block, type Section, type Table } from '../report.ts';
import { rankedByAuc, UNCORRECTED, verdictLine } from '../verdict.ts';
import { listed, nameOf, noteInWords } from '../words.ts';

/** Models in one table; more would not fit a page. */
const MODELS_IN_A_TABLE = 5;
/** Metrics of which small differences count. */
const FINE_DIFFERENCES = ['brier', 'logLoss', 'ece'];
/** Steps in the table of AUC by step; all of them are in the figure. */
const SHOWN_STEPS = 12;

export function resultsSection({ comparison, curves, portfolio }: ReportInput): Section {
  const { outOfTime } = comparison;
  const parts: Section[] = [];
  if (outOfTime !== null) {
    parts.push({
      id: 'out-of-time',
      title: 'Out of time',
      blocks: [
        paragraph(
          `${counted(outOfTime.rows.windows, 'window')} of ${counted(outOfTime.rows.customers, 'test customer')} in the last fifth of the period, ${counted(outOfTime.rows.events, 'customer')} with an event; ${percent(outOfTime.rows.prevalence)} of the windows carry it. ${verdictLine(outOfTime)}`,
        ),
        ...judgedBlocks(outOfTime, curves.outOfTime, portfolio.timeStep, 'out of time'),
      ],
    });
  }
  return {
    id: 'results',
    title: 'Results',
    blocks: [
      paragraph(
        `All models are judged on the same ${counted(comparison.rows.windows, 'window')} of ${counted(comparison.rows.customers, 'test customer')}. Intervals are 95%, from ${count(comparison.resamples)} resamples of whole customers, since several windows of one customer are not independent; every resample is the same for all models.`,
      ),
      ...judgedBlocks(comparison, curves.test, portfolio.timeStep, 'on test customers'),
    ],
    parts,
  };
}

function judgedBlocks(
  part: JudgedPart,
  curves: ComparisonCurves | null,
  timeStep: ReportInput['portfolio']['timeStep'],
  where: string,
): Block[] {
  const figures = curves === null ? [] : [rocFigure(curves, part), gainsFigure(curves), distributionFigure(curves)];
  const steps = stepsFigure(part.models, part, timeStep);
  return [
    ...metricTables(part, where),
    ...differenceTables(part, where),
    ...[...figures, steps].filter((figure) => figure !== null),
    ...stepTable(part, timeStep, where),
    ...monthTable(part, where),
    ...deLongTable(part, where),
    ...(part.notes.length === 0 ? [] : [list(part.notes.map(noteInWords))]),
  ];
}

/** “Of Brier and Log loss less is better: …” */
function lessIsBetter(keys: readonly string[], part: JudgedPart): string {
  const lower = keys.filter((key) => metricWords(key).better === 'lower').map((key) => metricTitle(key, part));
  return lower.length === 0 ? '' : `Of ${listed(lower)} less is better: a minus is in its favour there.`;
}

const namesOf = ({ models }: JudgedPart) => {
  const names = new Map(models.map((model) => [model.id, nameOf(model)]));
  return (id: string) => names.get(id) ?? id;
};

const chunks = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));

export function metricTables(part: JudgedPart, where: string): Table[] {
  const keys = metricKeys(part.models);
  return chunks(part.models, MODELS_IN_A_TABLE).map((models): Table => ({
    type: 'table',
    title: `Metrics ${where}, with 95% intervals`,
    columns: [start('Metric'), ...models.map((model) => end(nameOf(model)))],
    rows: keys.map((key) => [
      metricTitle(key, part),
      ...models.map(({ metrics }) => {
        const found = metricOf(metrics, key);
        return estimate(found, key === 'ece' ? fineDigits(found) : 3);
      }),
    ]),
  }));
}

function differenceTables(part: JudgedPart, where: string): Table[] {
  const { pairs } = part;
  if (pairs.length === 0) return [];
  const nameById = namesOf(part);
  const auc = pairsTable(part, pairs, `Differences of AUC ${where}`, UNCORRECTED);
  const [best] = rankedByAuc(part);
  if (best === undefined) return [auc];
  const others = pairs.filter(({ a, b }) => a === best.id || b === best.id);
  const keys = metricKeys(others.map(({ differences }) => ({ metrics: differences ?? {} }))).filter(
    (name) => name !== 'auc',
  );
  if (keys.length === 0) return [auc];
  const rest = chunks(others, MODELS_IN_A_TABLE - 1).map((shown): Table => ({
    type: 'table',
    title: `${nameOf(best)} less each other model, in the other metrics`,
    columns: [start('Metric'), ...shown.map(({ a, b }) => end(nameById(a === best.id ? b : a)))],
    rows: keys.map((key) => [
      metricTitle(key, part),
      ...shown.map(({ a, differences }) => {
        const found = (differences as Record<string, unknown>)[key];
        if (!isEstimate(found)) return signedEstimate({ value: null, low: null, high: null });
        const digits = FINE_DIFFERENCES.includes(key) ? fineDigits(found) : 3;
        if (a === best.id) return signedEstimate(found, digits);
        const minus = (value: number | null) => (value === null ? null : -value);
        return signedEstimate({ value: minus(found.value), low: minus(found.high), high: minus(found.low) }, digits);
      }),
    ]),
    note: `${nameOf(best)} has the highest AUC. ${lessIsBetter(keys, part)}`,
  }));
  return [auc, ...rest];
}

function stepTable(
  { aucByStep, models }: JudgedPart,
  timeStep: ReportInput['portfolio']['timeStep'],
  where: string,
): Table[] {
  const told = aucByStep.filter(({ auc }) => Object.values(auc).some((value) => value !== null));
  if (told.length === 0) return [];
  const every = Math.max(1, Math.ceil(told.length / SHOWN_STEPS));
  const shown = told.filter((_, i) => i % every === 0 || i === told.length - 1);
  return chunks(models, MODELS_IN_A_TABLE).map((columns): Table => ({
    type: 'table',
    title: `AUC by the step at which the window ends, ${where}`,
    columns: [start('Step'), end('Windows'), end('Events'), ...columns.map((model) => end(nameOf(model)))],
    rows: shown.map(({ step, date, windows, events, auc }) => [
      stepName(step, date, timeStep),
      count(windows),
      count(events),
      ...columns.map(({ id }) => metric(auc[id] ?? null)),
    ]),
    ...(every > 1 ? { note: `One of every ${every} steps.` } : {}),
  }));
}

function monthTable(part: JudgedPart, where: string): Table[] {
  const months = part.byMonth ?? [];
  if (months.length < 2) return [];
  return chunks(part.models, MODELS_IN_A_TABLE).map((columns): Table => ({
    type: 'table',
    title: `AUC by the month in which the window ends, ${where}`,
    columns: [start('Month'), end('Windows'), end('Events'), ...columns.map((model) => end(nameOf(model)))],
    rows: months.map(({ month, windows, events, auc }) => [
      month,
      count(windows),
      count(events),
      ...columns.map(({ id }) => metric(auc[id] ?? null)),
    ]),
  }));
}

function deLongTable(part: JudgedPart, where: string): Table[] {
  const pairs = part.deLong?.pairs ?? [];
  if (pairs.length === 0) return [];
  const note =
    'Each customer has one window here, so that windows are independent and the test applies (DeLong et al. 1988).';
  return [pairsTable(part, pairs, `Differences of AUC by DeLong’s test, ${where}`, note)];
}

function pairsTable(
  part: JudgedPart,
  pairs: readonly Omit<ModelDifference, 'differences'>[],
  title: string,
  note: string,
): Table {
  const nameById = namesOf(part);
  return {
    type: 'table',
    title,
    columns: [start('Pair'), end('AUC, with 95% interval'), end('p, two-sided')],
    rows: pairs.map(({ a, b, deltaAuc, low, high, p }) => [
      `${nameById(a)} − ${nameById(b)}`,
      signedEstimate({ value: deltaAuc, low, high }),
      pValue(p),
    ]),
    note,
  };
}
