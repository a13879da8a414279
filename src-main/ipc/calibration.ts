/** How a model's PDs are brought in line with what happened. Types only. */

export type CalibrationMethod = 'none' | 'platt' | 'isotonic';

/** Where the ensemble's weight comes from: the recipe's 0.7 for the sequence models, or the validation rows. */
export type EnsembleWeight = 'recipe' | 'fitted';

/** What calibrates a model, for people; of a model without one there is null. */
export type CalibrationSummary =
  /** logit of the calibrated PD = slope · logit of the PD + intercept. */
  | { method: 'platt'; slope: number; intercept: number }
  /** How many different PDs the steps of the map have. */
  | { method: 'isotonic'; levels: number };

/** How an ensemble weighs its members. */
export interface EnsembleSummary {
  /** Of the sequence models together, 0 to 1; the rest is the snapshot model's. */
  sequenceShare: number;
  weight: EnsembleWeight;
}
