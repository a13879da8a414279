import { fieldsOf } from '../../importing/records.ts';
import type { EvaluateDocument, EvaluatedFigure } from '../../ipc/evaluation.ts';
import { DuecastError } from '../../ipc/errors.ts';
import { judgeFile } from '../../processes/judge-file.ts';
import { UNCORRECTED } from '../../reporting/verdict.ts';
import type { Command } from '../command.ts';
import { table } from '../table.ts';
import { counted, grouped, percent, pValue, signed, withInterval, withSign } from '../words.ts';
import { parseSetting } from './data.ts';

export const evaluateCommand: Command = {
  usage:
    'FILE --label COL --positive VALUE --scores A,B [--lower-is-riskier A] [--group COL] [--negative VALUES] [--set key=value]…',
  options: {
    label: { value: 'COL', about: 'the column of the outcome, by name or number from 0', required: true },
    positive: { value: 'VALUE', about: 'its value that is the event: 1, yes, Bad', required: true },
    negative: { value: 'LIST', about: 'its values that are none; rows with others are left out (all others are none)' },
    scores: { value: 'LIST', about: 'the columns of scores; "a, b" for a name with a comma', required: true },
    'lower-is-riskier': { value: 'LIST', about: 'scores of which a lower one means riskier' },
    group: { value: 'COL', about: 'whose a row is, where a customer has several: intervals by customer' },
    set: {
      value: 'KEY=VALUE',
      about: 'how the file is written: decimal, encoding, delimiter, headerLine, sheet',
      many: true,
    },
  },
  async run(args, shell) {
    const request = {
      file: args.only('file'),
      label: args.requiredText('label'),
      positive: args.requiredText('positive'),
      negative: args.text('negative') === null ? null : listOf(args.requiredText('negative')),
      scores: listOf(args.requiredText('scores')),
      lowerIsRiskier: listOf(args.text('lower-is-riskier') ?? ''),
      group: args.text('group'),
      settings: args.texts('set').map(parseSetting),
    };
    if (request.positive.trim() === '') throw new DuecastError('usage', '--positive is empty.');
    const { document } = await shell.job((context) => judgeFile(request, context));
    return { document, text: formatEvaluation(document) };
  },
};

/** Names as they are typed: A,B,"C, D". */
export const listOf = (text: string): string[] =>
  fieldsOf(text, { delimiter: ',', quote: '"' })
    .map((name) => name.trim())
    .filter((name) => name !== '');

export function formatEvaluation(document: EvaluateDocument): string {
  const { n, events, rows, skipped, scores, label, customers } = document;
  return [
    `${document.file}: ${counted(n, 'row')}${customers === null ? '' : ` of ${counted(customers, 'customer')}`}, ${grouped(events)} with ${label.column} ${label.positive} (${percent(events / n)}).`,
    ...skipped
      .slice(0, SHOWN)
      .map(({ reason, rows: count, line }) => `  left out ${counted(count, 'row')}, from line ${line}: ${reason}`),
    ...(skipped.length > SHOWN
      ? [
          `  … and for ${skipped.length - SHOWN} more reasons, ${counted(rows.skipped, 'row')} in all; --json lists them.`,
        ]
      : []),
    ...Array.from({ length: Math.ceil(scores.length / SCORES_IN_A_TABLE) }, (_, i) =>
      figuresTable(document, scores.slice(i * SCORES_IN_A_TABLE, (i + 1) * SCORES_IN_A_TABLE)),
    ),
    ...(document.pairs.length === 0 ? [] : [differencesTable(document)]),
    ...(document.pairs.length > 1 ? [UNCORRECTED] : []),
    '',
    ...document.notes.map((note) => `Note: ${note}`),
  ].join('\n');
}

const FIGURES: readonly (readonly [name: EvaluatedFigure, title: string])[] = [
  ['auc', 'AUC'],
  ['gini', 'Gini'],
  ['ks', 'KS'],
  ['prAuc', 'PR-AUC'],
  ['hMeasure', 'H-measure'],
  ['brier', 'Brier'],
  ['logLoss', 'log loss'],
];

/** As many as fit a terminal of 100 columns. */
const SCORES_IN_A_TABLE = 4;

function figuresTable({ models }: EvaluateDocument, scores: readonly string[]): string {
  const header = ['', ...scores.map((name) => (models[name].lowerIsRiskier ? `${name} (lower is riskier)` : name))];
  const rows = FIGURES.map(([figure, title]) => [
    title,
    ...scores.map((name) => withInterval({ value: models[name][figure], ...models[name].intervals[figure] })),
  ]);
  return `\n${table(
    header,
    rows,
    header.map((_, column) => column > 0),
  )}`;
}

function differencesTable({ pairs }: EvaluateDocument): string {
  const rows = pairs.map(({ a, b, z, differences: { auc, ks, prAuc } }) => [
    `${a} − ${b}`,
    withInterval(auc, signed),
    z === null ? 'n/a' : withSign(z, 2),
    pValue(auc.p),
    withInterval(ks, signed),
    withInterval(prAuc, signed),
  ]);
  return `\n${table(['difference', 'of AUC', 'z', 'p', 'of KS', 'of PR-AUC'], rows, [false, false, true, true, false, false])}`;
}

const SHOWN = 8;
