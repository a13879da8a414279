import type {
  CalibrationMethod,
  CalibrationSummary,
  EnsembleSummary,
  EnsembleWeight,
} from '../../src-main/ipc/calibration.ts';
import { metric, percent } from '../ui/format.ts';

interface Option<Value> {
  value: Value;
  label: string;
  /** What choosing it means. */
  hint: string;
}

export const CALIBRATIONS: readonly Option<CalibrationMethod>[] = [
  {
    value: 'none',
    label: 'As the models give them',
    hint: 'Models rank customers well, but a PD of 30% need not mean that 30 of 100 default.',
  },
  {
    value: 'platt',
    label: 'Platt’s sigmoid',
    hint: 'Stretches and shifts PDs until they fit what happened to the validation customers. The order stays. Needs little data.',
  },
  {
    value: 'isotonic',
    label: 'Isotonic regression',
    hint: 'Steps that follow what happened, whatever its shape. Needs many validation events, and makes some PDs equal.',
  },
];

export const ENSEMBLE_WEIGHTS: readonly Option<EnsembleWeight>[] = [
  { value: 'recipe', label: '70% sequence models, 30% snapshot model', hint: 'As the published recipe has it.' },
  {
    value: 'fitted',
    label: 'Fitted on the validation customers',
    hint: 'The share with the least log loss there, from 0% to 100%.',
  },
];

const METHODS: Record<CalibrationMethod, string> = { none: 'none', platt: 'Platt’s sigmoid', isotonic: 'isotonic' };

export const calibrationName = (method: CalibrationMethod | undefined) => METHODS[method ?? 'none'];

export const weightName = (weight: EnsembleWeight | undefined) => (weight === 'fitted' ? 'fitted' : 'as the recipe');

/** “Platt’s sigmoid”, “isotonic, 14 levels”. */
export function calibrationOf(calibration: CalibrationSummary | null | undefined): string {
  if (!calibration) return METHODS.none;
  return calibration.method === 'platt' ? METHODS.platt : `isotonic, ${calibration.levels} levels`;
}

/** For a column: “Platt”, “isotonic”. */
export const calibrationInShort = (calibration: CalibrationSummary | null | undefined) =>
  calibration?.method === 'platt' ? 'Platt' : METHODS[calibration?.method ?? 'none'];

/** The map itself, in a line. */
export function calibrationInFull(calibration: CalibrationSummary | null | undefined): string | undefined {
  if (!calibration) return undefined;
  if (calibration.method === 'isotonic') return `Isotonic regression, ${calibration.levels} levels of PD`;
  return `Slope ${metric(calibration.slope)}, intercept ${metric(calibration.intercept)}, on the logit of the PD`;
}

/** “62% sequence models, fitted”. */
export const weightOf = ({ sequenceShare, weight }: EnsembleSummary) =>
  `${percent(sequenceShare, 0)} sequence models${weight === 'fitted' ? ', fitted' : ''}`;

const LEFT = /\bleft uncalibrated\b/;

/** Which models could not be calibrated, and why. */
export const uncalibrated = (warnings: readonly string[]) => warnings.filter((warning) => LEFT.test(warning));
