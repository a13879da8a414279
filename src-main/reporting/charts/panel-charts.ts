import type { ComparisonCurves } from '../../ipc/views.ts';
import type { TrainedModelDocument } from '../../ipc/documents.ts';
import { isNetwork } from '../../models/model-names.ts';
import { count, metric, percent } from '../figures.ts';
import type { Figure } from '../report.ts';
import { listed, nameOf } from '../words.ts';
import {
  axes,
  dot,
  drawing,
  line,
  numberAxis,
  paintOf,
  rect,
  shareAxis,
  strokeOf,
  text,
  xOf,
  yOf,
  type Frame,
  type Plot,
} from './plot.ts';

/** Charts with a small plot for each model, side by side on the same axes. */

const WIDTH = 640;
const IN_A_ROW = 3;
const CELL = { width: WIDTH / IN_A_ROW, height: 216 };

interface Panel {
  name: string;
  /** What is drawn for this model in its frame. */
  draw: (frame: Frame) => string;
}

function panelFigure(title: string, description: string, panels: readonly Panel[], note?: string): Figure {
  const rows = Math.ceil(panels.length / IN_A_ROW);
  const height = rows * CELL.height;
  const marks = panels.map(({ name, draw }, i) => {
    const left = (i % IN_A_ROW) * CELL.width;
    const top = Math.floor(i / IN_A_ROW) * CELL.height;
    const frame = { left: left + 56, top: top + 26, width: CELL.width - 70, height: CELL.height - 74 };
    return text(frame.left, top + 14, name, { strong: true }) + draw(frame);
  });
  const svg = drawing({ width: WIDTH, height, title, description }, marks.join(''));
  return { type: 'figure', title, description, svg, width: WIDTH, height, ...(note === undefined ? {} : { note }) };
}

const FEW_SHARES = [0, 0.5, 1];

/** Observed share of events against PD, in bins; points on the diagonal are PDs that came true. */
export function calibrationFigure({ models }: ComparisonCurves): Figure {
  const most = Math.max(0, ...models.flatMap(({ calibration }) => calibration.map(({ windows }) => windows)));
  const panels = models.map((model): Panel => ({
    name: nameOf(model),
    draw(frame) {
      const { calibration } = model;
      const kind = paintOf(model.kind);
      const plot: Plot = { frame, x: shareAxis('PD', FEW_SHARES), y: shareAxis('Observed', FEW_SHARES) };
      const diagonal = line(
        [
          [xOf(plot, 0), yOf(plot, 0)],
          [xOf(plot, 1), yOf(plot, 1)],
        ],
        'soft',
        { width: 0.9, dash: [1, 3] },
      );
      const solid = { width: strokeOf(kind).width, dash: [] };
      const bins = calibration.map(({ meanPd, eventShare, low, high, windows }) => {
        const x = xOf(plot, meanPd);
        const whisker = line(
          [
            [x, yOf(plot, low)],
            [x, yOf(plot, high)],
          ],
          kind,
          { width: 1, dash: [] },
        );
        return whisker + dot(x, yOf(plot, eventShare), 2 + 3 * Math.sqrt(windows / most), kind);
      });
      const through = line(
        calibration.map(({ meanPd, eventShare }) => [xOf(plot, meanPd), yOf(plot, eventShare)] as const),
        kind,
        { ...solid, width: 0.9 },
      );
      return axes(plot) + diagonal + through + bins.join('');
    },
  }));
  return panelFigure(
    'Calibration: PD against what happened',
    `A plot for each of ${listed(panels.map(({ name }) => name))}: ten bins of PD, with the share of events observed in each. The table after it holds the figures.`,
    panels,
    'Bins of equal width; empty ones are left out. Points grow with the windows in a bin; whiskers are 95% intervals that count windows of one customer for as much as they tell. On the dotted line PDs are right.',
  );
}

