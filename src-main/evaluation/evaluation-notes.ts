import type { EvaluateDocument } from '../ipc/evaluation.ts';
import { grouped } from '../ipc/grouped.ts';
import { MINIMUM_RESAMPLES } from './bootstrap.ts';
import { fewNotes, NO_INTERVALS } from './interval-notes.ts';

/** How to read the figures of a judged file, for the analyst. `rarer`: see `sampleSizes`. */
export function notesOn(document: EvaluateDocument, rarer: number): string[] {
  const { method, customers, rows, n, events, label, models, scores } = document;
  const notes: string[] = [];
  if (method === 'delong') {
    notes.push(
      `Intervals (95%) and tests take rows as independent: those of AUC and Gini are DeLong’s, the others from ${RESAMPLES} resamples of rows. ` +
        'Where a customer has several rows, say which column names the customer.',
    );
  } else {
    notes.push(
      `Rows of one customer are not independent: intervals and p come from ${RESAMPLES} resamples of the ${grouped(customers!)} whole customers.`,
    );
  }
  notes.push(
    ...(method === 'delong'
      ? fewNotes(rarer, 'row', rarer < 2 ? NO_INTERVALS : 'There are no intervals but DeLong’s of AUC and Gini')
      : fewNotes(rarer, 'customer', NO_INTERVALS)),
  );
  if (rows.skipped > 0 && scores.length > 1)
    notes.push(`All scores are judged on the same ${grouped(n)} rows, those that have every score.`);
  const others = label.values.filter(({ event }) => !event);
  if (others.length > 1) {
    const listed = others.slice(0, 8).map(({ value, rows: count }) => `${value} (${count})`);
    notes.push(
      `Every value but ${label.positive} counts as no event: ${listed.join(', ')}${others.length > 8 ? ', …' : ''}. If only some of them do, say which.`,
    );
  }
  const noPds = scores.filter((name) => !models[name].isPd);
  if (noPds.length > 0) {
    const ranges = noPds.map((name) => `${name} (${plain(models[name].min)} to ${plain(models[name].max)})`);
    notes.push(`No PDs, so without Brier score and log loss: ${ranges.join(', ')}.`);
  }
  for (const name of scores) {
    const { isPd, auc, lowerIsRiskier } = models[name];
    if (isPd && lowerIsRiskier) notes.push(`Brier score and log loss of ${name} are those of 1 − ${name}.`);
    if (auc < 0.5)
      notes.push(
        lowerIsRiskier
          ? `${name} ranks the wrong way round: its AUC is below 0.5 with lower as riskier. Its KS and H-measure are those of the ranking turned round.`
          : `${name} ranks the wrong way round: its AUC is below 0.5. If a lower ${name} means riskier, say so. Its KS and H-measure are those of the ranking turned round.`,
      );
  }
  if (events < 2 || n - events < 2)
    notes.push('One of the outcomes occurs once only, so nothing says how much an AUC varies: there are no intervals.');
  return notes;
}

const RESAMPLES = grouped(MINIMUM_RESAMPLES);

const plain = (value: number) => String(Number(value.toPrecision(6)));
