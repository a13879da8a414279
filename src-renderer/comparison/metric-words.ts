import type { Metrics } from '../../src-main/ipc/documents.ts';

export type MetricName = keyof Metrics;

interface MetricWords {
  name: MetricName;
  title: string;
  better: 'higher' | 'lower';
  explanation: string;
}

/** In the order of the table. */
export const METRICS: readonly MetricWords[] = [
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
      'The largest distance between the shares of windows with and without the event below the same PD (Kolmogorov–Smirnov). Higher is better.',
  },
  {
    name: 'prAuc',
    title: 'PR-AUC',
    better: 'higher',
    explanation:
      'Average precision: how many alerts are right, over all recalls. A model without skill reaches the share of windows with the event. Higher is better.',
  },
  {
    name: 'brier',
    title: 'Brier',
    better: 'lower',
    explanation: 'The mean squared error of the PDs: ranking and calibration in one figure. Lower is better.',
  },
  {
    name: 'logLoss',
    title: 'Log loss',
    better: 'lower',
    explanation: 'What the models are trained on; punishes PDs that are sure and wrong. Lower is better.',
  },
];
