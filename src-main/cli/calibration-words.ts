import type { CalibrationSummary, EnsembleSummary } from '../ipc/calibration.ts';
import type { TrainedModelDocument } from '../ipc/documents.ts';
import { MODEL_NAMES } from './words.ts';

interface Fitted {
  calibration?: CalibrationSummary | null;
  ensemble?: EnsembleSummary | null;
}

/** “Platt; 62% sequence models”, for a table. */
export function settingsInShort({ calibration, ensemble }: Fitted): string {
  return [
    ...(calibration ? [calibration.method === 'platt' ? 'Platt' : 'isotonic'] : []),
    ...(ensemble ? [`${shareOf(ensemble)} sequence models${ensemble.weight === 'fitted' ? ' (fitted)' : ''}`] : []),
  ].join('; ');
}

/** What was fitted on the validation rows, a line each. */
export function fittedWords({ kind, calibration, ensemble }: Pick<TrainedModelDocument, 'kind'> & Fitted): string[] {
  const lines: string[] = [];
  if (calibration?.method === 'platt') {
    const { slope, intercept } = calibration;
    const shift = `${intercept < 0 ? '−' : '+'} ${Math.abs(intercept).toFixed(3)}`;
    lines.push(`${MODEL_NAMES[kind]} is calibrated: logit of the PD = ${slope.toFixed(3)} · its own ${shift}.`);
  }
  if (calibration?.method === 'isotonic')
    lines.push(`${MODEL_NAMES[kind]} is calibrated by isotonic regression, to ${calibration.levels} levels of PD.`);
  if (ensemble?.weight === 'fitted')
    lines.push(`The ensemble’s weight was fitted: ${shareOf(ensemble)} for the sequence models.`);
  return lines;
}

const shareOf = ({ sequenceShare }: EnsembleSummary) => `${(100 * sequenceShare).toFixed(0)}%`;
