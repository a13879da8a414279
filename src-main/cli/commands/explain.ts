import type { ExplainDocument } from '../../ipc/explanation.ts';
import { PORTFOLIO, type Command } from '../command.ts';
import { table } from '../table.ts';
import { LEVEL_MARKS, MODEL_NAMES, percent, withSign } from '../words.ts';

const MOST_SHOWN = 10;
const BAR = 24;

export const explainCommand: Command = {
  usage: '--portfolio FILE --customer ID [--model ID]',
  options: {
    portfolio: PORTFOLIO,
    customer: { value: 'ID', about: 'the customer, as written in the export', required: true },
    model: { value: 'ID', about: 'which model (the champion, else the best of the latest training)' },
  },
  async run(args, shell) {
    args.none();
    return shell.withPortfolio(args.requiredText('portfolio'), { create: false }, async (workspace) => {
      const request = {
        path: workspace.path,
        customer: args.requiredText('customer'),
        modelId: args.text('model'),
      };
      const document = await shell.job((context) =>
        workspace.withModelProcess((models) => models.call('explain', request, context)),
      );
      return { document, text: formatExplanation(document) };
    });
  },
};

function formatExplanation({
  customer,
  kind,
  date,
  step,
  base,
  score,
  riskLevel,
  ...document
}: ExplainDocument): string {
  const { features, reasons, method } = document;
  const weightiest = [...features]
    .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution))
    .slice(0, MOST_SHOWN);
  const most = Math.abs(weightiest[0]?.contribution ?? 0);
  return [
    `${customer}: ${LEVEL_MARKS[riskLevel]} ${riskLevel} ${percent(score)} by ${MODEL_NAMES[kind]} as of ${date ?? `step ${step}`}; ` +
      `typical behaviour would give ${percent(base)}.`,
    '',
    ...(reasons.length === 0 ? ['No feature moves the PD by itself.'] : reasons.map(reasonLine)),
    '',
    table(
      ['feature', 'points', ''],
      weightiest.map(({ feature, contribution }) => [feature, points(contribution), bar(contribution, most)]),
      [false, true, false],
    ),
    '',
    `Percentage points of PD; all features add up to ${points(score - base)}. By ${method}.`,
  ].join('\n');
}

const reasonLine = ({ words, contribution }: ExplainDocument['reasons'][number]) =>
  `${contribution > 0 ? '▲' : '▽'} ${words} (${points(contribution)})`;

/** +12.3 percentage points. */
const points = (pd: number) => withSign(100 * pd, 1);

function bar(contribution: number, most: number): string {
  const length = most === 0 ? 0 : Math.round((BAR * Math.abs(contribution)) / most);
  return (contribution > 0 ? '█' : '░').repeat(length);
}