/** Shares of windows by PD, of those with and without the event, each of its own total. */
export function distributionFigure({ models }: ComparisonCurves): Figure {
  const shares = models.map(({ scores }) => {
    const [events, others] = [scores.events, scores.others].map((bins) => {
      // Pairs of the fifty bins: at this size the eye tells no more apart.
      const merged = Array.from({ length: Math.ceil(bins.length / 2) }, (_, i) => bins[2 * i] + (bins[2 * i + 1] ?? 0));
      const total = merged.reduce((sum, bin) => sum + bin, 0);
      return merged.map((bin) => (total === 0 ? 0 : bin / total));
    });
    return { events, others };
  });
  const panels = models.map((model, i): Panel => ({
    name: nameOf(model),
    draw(frame) {
      const plot: Plot = { frame, x: shareAxis('PD', FEW_SHARES), y: shareAxis('Windows', FEW_SHARES) };
      const { events, others } = shares[i];
      const bars = (bins: readonly number[], paint: 'event' | 'other', part: number) =>
        bins
          .map((share, bin) => {
            if (share === 0) return '';
            const width = frame.width / bins.length / 2;
            const top = yOf(plot, share);
            return rect(
              xOf(plot, bin / bins.length) + part * width,
              top,
              width * 0.9,
              frame.top + frame.height - top,
              paint,
            );
          })
          .join('');
      return axes(plot) + bars(others, 'other', 0) + bars(events, 'event', 1);
    },
  }));
  return panelFigure(
    'PDs of windows with and without the event',
    `A plot for each of ${listed(panels.map(({ name }) => name))}: the share of windows at each PD, with the event in red and without it in grey.`,
    panels,
    'Red: windows with the event; grey: the others; each as a share of its own kind. The further apart, the better a model tells them apart.',
  );
}

/** Loss on training and validation windows by epoch; null where no network was trained. */
export function learningFigure(models: readonly TrainedModelDocument[]): Figure | null {
  const trained = models.filter(({ kind, history }) => (isNetwork(kind) || kind === 'lightgbm') && history.length > 1);
  if (trained.length === 0) return null;
  const panels = trained.map((model): Panel => ({
    name: nameOf(model),
    draw(frame) {
      const { history, bestEpoch } = model;
      const kind = paintOf(model.kind);
      const losses = history.flatMap(({ loss, valLoss }) => [loss, valLoss]).filter(Number.isFinite);
      const last = history[history.length - 1].epoch;
      const round = kind === 'lightgbm' ? 'Round' : 'Epoch';
      const plot: Plot = {
        frame,
        x: {
          from: history[0].epoch,
          to: last,
          ticks: [history[0].epoch, last].map((at) => ({ at, text: count(at) })),
          label: round,
        },
        y: numberAxis(Math.min(0, ...losses), Math.max(0, ...losses), 'Log loss', 3),
      };
      const over = (of: 'loss' | 'valLoss') =>
        history
          .filter((one) => Number.isFinite(one[of]))
          .map((one) => [xOf(plot, one.epoch), yOf(plot, one[of])] as const);
      const best = line(
        [
          [xOf(plot, bestEpoch), frame.top],
          [xOf(plot, bestEpoch), frame.top + frame.height],
        ],
        'soft',
        { width: 0.9, dash: [1, 3] },
      );
      return (
        axes(plot) +
        best +
        line(over('loss'), kind, { width: 1.2, dash: [3, 3] }) +
        line(over('valLoss'), kind, { width: 1.8, dash: [] })
      );
    },
  }));
  const best = trained.map((model) => {
    const { history, bestEpoch } = model;
    const at = history.find(({ epoch }) => epoch === bestEpoch);
    return `${nameOf(model)}: ${metric(at?.valLoss ?? null)} at ${bestEpoch}`;
  });
  return panelFigure(
    'Learning curves',
    `Log loss by epoch or round. Best on validation: ${listed(best)}.`,
    panels,
    'Solid: loss on validation customers; dashed: on training windows. The dotted line marks the epoch whose weights were kept.',
  );
}

export const calibrationRows = ({ models }: ComparisonCurves): string[][] =>
  models.flatMap((model) =>
    model.calibration.map(({ meanPd, eventShare, low, high, windows }) => [
      nameOf(model),
      count(windows),
      percent(meanPd),
      percent(eventShare),
      `${percent(low)} to ${percent(high)}`,
    ]),
  );
