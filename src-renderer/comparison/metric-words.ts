import type { JudgedMetricName } from '../../src-main/ipc/judged-metrics.ts';

export type MetricName = JudgedMetricName;

interface MetricWords {
  name: MetricName;
  title: string;
  /** Null: one model is not better than another by it, or no resample tells by how much. */
  better: 'higher' | 'lower' | null;
  explanation: string;
}

interface MetricGroup {
  title: string;
  metrics: readonly MetricWords[];
}

/** In the order of the table. */
export const METRIC_GROUPS: readonly MetricGroup[] = [
  {
    title: 'Ranking',
    metrics: [
      {
        name: 'auc',
        title: 'AUC',
        better: 'higher',
        explanation:
          'How often a window with the event has the higher PD of the two, when one with and one without are drawn. 0.5 is guessing, 1 is perfect. Higher is better.',
      },
      {
        name: 'gini',
        title: 'Gini',
        better: 'higher',
        explanation: 'Twice the AUC less one: 0 is guessing, 1 is perfect. Higher is better.',
      },
      {
        name: 'ks',
        title: 'KS',
        better: 'higher',
        explanation:
          'The largest distance between the shares of windows with and without the event below the same PD (Kolmogorov–Smirnov). Its interval is corrected for being too high in a sample. Higher is better.',
      },
      {
        name: 'prAuc',
        title: 'PR-AUC',
        better: 'higher',
        explanation:
          'Average precision: how many alerts are right, over all recalls. A model without skill reaches the share of windows with the event. Higher is better.',
      },
      {
        name: 'hMeasure',
        title: 'H-measure',
        better: 'higher',
        explanation:
          'How much of the cost of knowing nothing a model saves, averaged over what a missed event may cost (Hand; severity ratio π1/π0). 0 is no skill, 1 is perfect. Higher is better.',
      },
    ],
  },
  {
    title: 'Probabilities',
    metrics: [
      {
        name: 'brier',
        title: 'Brier',
        better: 'lower',
        explanation: 'The mean squared error of the PDs: ranking and calibration in one figure. Lower is better.',
      },
      {
        name: 'brierSkill',
        title: 'Brier skill',
        better: 'higher',
        explanation:
          'How much lower the Brier score is than that of giving everyone the share of events in these windows. 0 is no better than that, below 0 worse, 1 is perfect. Higher is better.',
      },
      {
        name: 'logLoss',
        title: 'Log loss',
        better: 'lower',
        explanation: 'What the models are trained on; punishes PDs that are sure and wrong. Lower is better.',
      },
      {
        name: 'calibrationIntercept',
        title: 'Intercept',
        better: null,
        explanation:
          'Calibration in the large: how far the log-odds of all PDs would have to be moved, with their slope left at 1. 0 is right; above 0 PDs are too low, below 0 too high.',
      },
      {
        name: 'calibrationSlope',
        title: 'Slope',
        better: null,
        explanation:
          'Of the outcome on the log-odds of the PD, by logistic regression. 1 is right; below 1 PDs are too extreme, above 1 too much alike; below 0 the model ranks the wrong way round.',
      },
      {
        name: 'ece',
        title: 'ECE',
        better: null,
        explanation:
          'Expected calibration error: the mean distance of PD and what happened, over 10 bins of equal width. Above 0 by chance alone, the more the fewer windows there are, so that two models can’t be told apart by it.',
      },
    ],
  },
  {
    title: 'Alerts',
    metrics: [
      {
        name: 'capture',
        title: 'Events in riskiest 10%',
        better: 'higher',
        explanation:
          'The share of all windows with the event that is among the riskiest 10%. Windows of the same PD at its edge are shared evenly. Higher is better.',
      },
      {
        name: 'lift',
        title: 'Lift at 10%',
        better: 'higher',
        explanation: 'How many times as many as among 10% drawn at random. Higher is better.',
      },
      {
        name: 'recallAtAlertRate',
        title: 'Recall, 5% alerted',
        better: 'higher',
        explanation:
          'The share of all windows with the event that is alerted where the riskiest 5% of the windows are. Windows of the same PD at its edge are shared evenly. Higher is better.',
      },
    ],
  },
  {
    title: 'Stability',
    metrics: [
      {
        name: 'psi',
        title: 'PSI from training',
        better: null,
        explanation:
          'Population stability index of the PD, from training windows to these, over the deciles of training. By the usual rule of thumb the PDs have moved above 0.1, and are others above 0.25. It tells drift, not quality.',
      },
    ],
  },
];

export const METRICS: readonly MetricWords[] = METRIC_GROUPS.flatMap(({ metrics }) => metrics);

const OPPOSITE_NEEDED: readonly MetricName[] = ['brier', 'logLoss', 'ece'];

/** Why a model has no figure. */
export function reasonForNone(name: MetricName, isPd = true): string {
  if (!isPd) return 'A score that is no PD is told by its rank only.';
  if (name === 'psi') return 'How this model’s PDs spread in training was not kept. Train again to have it.';
  if (name === 'calibrationSlope')
    return 'There is no slope: the rows hold one outcome only, all PDs are the same, or they part the outcomes entirely.';
  return OPPOSITE_NEEDED.includes(name) ? 'It was not measured.' : 'The rows hold one outcome only.';
}
