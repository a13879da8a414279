import type { ModelKind, RiskLevel } from './documents.ts';
import type { Reason } from './reasons.ts';

/** Why a model gives a customer its PD. All contributions are in PD and add up to score − base. */
export interface ExplainDocument {
  customer: string;
  modelId: string;
  kind: ModelKind;
  /** The last step of the window that is explained. */
  step: number;
  date: string | null;
  /** How the contributions were computed, for the analyst. */
  method: string;
  /** The PD of the portfolio's typical behaviour. */
  base: number;
  score: number;
  riskLevel: RiskLevel;
  /** In the model's order of inputs. */
  features: { feature: string; contribution: number }[];
  /** The steps of the window, oldest first. */
  steps: { step: number; date: string | null; contribution: number }[];
  /** By step, then by feature: in the orders of those lists. */
  cells: number[][];
  /** In words, those that weigh most first. */
  reasons: Reason[];
  /** LightGBM's SHAP values or a logistic model's terms as they are, in log-odds; null for other models. */
  logOdds: { base: number; columns: { column: string; contribution: number }[] } | null;
}
