import type { JudgedPart, TimeStep } from '../../ipc/documents.ts';
import type { ComparisonCurves, ModelCurves } from '../../ipc/views.ts';
import { thinCurve } from '../../evaluation/thin-curve.ts';
import { metric, percent, stepName } from '../figures.ts';
import type { Figure } from '../report.ts';
import { listed, nameOf } from '../words.ts';
import {
  axes,
  drawing,
  key,
  line,
  numberAxis,
  paintOf,
  shareAxis,
  xOf,
  yOf,
  type Paint,
  type Plot,
  type Tick,
} from './plot.ts';

/** Charts that hold every model in one plot, their names beside it. */

const WIDTH = 640;
const KEY_LEFT = 474;
/** More than a printed page tells apart. */
const MOST_POINTS = 300;

export interface Drawn {
  paint: Paint;
  label: string;
  figure: string;
  points: readonly (readonly [number, number])[];
}

/** `faint`: thinner lines under the curves, without names of their own. */
export function curveFigure(
  title: string,
  description: string,
  plot: Omit<Plot, 'frame'>,
  curves: readonly Drawn[],
  more: {
    guide?: readonly (readonly [number, number])[];
    faint?: readonly Drawn[];
    height?: number;
    note?: string;
  } = {},
): Figure {
  const height = more.height ?? 320;
  const whole: Plot = { ...plot, frame: { left: 56, top: 12, width: 396, height: height - 60 } };
  const placed = (points: readonly (readonly [number, number])[]) =>
    points.map(([x, y]) => [xOf(whole, x), yOf(whole, y)] as const);
  const guide = more.guide === undefined ? '' : line(placed(more.guide), 'soft', { width: 0.9, dash: [1, 3] });
  const faint = (more.faint ?? []).map(({ points, paint }) =>
    line(placed(points), paint, { width: 0.75, dash: [1, 2] }),
  );
  const marks = [...faint, ...curves.map(({ points, paint }) => line(placed(points), paint))].join('');
  const svg = drawing(
    { width: WIDTH, height, title, description },
    axes(whole) + guide + marks + key(curves, KEY_LEFT, 24),
  );
  return {
    type: 'figure',
    title,
    description,
    svg,
    width: WIDTH,
    height,
    ...(more.note === undefined ? {} : { note: more.note }),
  };
}

const thinned = (x: ArrayLike<number>, y: ArrayLike<number>) =>
  Array.from(thinCurve({ x, y }, MOST_POINTS), (i) => [x[i], y[i]] as const);

const judgedModel = (judged: JudgedPart, id: string) => judged.models.find((model) => model.id === id);

export function rocFigure({ models }: ComparisonCurves, judged: JudgedPart): Figure {
  const curves = models.map((model): Drawn => ({
    paint: paintOf(model.kind),
    label: nameOf(model),
    figure: `AUC ${metric(judgedModel(judged, model.id)?.metrics.auc.value ?? null)}`,
    points: thinned(model.roc.falseAlarmRate, model.roc.hitRate),
  }));
  return curveFigure(
    'Hits against false alarms (ROC)',
    `One curve a model, from no alerts to all. ${listed(curves.map(({ label, figure }) => `${label}: ${figure}`))}.`,
    { x: shareAxis('Share of windows without the event that are alerted'), y: shareAxis('Share of events alerted') },
    curves,
    {
      guide: [
        [0, 0],
        [1, 1],
      ],
      note: 'The dotted line is guessing.',
    },
  );
}

/** The length of list, in percent, that is named beside a model. */
const EXAMPLE = 10;

export function gainsFigure({ models }: ComparisonCurves): Figure | null {
  const told = models.filter(({ gains }) => gains.length > 0);
  if (told.length === 0) return null;
  const curves = told.map((model): Drawn => ({
    paint: paintOf(model.kind),
    label: nameOf(model),
    figure: `${percent(model.gains[EXAMPLE], 0)} in ${EXAMPLE}%`,
    points: Array.from(model.gains, (gain, i) => [i / 100, gain] as const),
  }));
  return curveFigure(
    'Events found in the riskiest part of the list',
    `How many of all events lie in the riskiest share of the windows. ${listed(curves.map(({ label, figure }) => `${label}: ${figure}`))}.`,
    { x: shareAxis('Riskiest share of the windows'), y: shareAxis('Share of all events') },
    curves,
    {
      guide: [
        [0, 0],
        [1, 1],
      ],
      note: `Beside each model: the share of events in the riskiest ${EXAMPLE}%. Windows with equal PDs share their events evenly. The dotted line is a list in random order.`,
    },
  );
}

/** Null where fewer than two steps hold both outcomes: there is no course to draw. */
export function stepsFigure(
  models: readonly Pick<ModelCurves, 'id' | 'kind'>[],
  { aucByStep }: JudgedPart,
  timeStep: TimeStep | null,
): Figure | null {
  const told = aucByStep.filter(({ auc }) => Object.values(auc).some((value) => value !== null));
  if (told.length < 2) return null;
  const values = told.flatMap(({ auc }) => Object.values(auc).filter((value) => value !== null));
  const curves = models.map((model): Drawn => {
    const { id, kind } = model;
    const points = told.flatMap(({ step, auc }) =>
      auc[id] === null || auc[id] === undefined ? [] : [[step, auc[id]] as const],
    );
    return { paint: paintOf(kind), label: nameOf(model), figure: '', points };
  });
  const [first, last] = [told[0], told[told.length - 1]];
  const between = told[Math.floor((told.length - 1) / 2)];
  const ticks: Tick[] = [first, ...(told.length > 4 ? [between] : []), last].map(({ step, date }) => ({
    at: step,
    text: stepName(step, date, timeStep),
  }));
  return curveFigure(
    'AUC by the step at which the window ends',
    `From ${ticks[0].text} to ${ticks[ticks.length - 1].text}; between ${metric(Math.min(...values))} and ${metric(Math.max(...values))}.`,
    {
      x: { from: first.step, to: last.step, ticks, label: `Last ${timeStep ?? 'step'} of the window` },
      y: numberAxis(Math.min(0.5, ...values), 1, 'AUC'),
    },
    curves,
    { height: 260, note: 'Steps whose windows hold one outcome only have no AUC and are passed over.' },
  );
}
