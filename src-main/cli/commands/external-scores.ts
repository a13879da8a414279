import type { Coverage, ExternalScoresDocument, ExternalScoreSummary } from '../../ipc/external-scores.ts';
import { importExternalScores } from '../../processes/portfolio-jobs.ts';
import { PORTFOLIO, type Command } from '../command.ts';
import { table } from '../table.ts';
import { counted, grouped, moment, percent } from '../words.ts';
import { parseSetting } from './data.ts';

export const importScoresCommand: Command = {
  usage:
    'FILE --portfolio FILE --customer COL --score COL [--date COL|--step COL] [--experiment ID] [--name NAME] [--lower-is-riskier] [--set key=value]…',
  options: {
    portfolio: PORTFOLIO,
    customer: { value: 'COL', about: 'whose a score is, by name or number from 0', required: true },
    score: { value: 'COL', about: 'the PD or any other score', required: true },
    date: { value: 'COL', about: 'when it was known; a window gets the latest one up to its end' },
    step: { value: 'COL', about: 'the same in a portfolio that goes by step numbers' },
    experiment: { value: 'ID', about: 'whose rows (the latest)' },
    name: { value: 'NAME', about: 'what it is called in comparisons (the column’s name)' },
    'lower-is-riskier': { value: null, about: 'a lower score means riskier' },
    set: { value: 'KEY=VALUE', about: 'how the file is written: decimal, dateFormat, encoding, sheet …', many: true },
  },
  async run(args, shell) {
    const request = {
      file: args.only('file'),
      experimentId: args.text('experiment'),
      customer: args.requiredText('customer'),
      score: args.requiredText('score'),
      date: args.text('date'),
      step: args.text('step'),
      name: args.text('name'),
      lowerIsRiskier: args.flag('lower-is-riskier'),
      settings: args.texts('set').map(parseSetting),
    };
    return shell.withPortfolio(args.requiredText('portfolio'), { create: false }, async (workspace) => {
      const { scores } = await shell.job((context) => importExternalScores(workspace, request, context));
      const document = scores[scores.length - 1];
      return { document, text: formatAdded(document) };
    });
  },
};

export const externalScoresCommand: Command = {
  usage: '--portfolio FILE [--experiment ID] [--remove ID]',
  options: {
    portfolio: PORTFOLIO,
    experiment: { value: 'ID', about: 'which experiment (the latest)' },
    remove: { value: 'ID', about: 'remove this score' },
  },
  async run(args, shell) {
    args.none();
    const id = args.text('remove');
    return shell.withPortfolio(args.requiredText('portfolio'), { create: false }, async ({ store }) => {
      const document =
        id === null
          ? await store.call('externalScores', { experimentId: args.text('experiment') })
          : await store.call('deleteExternalScore', { id });
      return { document, text: formatList(document) };
    });
  },
};

const share = ({ covered, windows }: Coverage) => (windows === 0 ? 'n/a' : percent(covered / windows));

function formatAdded(score: ExternalScoreSummary): string {
  const { name, file, rows, skipped, unknownCustomers, coverage, isPd, notes, experimentId, id } = score;
  const parts = Object.entries(coverage).flatMap(([part, found]) =>
    found === null
      ? []
      : [
          `  ${PART_NAMES[part as keyof typeof PART_NAMES]}: ${grouped(found.covered)} of ${counted(found.windows, 'window')} have a score (${share(found)}), ${grouped(found.coveredCustomers)} of ${counted(found.customers, 'customer')}`,
        ],
  );
  return [
    `${name} from ${file}: ${grouped(rows.used)} of ${counted(rows.read, 'row')} used${isPd ? '' : '; no PD, so only what goes by rank will be told'}.`,
    ...skipped.map(
      ({ reason, rows: count, line }) => `  left out ${counted(count, 'row')}, from line ${line}: ${reason}`,
    ),
    ...(unknownCustomers === 0 ? [] : [`  not in the portfolio: ${counted(unknownCustomers, 'customer')} of the file`]),
    ...parts,
    ...notes.map((note) => `Note: ${note}`),
    `Kept as score ${id} with experiment ${experimentId}. All models will be judged on the rows that it covers: compare --portfolio FILE`,
  ].join('\n');
}

const PART_NAMES = { validation: 'validation', test: 'test', outOfTime: 'out of time' } as const;

function formatList({ scores }: ExternalScoresDocument): string {
  if (scores.length === 0) return 'No scores from elsewhere.';
  return table(
    ['id', 'name', 'experiment', 'file', 'added', 'test rows', ''],
    scores.map(({ id, name, experimentId, file, createdAt, coverage, isPd, lowerIsRiskier }) => [
      id,
      name,
      experimentId,
      file,
      moment(createdAt),
      coverage.test === null ? 'n/a' : share(coverage.test),
      [isPd ? 'PD' : 'by rank', ...(lowerIsRiskier ? ['lower is riskier'] : [])].join(', '),
    ]),
    [true, false, true, false, false, true, false],
  );
}
