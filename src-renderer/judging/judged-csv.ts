import type { EvaluateDocument } from '../../src-main/ipc/evaluation.ts';

const FIGURES = [
  'auc',
  'aucVariance',
  'aucLow',
  'aucHigh',
  'gini',
  'ks',
  'prAuc',
  'hMeasure',
  'brier',
  'logLoss',
] as const;

const quoted = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
const line = (cells: readonly (string | number | null)[]) =>
  cells.map((cell) => quoted(cell === null ? '' : String(cell))).join(',');

/** The figures of a judged file, then the differences, with all their digits. */
export function judgedCsv({ scores, models, pairs, n, events }: EvaluateDocument): string {
  return [
    line(['score', 'n', 'events', ...FIGURES]),
    ...scores.map((name) => line([name, n, events, ...FIGURES.map((figure) => models[name][figure])])),
    '',
    line(['a', 'b', 'deltaAuc', 'low', 'high', 'z', 'p']),
    ...pairs.map(({ a, b, deltaAuc, low, high, z, p }) => line([a, b, deltaAuc, low, high, z, p])),
    '',
  ].join('\n');
}
