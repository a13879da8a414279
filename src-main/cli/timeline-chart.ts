import type { ModelKind, TimelineDocument } from '../ipc/documents.ts';
import { MODEL_NAMES } from './words.ts';

const ROWS = 12;
const WIDTH = 72;

/** One letter a model; where several meet, the first of this list shows. */
const LETTERS: readonly (readonly [ModelKind, string])[] = [
  ['ensemble', 'E'],
  ['lstm', 'L'],
  ['cnn-lstm', 'C'],
  ['lightgbm', 'G'],
  ['logistic', 'r'],
];

/** PD from 0 to 100% over the steps, in characters, with the bounds of the levels as faint lines. */
export function timelineChart(models: TimelineDocument['models']): string {
  const points = models.flatMap((model) => model.points);
  const first = points.reduce((least, { step }) => Math.min(least, step), Infinity);
  const last = points.reduce((most, { step }) => Math.max(most, step), -Infinity);
  const columns = Math.min(WIDTH, last - first + 1);
  const columnOf = (step: number) =>
    last === first ? 0 : Math.round(((step - first) / (last - first)) * (columns - 1));
  const rowOf = (pd: number) => ROWS - Math.round(pd * ROWS);

  const grid = Array.from({ length: ROWS + 1 }, (_, row) => new Array<string>(columns).fill(row % 3 === 0 ? '·' : ' '));
  for (const [kind, letter] of [...LETTERS].reverse()) {
    for (const { step, riskScore } of models.find((model) => model.kind === kind)?.points ?? []) {
      grid[rowOf(riskScore)][columnOf(step)] = letter;
    }
  }
  const labels = grid.map((_, row) =>
    row % 3 === 0 ? `${String(Math.round((100 * (ROWS - row)) / ROWS)).padStart(4)}%` : '     ',
  );
  const at = (step: number) => points.find((point) => point.step === step)?.date ?? `step ${step}`;
  const legend = LETTERS.filter(([kind]) => models.some((model) => model.kind === kind)).map(
    ([kind, letter]) => `${letter} ${MODEL_NAMES[kind]}`,
  );
  return [
    ...grid.map((cells, row) => `${labels[row]} ┤${cells.join('')}`.trimEnd()),
    `      └${'─'.repeat(columns)}`,
    `       ${first === last ? at(first) : `${at(first)} ${at(last).padStart(columns - at(first).length - 1)}`}`,
    `       ${legend.join('   ')}`,
  ].join('\n');
}
