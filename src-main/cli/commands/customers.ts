import type { CustomerScore, ModelsDocument, RiskLevel, ScoreDocument, TimelineDocument } from '../../ipc/documents.ts';
import { DuecastError } from '../../ipc/errors.ts';
import { checkWritable, drawTimeline, scorePortfolio, writeScores } from '../../processes/portfolio-jobs.ts';
import { LEVELS } from '../../scoring/levels.ts';
import { PORTFOLIO, type Command } from '../command.ts';
import { table } from '../table.ts';
import { timelineChart } from '../timeline-chart.ts';
import { counted, grouped, LEVEL_MARKS, MODEL_NAMES, percent } from '../words.ts';

export const scoreCommand: Command = {
  usage: '--portfolio FILE [--model ID] [--out FILE.csv|FILE.json]',
  options: {
    portfolio: PORTFOLIO,
    model: { value: 'ID', about: 'which model (the champion, else the best of the latest training)' },
    out: { value: 'FILE', about: 'write all scores, as .csv or .json' },
  },
  async run(args, shell) {
    args.none();
    const out = args.text('out');
    if (out !== null && !/\.(csv|json)$/i.test(out)) {
      throw new DuecastError('usage', `--out takes a file that ends in .csv or .json, not “${out}”.`);
    }
    if (out !== null) await checkWritable(out);
    return shell.withPortfolio(args.requiredText('portfolio'), { create: false }, async (workspace) => {
      const asked = args.text('model');
      const { document, scores } = await shell.job((context) => scorePortfolio(workspace, asked, context));
      const { models } = await workspace.store.call('models', {});
      const text = formatScores(document, asked === null ? whyThisModel(document, models) : '');
      if (out === null) return { document, text };
      await writeScores(out, scores);
      return { document, text: `${text}\nAll scores: ${out}` };
    });
  },
};

const whyThisModel = ({ modelId }: ScoreDocument, models: ModelsDocument['models']) =>
  models.find(({ id }) => id === modelId)?.champion === true
    ? ': the champion'
    : ': the best on validation customers in the latest training; models --champion ID takes another';

/** `why`: this model and no other. */
export function formatScores(document: ScoreDocument, why = ''): string {
  const { customers, kind, modelId, asOf, levels, skipped, riskiest, reasoned } = document;
  const isCut = reasoned > 0 && reasoned < customers - levels.Low;
  const counts = LEVELS.map((level) => `${LEVEL_MARKS[level]} ${level} ${grouped(levels[level])}`).join('   ');
  return [
    `${counted(customers, 'customer')} scored with ${MODEL_NAMES[kind]} (model ${modelId}${why}) as of ${asOf}.`,
    counts,
    ...skipped.map(({ reason, customers: count }) => `Not scored: ${grouped(count)} ${reason}`),
    '',
    riskTable(riskiest),
    ...(riskiest.some((score) => score.seen_in_training) ? ['* the model was fitted or tuned on this customer'] : []),
    ...(isCut ? [`Reasons are kept for the ${grouped(reasoned)} riskiest; explain gives those of any customer.`] : []),
  ].join('\n');
}

const riskTable = (scores: CustomerScore[]) =>
  table(
    ['riskiest', 'level', 'PD', 'as of', 'top reason'],
    scores.map((score) => [
      `${score.customer_id}${score.seen_in_training ? ' *' : ''}`,
      marked(score.risk_level),
      percent(score.risk_score),
      score.as_of,
      score.top_reasons?.[0]?.words ?? '',
    ]),
    [false, false, true, false, false],
  );

const marked = (level: RiskLevel) => `${LEVEL_MARKS[level]} ${level}`;

export const timelineCommand: Command = {
  usage: '--portfolio FILE --customer ID [--experiment ID]',
  options: {
    portfolio: PORTFOLIO,
    customer: { value: 'ID', about: 'the customer, as written in the export', required: true },
    experiment: { value: 'ID', about: 'which experiment (the latest)' },
  },
  async run(args, shell) {
    args.none();
    return shell.withPortfolio(args.requiredText('portfolio'), { create: false }, async (workspace) => {
      const document = await shell.job((context) =>
        drawTimeline(workspace, args.requiredText('customer'), args.text('experiment'), context),
      );
      return { document, text: formatTimeline(document) };
    });
  },
};

const alertsIn = (alerts: TimelineDocument['models'][number]['alerts']) =>
  alerts === null || alerts.raised.length === 0
    ? ''
    : `   alert ${alerts.raised.map(({ step, date }) => date ?? `at step ${step}`).join(', ')}`;

export function formatTimeline(document: TimelineDocument): string {
  const { customer, event, models } = document;
  const head = `${customer}: PD by step${event === null ? '' : `, event at ${event.date ?? `step ${event.step}`}`}`;
  const now = models.map(({ kind, points, seenInTraining, alerts }) => {
    const last = points[points.length - 1];
    return `  ${MODEL_NAMES[kind].padEnd(9)} ${percent(last.riskScore).padStart(6)} ${marked(last.riskLevel)}${seenInTraining ? '   fitted or tuned on this customer' : ''}${alertsIn(alerts)}`;
  });
  return [head, timelineChart(models), ...now].join('\n');
}
