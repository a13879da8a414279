/** Discrimination and calibration on one set of rows; null where the rows hold one class only. */
export interface Metrics {
  auc: number | null;
  gini: number | null;
  ks: number | null;
  prAuc: number | null;
  brier: number;
  logLoss: number;
}

export interface Estimate {
  value: number | null;
  low: number | null;
  high: number | null;
}

/** What a comparison measures beside the metrics of a training. Documents of earlier versions don't have them. */
export type AddedMetricName =
  /** Hand's H-measure, severity ratio π1/π0. */
  | 'hMeasure'
  /** Share of all events among the riskiest `captureShare` of the rows; ties at the edge are shared evenly. */
  | 'capture'
  /** `capture` divided by that share. */
  | 'lift'
  /** Share of all events that are alerted when the riskiest `alertRate` of the rows are; ties are shared evenly. */
  | 'recallAtAlertRate'
  /** 1 − Brier/(p(1 − p)), p the share of the judged rows with the event: 0 for who says p of everyone. */
  | 'brierSkill'
  /** Of the logistic recalibration of logit(PD) with its slope fixed at 1; 0 is right. */
  | 'calibrationIntercept'
  /**
   * Of the logistic recalibration with a free intercept; 1 is right, below 1 PDs are too extreme, below 0 they fall with
   * risk.
   */
  | 'calibrationSlope'
  /** Expected calibration error over `calibrationBins` bins of equal width. */
  | 'ece'
  /** Population stability index of the PD from training to these rows, over the deciles of training. */
  | 'psi';

export type JudgedMetricName = keyof Metrics | AddedMetricName;

export type JudgedMetrics = Record<keyof Metrics, Estimate> & Partial<Record<AddedMetricName, Estimate>>;

export interface Difference extends Estimate {
  /** Two-sided, from the resamples. Missing in documents of earlier versions. */
  p?: number | null;
}

export type JudgedDifferences = Record<keyof Metrics, Difference> & Partial<Record<AddedMetricName, Difference>>;

/** Hosmer & Lemeshow 1980. Rows are taken as independent: with several a customer, p is too small. */
export interface HosmerLemeshow {
  statistic: number;
  /** As many as there are groups: nothing was fitted on these rows. */
  degreesOfFreedom: number;
  p: number;
}

/** DeLong's intervals and tests, where every customer has one row; null elsewhere. */
export interface DeLongJudgement {
  models: { id: string; auc: number; variance: number | null; low: number | null; high: number | null }[];
  pairs: {
    a: string;
    b: string;
    deltaAuc: number;
    low: number | null;
    high: number | null;
    z: number | null;
    p: number | null;
  }[];
}

/** The windows that end in one calendar month. */
export interface MonthAuc {
  /** “2026-04”. */
  month: string;
  windows: number;
  customers: number;
  /** Windows with the event. */
  events: number;
  /** By model id; null where the month holds one class only. */
  auc: Record<string, number | null>;
}

/** How figures that need a choice were made. */
export interface JudgedConventions {
  captureShare: number;
  alertRate: number;
  calibrationBins: number;
  hosmerLemeshowGroups: number;
}

/** What a part of a comparison holds beside the figures of earlier versions, which have none of it. */
export interface JudgedMore {
  /** Rows without a score from elsewhere are left out for all models; the first note says how many. */
  restricted?: boolean;
  conventions?: JudgedConventions;
  /** Null in an undated portfolio. */
  byMonth?: MonthAuc[] | null;
  deLong?: DeLongJudgement | null;
}
