import type { JudgedPart, ModelKind, TimeStep } from '../../src-main/ipc/documents.ts';
import type { JudgedMetrics } from '../../src-main/ipc/judged-metrics.ts';
import type { ModelCurves } from '../../src-main/ipc/views.ts';
import { dayOfIso } from '../charts/calendar-axis.ts';
import type { Curve } from '../charts/curves.ts';
import type { Series, XAxis } from '../charts/series.ts';
import { metric, modelName, percent } from '../ui/format.ts';

/** The length of list, in percent, that is named beside a model. */
const EXAMPLE = 10;
const PERCENTS = Float64Array.from({ length: 101 }, (_, i) => i / 100);

const named = ({ id, kind, name }: Pick<ModelCurves, 'id' | 'kind' | 'name'>) =>
  ({ id, label: modelName({ kind, name }), look: kind }) as const;

/** “AUC 0.981”, from the comparison's own figures. */
const figureOf = (judged: JudgedPart, id: string, name: 'auc' | 'prAuc', words: string) => {
  const estimate = judged.models.find((model) => model.id === id)?.metrics[name];
  return estimate === undefined ? '' : `${words} ${metric(estimate.value)}`;
};

export const rocCurves = (models: readonly ModelCurves[], judged: JudgedPart): Curve[] =>
  models.map((model) => ({
    ...named(model),
    x: model.roc.falseAlarmRate,
    y: model.roc.hitRate,
    figure: figureOf(judged, model.id, 'auc', 'AUC'),
  }));

export const precisionRecallCurves = (models: readonly ModelCurves[], judged: JudgedPart): Curve[] =>
  models.map((model) => ({
    ...named(model),
    x: model.precisionRecall.recall,
    y: model.precisionRecall.precision,
    figure: figureOf(judged, model.id, 'prAuc', 'PR-AUC'),
  }));

export const calibrationCurves = (models: readonly ModelCurves[], judged: JudgedPart): Curve[] =>
  models.map((model) => {
    const metrics = judged.models.find(({ id }) => id === model.id)?.metrics;
    return {
      ...named(model),
      x: model.calibration.map(({ meanPd }) => meanPd),
      y: model.calibration.map(({ eventShare }) => eventShare),
      low: model.calibration.map(({ low }) => low),
      high: model.calibration.map(({ high }) => high),
      figure: metrics === undefined ? '' : calibrationFigure(metrics),
    };
  });

/** Slope, intercept and ECE: “0.93 · −0.12 · 0.021”; of an earlier version's comparison its Brier score. */
function calibrationFigure({ calibrationSlope, calibrationIntercept, ece, brier }: JudgedMetrics): string {
  if (!calibrationSlope || !calibrationIntercept || !ece) return `Brier ${metric(brier.value)}`;
  return `${metric(calibrationSlope.value, 2)} · ${metric(calibrationIntercept.value, 2)} · ${metric(ece.value)}`;
}

export const gainsCurves = (models: readonly ModelCurves[]): Curve[] =>
  models.map((model) => ({
    ...named(model),
    x: PERCENTS.slice(0, model.gains.length),
    y: model.gains,
    figure: `${percent(model.gains[EXAMPLE] ?? null, 0)} in ${EXAMPLE}%`,
  }));

/** A lift: “9.2×”, “28×”. */
export const times = (lift: number) => `${metric(lift, lift > 0 && lift < 9.95 ? 1 : 0)}×`;

/** How many times as many events as among windows drawn at random; from 1% on, since none are drawn at 0. */
export const liftCurves = (models: readonly ModelCurves[]): Curve[] =>
  models.map((model) => ({
    ...named(model),
    x: PERCENTS.slice(1, model.gains.length),
    y: model.gains.slice(1).map((gain, i) => gain / PERCENTS[i + 1]),
    figure: `${times((model.gains[EXAMPLE] ?? NaN) / PERCENTS[EXAMPLE])} at ${EXAMPLE}%`,
  }));

export interface StepSeries {
  x: XAxis;
  series: Series[];
}

/** Null where fewer than two steps hold both outcomes: there is no course to draw. */
export function aucSeries(
  models: readonly Pick<ModelCurves, 'id' | 'kind'>[],
  { aucByStep }: JudgedPart,
  timeStep: TimeStep | null,
): StepSeries | null {
  const told = aucByStep.filter(({ auc }) => Object.values(auc).some((value) => value !== null));
  if (told.length < 2) return null;
  const isDated = aucByStep.every(({ date }) => date !== null);
  const x = aucByStep.map(({ step, date }) => (isDated && date !== null ? dayOfIso(date) : step));
  return {
    x: { kind: isDated ? 'date' : 'number', label: isDated ? 'Last day of the window' : `Last ${timeStep ?? 'step'}` },
    series: models.map((model) => ({ ...named(model), x, y: aucByStep.map(({ auc }) => auc[model.id] ?? null) })),
  };
}

/** Over calendar months; null without dates, or where fewer than two months hold both outcomes. */
export function monthSeries(
  models: readonly Pick<ModelCurves, 'id' | 'kind'>[],
  { byMonth }: JudgedPart,
): StepSeries | null {
  const told = (byMonth ?? []).filter(({ auc }) => Object.values(auc).some((value) => value !== null));
  if (told.length < 2) return null;
  const x = told.map(({ month }) => dayOfIso(`${month}-01`));
  return {
    x: { kind: 'date', label: 'Month in which the window ends', timeStep: 'month' },
    series: models.map((model) => ({ ...named(model), x, y: told.map(({ auc }) => auc[model.id] ?? null) })),
  };
}

const NETWORKS: readonly ModelKind[] = ['lstm', 'cnn-lstm'];

/** Of the networks: the loss and the AUC on validation customers. The rounds of other models are no epochs. */
export function learningSeries(models: readonly ModelCurves[]): { loss: Series[]; auc: Series[] } {
  const trained = models.filter(({ kind, history }) => NETWORKS.includes(kind) && history.length > 0);
  const over = (model: ModelCurves, y: (number | null)[]): Series => ({
    ...named(model),
    x: model.history.map(({ epoch }) => epoch),
    y,
  });
  return {
    loss: trained.map((model) =>
      over(
        model,
        model.history.map(({ valLoss }) => valLoss),
      ),
    ),
    auc: trained.map((model) =>
      over(
        model,
        model.history.map(({ valAuc }) => valAuc),
      ),
    ),
  };
}
