import type { JudgedPart } from '../../ipc/documents.ts';
import type { ComparisonCurves } from '../../ipc/views.ts';
import { gainsFigure, rocFigure, stepsFigure } from '../charts/curve-charts.ts';
import { distributionFigure } from '../charts/panel-charts.ts';
import { count, counted, metric, MODEL_NAMES, percent, pValue, signedEstimate, stepName } from '../figures.ts';
import { isEstimate, metricKeys, metricOf, metricWords, writeMetric } from '../metric-words.ts';
import type { ReportInput } from '../report-input.ts';
import { end, list, paragraph, start, type Block, type Section, type Table } from '../report.ts';
import { rankedByAuc, verdictLine } from '../verdict.ts';
import { noteInWords } from '../words.ts';

/** Models in one table; more would not fit a page. */
const MODELS_IN_A_TABLE = 5;
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
    ...(part.notes.length === 0 ? [] : [list(part.notes.map(noteInWords))]),
  ];
}

const chunks = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));

export function metricTables(part: JudgedPart, where: string): Table[] {
  const keys = metricKeys(part.models);
  return chunks(part.models, MODELS_IN_A_TABLE).map((models): Table => ({
    type: 'table',
    title: `Metrics ${where}, with 95% intervals`,
    columns: [start('Metric'), ...models.map(({ kind }) => end(MODEL_NAMES[kind] ?? kind))],
    rows: keys.map((key) => [
      metricWords(key).title,
      ...models.map(({ metrics }) => writeMetric(key, metricOf(metrics, key))),
    ]),
  }));
}

function differenceTables(part: JudgedPart, where: string): Table[] {
  const { pairs, models } = part;
  if (pairs.length === 0) return [];
  const nameOf = (id: string) => {
    const kind = models.find((model) => model.id === id)?.kind;
    return kind === undefined ? id : MODEL_NAMES[kind];
  };
  const auc: Table = {
    type: 'table',
    title: `Differences of AUC ${where}`,
    columns: [start('Pair'), end('AUC, with 95% interval'), end('p, two-sided')],
    rows: pairs.map(({ a, b, deltaAuc, low, high, p }) => [
      `${nameOf(a)} − ${nameOf(b)}`,
      signedEstimate({ value: deltaAuc, low, high }),
      pValue(p),
    ]),
    note: 'Two models differ where the interval does not hold 0. Nothing is corrected for how many pairs there are.',
  };
  const [best] = rankedByAuc(part);
  if (best === undefined) return [auc];
  const others = pairs.filter(({ a, b }) => a === best.id || b === best.id);
  const keys = metricKeys(others.map(({ differences }) => ({ metrics: differences ?? {} }))).filter(
    (name) => name !== 'auc',
  );
  if (keys.length === 0) return [auc];
  const rest = chunks(others, MODELS_IN_A_TABLE - 1).map((shown): Table => ({
    type: 'table',
    title: `${MODEL_NAMES[best.kind]} less each other model, in the other metrics`,
    columns: [start('Metric'), ...shown.map(({ a, b }) => end(nameOf(a === best.id ? b : a)))],
    rows: keys.map((key) => [
      metricWords(key).title,
      ...shown.map(({ a, differences }) => {
        const found = (differences as Record<string, unknown>)[key];
        if (!isEstimate(found)) return signedEstimate({ value: null, low: null, high: null });
        if (a === best.id) return signedEstimate(found);
        const minus = (value: number | null) => (value === null ? null : -value);
        return signedEstimate({ value: minus(found.value), low: minus(found.high), high: minus(found.low) });
      }),
    ]),
    note: `${MODEL_NAMES[best.kind]} has the highest AUC. Of Brier and log loss, less is better: a minus is in its favour there.`,
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
    columns: [
      start('Step'),
      end('Windows'),
      end('Events'),
      ...columns.map(({ kind }) => end(MODEL_NAMES[kind] ?? kind)),
    ],
    rows: shown.map(({ step, date, windows, events, auc }) => [
      stepName(step, date, timeStep),
      count(windows),
      count(events),
      ...columns.map(({ id }) => metric(auc[id] ?? null)),
    ]),
    ...(every > 1 ? { note: `One of every ${every} steps.` } : {}),
  }));
}
