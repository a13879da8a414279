import type { EarlyDetection } from '../../ipc/early-detection.ts';
import { percent } from '../figures.ts';
import type { Figure } from '../report.ts';
import { listed, nameOf } from '../words.ts';
import { curveFigure, type Drawn } from './curve-charts.ts';
import { numberAxis, paintOf, shareAxis } from './plot.ts';

/** Shares of customers warned by so many days before the event, and of the controls. */
export function warningsFigure({ models, days }: EarlyDetection): Figure {
  const last = days.length - 1;
  const at = (of: readonly number[]) => days.map((before, i) => [-before, of[i]] as const);
  const curves = models.map((model): Drawn => ({
    paint: paintOf(model.kind),
    label: nameOf(model),
    figure: percent(model.curve.customers[last] ?? null, 0),
    points: at(model.curve.customers),
  }));
  const controls = models.map((model): Drawn => ({
    paint: paintOf(model.kind),
    label: nameOf(model),
    figure: '',
    points: at(model.curve.controls),
  }));
  // Days before the event run to the right, towards it.
  const axis = numberAxis(-Math.max(...days, 1), -Math.min(...days, 0), 'Days before the event');
  const ticks = axis.ticks.map(({ at: where, text }) => ({ at: where, text: text.replace('−', '') }));
  return curveFigure(
    'Customers warned, by days before the event',
    `Share warned by then; at the end ${listed(curves.map(({ label, figure }) => `${label} ${figure}`))}.`,
    { x: { ...axis, ticks }, y: shareAxis('Share warned') },
    curves,
    {
      faint: controls,
      note: 'Thin lines: controls, customers without an event before a date drawn for them. What lies above them is what a model sees coming.',
    },
  );
}
