import { count, NOT_AVAILABLE, percent, withInterval } from '../figures.ts';
import type { ReportedThresholds, ReportInput } from '../report-input.ts';
import { end, list, paragraph, start, type Section } from '../report.ts';
import { nameOf, noteInWords } from '../words.ts';

/** Null where no thresholds were judged. */
export function thresholdsSection({ thresholds }: ReportInput): Section | null {
  if (thresholds === undefined || thresholds === null) return null;
  const { models, judged, unit, costs, currency, notes } = thresholds;
  const money = (amount: number) => `${currency === '' ? '' : `${currency} `}${count(amount)}`;
  return {
    id: 'thresholds',
    title: 'Thresholds and cost',
    blocks: [
      paragraph(
        `${ruleWords(thresholds)} Fitted on validation customers, and judged on ${count(judged.counted)} test ${unit}, ${count(judged.events)} of them with the event. ` +
          `A missed event costs ${money(costs.missed)}, a false alert ${money(costs.falseAlert)}${costs.assumed ? '; nobody has set these costs yet, so they are assumptions' : ''}.`,
      ),
      {
        type: 'table',
        title: 'What alerts at each model’s threshold do',
        columns: [
          start('Model'),
          end('Threshold'),
          end('Alerted'),
          end('Events alerted'),
          end('False alerts'),
          end('Missed'),
          end('Precision'),
          end('Recall'),
          end(`Cost per 1,000 ${unit}`),
        ],
        rows: models.map((model) => [
          nameOf(model),
          model.threshold === null ? NOT_AVAILABLE : percent(model.threshold),
          percent(model.alertRate),
          count(model.matrix.truePositives),
          count(model.matrix.falsePositives),
          count(model.matrix.falseNegatives),
          percent(model.precision),
          percent(model.recall),
          withInterval(model.costPer1000, count),
        ]),
      },
      ...(notes.length === 0 ? [] : [list(notes.map(noteInWords))]),
    ],
  };
}

function ruleWords({ rule }: ReportedThresholds): string {
  switch (rule.kind) {
    case 'budget':
      return `Alerts go to at most ${percent(rule.share)} of the list.`;
    case 'f1':
      return 'Each threshold is the one with the highest F1.';
    case 'hand':
      return `Alerts go to every PD of at least ${percent(rule.threshold)}.`;
    case 'cost':
      return 'Each threshold is the one with the lowest cost.';
  }
}
