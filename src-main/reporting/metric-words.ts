import type { Estimate, JudgedMore } from '../ipc/judged-metrics.ts';
import { metric, percent } from './figures.ts';

export interface MetricWords {
  title: string;
  better: 'higher' | 'lower' | 'neither';
  explanation: string;
}

/** “43.2% [40.0, 50.0]”. */
export const percentEstimate = ({ value, low, high }: Estimate) =>
  value === null || low === null || high === null
    ? percent(value)
    : `${percent(value)} [${metric(100 * low, 1)}, ${metric(100 * high, 1)}]`;

/** In the order of the tables. What a document holds beyond these is shown after them, under its own key. */
const WORDS: Record<string, MetricWords> = {
  auc: {
    title: 'AUC',
    better: 'higher',
    explanation:
      'How often a window with the event has the higher PD, when one with and one without are drawn. 0.5 is guessing, 1 is perfect.',
  },
  gini: { title: 'Gini', better: 'higher', explanation: 'Twice the AUC less one: 0 is guessing, 1 is perfect.' },
  ks: {
    title: 'KS',
    better: 'higher',
    explanation:
      'The largest distance between the shares of windows with and without the event below the same PD (Kolmogorov–Smirnov).',
  },
  prAuc: {
    title: 'PR-AUC',
    better: 'higher',
    explanation:
      'Average precision: how many alerts are right, over all recalls. A model without skill reaches the share of windows with the event.',
  },
  brier: {
    title: 'Brier',
    better: 'lower',
    explanation: 'The mean squared error of the PDs: ranking and calibration in one figure.',
  },
  brierSkill: {
    title: 'Brier skill',
    better: 'higher',
    explanation:
      'The share of the Brier score that the model saves against giving every window the overall event rate. 0 is no gain, below 0 is worse.',
  },
  logLoss: {
    title: 'Log loss',
    better: 'lower',
    explanation: 'What the models are trained on; punishes PDs that are sure and wrong.',
  },
  hMeasure: {
    title: 'H-measure',
    better: 'higher',
    explanation:
      'Hand’s measure: the share of the expected cost that the model saves over thresholds chosen by a fixed prior of costs. 0 is guessing, 1 is perfect.',
  },
  ece: {
    title: 'ECE',
    better: 'lower',
    explanation:
      'Expected calibration error: the mean distance between PD and observed share over bins, weighted by windows.',
  },
  calibrationIntercept: {
    title: 'Calibration intercept',
    better: 'neither',
    explanation: 'How far PDs are off on average, in log-odds: 0 is right, above 0 the PDs are too low.',
  },
  calibrationSlope: {
    title: 'Calibration slope',
    better: 'neither',
    explanation:
      'How far PDs are spread: 1 is right, below 1 they are too extreme, above 1 too timid; below 0 the model ranks the wrong way round.',
  },
  hosmerLemeshow: {
    title: 'Hosmer–Lemeshow',
    better: 'lower',
    explanation:
      'A chi-square of observed against expected events over ten groups. Grows with the number of windows, so it is no measure of how much a model is off.',
  },
  psi: {
    title: 'PSI',
    better: 'lower',
    explanation: 'Population stability index: how far the PDs of the test windows have moved from those in training.',
  },
};

/** Words that stand for measures at a share of the list or a fixed alert rate, under whichever key they come. */
const PATTERNS: { of: RegExp; words: MetricWords }[] = [
  {
    of: /^capture/i,
    words: {
      title: 'Capture',
      better: 'higher',
      explanation: 'The share of all events among the riskiest part of the list.',
    },
  },
  {
    of: /^lift/i,
    words: {
      title: 'Lift',
      better: 'higher',
      explanation: 'How many times as many events the riskiest part of the list holds as windows drawn at random.',
    },
  },
  {
    of: /^recall/i,
    words: {
      title: 'Recall',
      better: 'higher',
      explanation: 'The share of events that are alerted at a fixed rate of alerts.',
    },
  },
];

/** “capture at 10” of `captureAt10`. */
const spelled = (key: string) =>
  key
    .replace(/([a-z])([A-Z0-9])/g, '$1 $2')
    .replace(/([0-9])([A-Za-z])/g, '$1 $2')
    .toLowerCase();

const startUpper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

export function metricWords(key: string): MetricWords {
  const known = WORDS[key];
  if (known !== undefined) return known;
  const pattern = PATTERNS.find(({ of }) => of.test(key));
  const percentage = /(\d+)$/.test(key) ? '%' : '';
  if (pattern !== undefined) return { ...pattern.words, title: `${startUpper(spelled(key))}${percentage}` };
  return { title: startUpper(spelled(key)), better: 'neither', explanation: '' };
}

/** With the choices that a figure was made with, where the document names them. */
export function metricTitle(key: string, { conventions }: JudgedMore): string {
  const { captureShare, alertRate, calibrationBins } = conventions ?? {};
  const { title } = metricWords(key);
  if ((key === 'capture' || key === 'lift') && captureShare !== undefined)
    return `${title} at ${percent(captureShare, 0)}`;
  if (key === 'recallAtAlertRate' && alertRate !== undefined) return `Recall, ${percent(alertRate, 0)} alerted`;
  if (key === 'ece' && calibrationBins !== undefined) return `${title}, ${calibrationBins} bins`;
  return title;
}

/** Of keys as documents have them: those with words first, in the order of the tables, then the others as they come. */
export function inTableOrder(keys: readonly string[]): string[] {
  const order = Object.keys(WORDS);
  const placeOf = (key: string) => (order.includes(key) ? order.indexOf(key) : order.length);
  return [...keys].sort((a, b) => placeOf(a) - placeOf(b));
}

export const isEstimate = (value: unknown): value is Estimate =>
  typeof value === 'object' && value !== null && 'value' in value && 'low' in value && 'high' in value;

/** The keys of all models' metrics that are figures with intervals. */
export function metricKeys(models: readonly { metrics: object }[]): string[] {
  const keys = new Set<string>();
  for (const { metrics } of models) {
    for (const [key, value] of Object.entries(metrics)) if (isEstimate(value)) keys.add(key);
  }
  return inTableOrder([...keys]);
}

export const metricOf = (metrics: object, key: string): Estimate => {
  const found = (metrics as Record<string, unknown>)[key];
  return isEstimate(found) ? found : { value: null, low: null, high: null };
};
