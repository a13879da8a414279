import type { ComparisonCurves } from '../../ipc/views.ts';
import { calibrationFigure, calibrationRows } from '../charts/panel-charts.ts';
import { count, metric, percent, pValue } from '../figures.ts';
import type { ReportInput } from '../report-input.ts';
import { end, paragraph, start, type Section, type Table } from '../report.ts';
import { nameOf } from '../words.ts';

export function calibrationSection({ curves, comparison }: ReportInput): Section {
  const { test } = curves;
  return {
    id: 'calibration',
    title: 'Calibration',
    blocks: [
      paragraph(
        `A PD is calibrated where, of windows with a PD of 10%, one in ten has the event. On the test windows ${percent(comparison.rows.prevalence)} have it.`,
      ),
      meanTable(test),
      calibrationFigure(test),
      {
        type: 'table',
        title: 'The bins of the plots',
        columns: [start('Model'), end('Windows'), end('Mean PD'), end('Observed'), end('95% interval')],
        rows: calibrationRows(test),
      },
      ...hosmerLemeshowTable(comparison.models),
    ],
  };
}

/** Mean PD and observed share, over all bins. */
function meanTable({ models }: ComparisonCurves): Table {
  return {
    type: 'table',
    title: 'Mean PD against the share of windows with the event',
    columns: [start('Model'), end('Mean PD'), end('Observed'), end('Observed / mean PD')],
    rows: models.map((model) => {
      const { calibration } = model;
      const windows = calibration.reduce((sum, bin) => sum + bin.windows, 0);
      const over = (of: 'meanPd' | 'eventShare') =>
        windows === 0 ? NaN : calibration.reduce((sum, bin) => sum + bin[of] * bin.windows, 0) / windows;
      const [expected, observed] = [over('meanPd'), over('eventShare')];
      return [
        nameOf(model),
        percent(expected),
        percent(observed),
        expected > 0 ? (observed / expected).toFixed(2) : percent(null),
      ];
    }),
    note: 'Above 1 the PDs are too low on average, below 1 too high.',
  };
}

function hosmerLemeshowTable(models: ReportInput['comparison']['models']): Table[] {
  const tested = models.flatMap((model) => {
    const found = model.hosmerLemeshow;
    return !found ? [] : [[nameOf(model), metric(found.statistic, 1), count(found.degreesOfFreedom), pValue(found.p)]];
  });
  if (tested.length === 0) return [];
  return [
    {
      type: 'table',
      title: 'Hosmer–Lemeshow',
      columns: [start('Model'), end('Chi-square'), end('Degrees of freedom'), end('p')],
      rows: tested,
      note: 'Takes windows as independent, and grows with their number: a small p says that PDs are off somewhere, not by how much.',
    },
  ];
}
