import { metric, percent } from '../figures.ts';
import type { ReportedModel, ReportInput } from '../report-input.ts';
import { list, paragraph, start, wide, type Section } from '../report.ts';
import { nameOf, steps } from '../words.ts';

/**
 * The champion, else the best on validation, as scoring takes it (`defaultModelId`): test figures judge, and choose
 * nothing.
 */
function scoringModel(models: readonly ReportedModel[]): ReportedModel | undefined {
  const champion = models.find((model) => model.champion);
  const byValidation = [...models].sort(
    (a, b) => (b.validation.auc ?? -1) - (a.validation.auc ?? -1) || a.validation.logLoss - b.validation.logLoss,
  );
  return champion ?? byValidation[0];
}

/** What to watch once a model scores, against the figures of this report. */
export function monitoringSection(input: ReportInput): Section {
  const { portfolio, experiment, comparison, quality, models } = input;
  const { horizon, gap } = experiment.settings;
  const scoring = scoringModel(models);
  const watched = comparison.models.find(({ id }) => id === scoring?.id) ?? comparison.models[0];
  const { auc } = watched.metrics;
  const missing = quality.features.filter((feature) => feature.missing > 0).length;
  const known = steps(gap + horizon, portfolio.timeStep);
  return {
    id: 'monitoring',
    title: 'Monitoring plan',
    blocks: [
      paragraph(
        `For ${nameOf(watched)}, ${models.some(({ champion }) => champion) ? 'the champion' : 'the best on validation customers, which scores while no champion is chosen'}, at each import and scoring. The outcome of a score is known ${known} later at the earliest: until then only inputs and scores can be watched.`,
      ),
      {
        type: 'table',
        title: 'What to watch',
        columns: [start('What'), wide('Against'), wide('Look closer when')],
        rows: [
          [
            'Spread of the PDs',
            'The PDs of this training’s customers, by PSI',
            'PSI above 0.10; act above 0.25. These bounds are rules of thumb, no tests: on small portfolios chance alone moves PSI',
          ],
          [
            'Inputs',
            missing === 0
              ? 'No feature has missing values now'
              : `The shares of missing values under “Features” (${missing} of ${quality.features.length} features have some)`,
            'A feature is missing much more often, leaves its range, or its files are read in another way',
          ],
          [
            'Event rate',
            `${percent(comparison.rows.prevalence)} of the test windows`,
            'It lies outside of what the PDs promise for two scorings in a row',
          ],
          [
            'Ranking (AUC)',
            `${metric(auc.value)}${auc.low === null ? '' : `, at least ${metric(auc.low)} by its interval`}`,
            auc.low === null ? 'It falls' : `The AUC of newly known outcomes falls below ${metric(auc.low)}`,
          ],
          [
            'Calibration',
            'The tables under “Calibration”',
            'Observed events over mean PD leaves 0.8 to 1.25, with enough events to tell',
          ],
          ['Data rows', 'The counts under “Files and exclusions”', 'More rows of a file are set aside than before'],
        ],
      },
      paragraph('Train again, and compare with the present model on the same customers, when'),
      list([
        `one of the bounds above is passed and the data are in order;`,
        `outcomes of a further ${known} or more are known that the models have not seen;`,
        'products, rules for debits, or the recording of events change.',
      ]),
    ],
  };
}
