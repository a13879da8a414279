import type { EvaluateDocument } from '../../src-main/ipc/evaluation.ts';

/** Of AUC the document has interval and variance beside the figure. */
const AUC = ['auc', 'aucVariance', 'aucLow', 'aucHigh'] as const;
const OTHERS = ['gini', 'ks', 'prAuc', 'hMeasure', 'brier', 'logLoss'] as const;

const quoted = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
const line = (cells: readonly (string | number | null)[]) =>
  cells.map((cell) => quoted(cell === null ? '' : String(cell))).join(',');

/** The figures of a judged file, then the differences, with all their digits. */
export function judgedCsv({ scores, models, pairs, n, events }: EvaluateDocument): string {
  return [
    line(['score', 'n', 'events', ...AUC, ...OTHERS.flatMap((name) => [name, `${name}Low`, `${name}High`])]),
    ...scores.map((score) => {
      const model = models[score];
      const others = OTHERS.flatMap((name) => [model[name], model.intervals[name].low, model.intervals[name].high]);
      return line([score, n, events, ...AUC.map((name) => model[name]), ...others]);
    }),
    '',
    line([
      ...['a', 'b', 'deltaAuc', 'low', 'high', 'z', 'p'],
      ...OTHERS.flatMap((name) => [`${name}Difference`, `${name}Low`, `${name}High`, `${name}P`]),
    ]),
    ...pairs.map(({ a, b, deltaAuc, low, high, z, p, differences }) => {
      const others = OTHERS.flatMap((name) => {
        const { value, low: least, high: most, p: own } = differences[name];
        return [value, least, most, own];
      });
      return line([a, b, deltaAuc, low, high, z, p, ...others]);
    }),
    '',
  ].join('\n');
}
