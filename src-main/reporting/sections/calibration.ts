import type { ComparisonCurves } from '../../ipc/views.ts';
import { calibrationFigure, calibrationRows } from '../charts/panel-charts.ts';
import { MODEL_NAMES, percent } from '../figures.ts';
import type { ReportInput } from '../report-input.ts';
import { end, paragraph, start, type Section, type Table } from '../report.ts';

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
    ],
  };
}

/** Mean PD and observed share, over all bins. */
function meanTable({ models }: ComparisonCurves): Table {
  return {
    type: 'table',
    title: 'Mean PD against the share of windows with the event',
    columns: [start('Model'), end('Mean PD'), end('Observed'), end('Observed / mean PD')],
    rows: models.map(({ kind, calibration }) => {
      const windows = calibration.reduce((sum, bin) => sum + bin.windows, 0);
      const over = (of: 'meanPd' | 'eventShare') =>
        windows === 0 ? NaN : calibration.reduce((sum, bin) => sum + bin[of] * bin.windows, 0) / windows;
      const [expected, observed] = [over('meanPd'), over('eventShare')];
      return [
        MODEL_NAMES[kind],
        percent(expected),
        percent(observed),
        expected > 0 ? (observed / expected).toFixed(2) : percent(null),
      ];
    }),
    note: 'Above 1 the PDs are too low on average, below 1 too high.',
  };
}
