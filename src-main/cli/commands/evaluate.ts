import { fieldsOf } from '../../importing/records.ts';
import type { EvaluateDocument } from '../../ipc/evaluation.ts';
import { DuecastError } from '../../ipc/errors.ts';
import { judgeFile } from '../../processes/judge-file.ts';
import type { Command } from '../command.ts';
import { table } from '../table.ts';
import { counted, grouped, metric, percent, pValue, signed, withSign } from '../words.ts';
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
  const { n, events, rows, skipped, scores, models, pairs, label, customers } = document;
  const figures = scores.map((name) => {
    const { auc, aucLow, aucHigh, gini, ks, prAuc, brier, logLoss, hMeasure, lowerIsRiskier } = models[name];
    return [
      lowerIsRiskier ? `${name} (lower is riskier)` : name,
      `${metric(auc)}${interval(aucLow, aucHigh, metric)}`,
      metric(gini),
      metric(ks),
      metric(prAuc),
      metric(hMeasure),
      metric(brier),
      metric(logLoss),
    ];
  });
  const header = ['score', 'AUC', 'Gini', 'KS', 'PR-AUC', 'H', 'Brier', 'log-loss'];
  const differences = pairs.map(({ a, b, deltaAuc, low, high, z, p }) => [
    `${a} − ${b}`,
    `${signed(deltaAuc)}${interval(low, high, signed)}`,
    z === null ? 'n/a' : withSign(z, 2),
    pValue(p),
  ]);
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
    '',
    table(
      header,
      figures,
      header.map((_, column) => column > 0),
    ),
    ...(differences.length === 0
      ? []
      : ['', table(['difference of AUC', '', 'z', 'p'], differences, [false, false, true, true])]),
    '',
    ...document.notes.map((note) => `Note: ${note}`),
  ].join('\n');
}

const SHOWN = 8;

const interval = (low: number | null, high: number | null, format: (value: number) => string) =>
  low === null || high === null ? '' : ` [${format(low)}, ${format(high)}]`;
