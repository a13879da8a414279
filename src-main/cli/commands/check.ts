import { inOrder } from '../../evaluation/sanity-checks.ts';
import type {
  InputCheck,
  PlacedPart,
  SanityDocument,
  SanityMark,
  ShuffledDocument,
  StepDate,
} from '../../ipc/sanity.ts';
import { checkPortfolio, shuffleOutcomes } from '../../processes/sanity-jobs.ts';
import { SHUFFLED_KINDS } from '../../processes/check-shuffled.ts';
import { withModelNames } from '../../reporting/words.ts';
import { LABEL_RULES } from '../../sequences/labels.ts';
import { PORTFOLIO, type Command } from '../command.ts';
import { table } from '../table.ts';
import { counted, estimate, grouped, metric, MODEL_NAMES, percent } from '../words.ts';

const SHOWN_INPUTS = 12;
/** Steps of the calendar shown in the table; all of them are in the document. */
const SHOWN_STEPS = 8;

export const checkCommand: Command = {
  usage:
    '--portfolio FILE [--experiment ID | --window N --horizon N --gap N --label-rule RULE --split-seed N --without A,B] [--shuffled [--models lightgbm,logistic,lstm] [--times 5] [--seed 1]]',
  options: {
    portfolio: PORTFOLIO,
    experiment: {
      value: 'ID',
      about: 'the settings of which experiment (the latest; before the first one the proposed)',
    },
    window: { value: 'STEPS', about: 'instead, a training that is only planned' },
    horizon: { value: 'STEPS', about: 'likewise' },
    gap: { value: 'STEPS', about: 'likewise' },
    'label-rule': { value: 'RULE', about: `likewise: ${LABEL_RULES.slice(1).join(', ')}` },
    'split-seed': { value: 'N', about: 'likewise, as long as nothing was trained' },
    without: { value: 'LIST', about: 'likewise: inputs that models don’t read' },
    shuffled: { value: null, about: 'also train on shuffled outcomes: what is left of the AUC then leaks' },
    models: { value: 'LIST', about: `trained on shuffled outcomes (lightgbm,logistic): ${SHUFFLED_KINDS.join(', ')}` },
    times: { value: 'N', about: 'how often outcomes are shuffled (5)' },
    seed: { value: 'N', about: 'how they are shuffled (1)' },
  },
  async run(args, shell) {
    args.none();
    const request = {
      experimentId: args.text('experiment'),
      requested: {
        windowSteps: args.integer('window'),
        horizonSteps: args.integer('horizon'),
        gapSteps: args.integer('gap'),
        labelRule: args.choice('label-rule', LABEL_RULES),
      },
      splitSeed: args.integer('split-seed'),
      without:
        args
          .text('without')
          ?.split(',')
          .map((name) => name.trim()) ?? null,
      planned: false,
    };
    const shuffled = args.flag('shuffled')
      ? {
          kinds: args.choices('models', SHUFFLED_KINDS),
          times: args.integer('times'),
          seed: args.integer('seed'),
        }
      : null;
    return shell.withPortfolio(args.requiredText('portfolio'), { create: false }, async (workspace) => {
      let document = await shell.job((context) => checkPortfolio(workspace, request, context));
      if (shuffled !== null) {
        const result = await shell.job((context) => shuffleOutcomes(workspace, { ...request, ...shuffled }, context));
        document = { ...document, checks: inOrder([...document.checks, result.check]), shuffled: result };
      }
      const { testUses } = await workspace.store.call('info', {});
      return { document, text: formatSanity(document, testUses) };
    });
  },
};

const PART_NAMES: Record<PlacedPart['part'], string> = {
  train: 'training',
  validation: 'validation',
  test: 'test',
  outOfTime: 'out of time',
};

const MARKS: Record<SanityMark, string> = { fine: '✓', look: '▲', 'not-made': '–' };

const at = ({ step, date }: StepDate) => date ?? `step ${step}`;

/** `testUses`: how often the test customers have been looked at. */
function formatSanity(document: SanityDocument, testUses: number): string {
  const { checks, experimentId, shuffled, calendar } = document;
  const countOf = (wanted: SanityMark) => checks.filter(({ mark }) => mark === wanted).length;
  const [looks, notMade] = [countOf('look'), countOf('not-made')];
  const left = notMade === 0 ? '' : `; ${notMade} could not be made`;
  const of = experimentId === null ? 'a training with these settings' : `experiment ${experimentId}`;
  return [
    looks === 0
      ? `Nothing speaks against the figures of ${of}: ${counted(countOf('fine'), 'check')} passed${left}.`
      : `${looks} of ${checks.length} checks of ${of} should be looked at, they come first${left}.`,
    '',
    ...checks.flatMap(({ mark, title, text, advice }) => [
      `${MARKS[mark]} ${title}`,
      `  ${withModelNames(text)}`,
      ...(advice === null ? [] : [`  → ${withModelNames(advice)}`]),
    ]),
    '',
    formatPlaces(document, testUses),
    '',
    formatInputs(document.inputs),
    ...(calendar === null ? [] : ['', formatCalendar(calendar)]),
    ...(shuffled === null ? [] : ['', formatShuffled(shuffled)]),
  ].join('\n');
}

function formatPlaces({ parts, settings, embargo }: SanityDocument, testUses: number): string {
  const { window, horizon, gap, labelRule, splitSeed, without } = settings;
  const rows = parts.map(({ part, customers, windows, events, positives, from, to }) => [
    PART_NAMES[part] + (part === 'test' ? ` (looked at ${counted(testUses, 'time')})` : ''),
    grouped(customers),
    grouped(events),
    grouped(windows),
    percent(positives / windows),
    `${at(from)} to ${at(to)}`,
  ]);
  return [
    `Window ${window}, horizon ${horizon}, gap ${gap}, label rule ${labelRule}, split seed ${splitSeed}${embargo === null ? '' : `, embargo ${embargo.steps}`}${without.length === 0 ? '' : `, without ${without.join(', ')}`}.`,
    table(['who is where', 'customers', 'with event', 'windows', 'positive', 'steps'], rows, [
      false,
      true,
      true,
      true,
      true,
      false,
    ]),
  ].join('\n');
}

function formatInputs(inputs: readonly InputCheck[]): string {
  const rows = inputs.slice(0, SHOWN_INPUTS).flatMap(({ input, used, measures }) => {
    const best = measures.at(0);
    if (best === undefined) return [];
    const missing = measures.find(({ measure }) => measure.startsWith('missing'));
    return [
      [
        input,
        metric(best.auc),
        metric(best.train),
        metric(best.validation),
        `${best.measure}, ${best.higherIsRiskier ? 'higher' : 'lower'} is riskier`,
        missing === undefined ? '' : metric(missing.auc),
        used ? '' : 'not read by models',
      ],
    ];
  });
  const left = inputs.length - SHOWN_INPUTS;
  return [
    table(['AUC of one input alone', 'both', 'training', 'validation', 'measured by', 'empty cells', ''], rows, [
      false,
      true,
      true,
      true,
      false,
      true,
      false,
    ]),
    ...(left > 0 ? [`… and ${left} weaker ones (--json has them all).`] : []),
  ].join('\n');
}

function formatCalendar({ models, steps }: NonNullable<SanityDocument['calendar']>): string {
  const every = Math.max(1, Math.ceil(steps.length / SHOWN_STEPS));
  const shown = steps.filter((_, i) => i % every === 0 || i === steps.length - 1);
  const header = ['AUC on validation windows', ...models.map(({ kind }) => MODEL_NAMES[kind])];
  return table(
    header,
    [
      ['all steps pooled', ...models.map(({ pooled }) => metric(pooled))],
      ['within a step, mean', ...models.map(({ withinSteps }) => metric(withinSteps))],
      ...shown.map(({ step, date, auc }) => [date ?? `step ${step}`, ...models.map(({ id }) => metric(auc[id]))]),
    ],
    header.map((_, column) => column > 0),
  );
}

function formatShuffled({ models, times, refused }: ShuffledDocument): string {
  const rows = models.map(({ kind, runs, mean, expected }) => [
    MODEL_NAMES[kind],
    metric(mean),
    expected === null ? 'n/a' : `${metric(expected.low)} to ${metric(expected.high)}`,
    runs.map(({ auc, low, high }) => estimate({ value: auc, low, high })).join('  '),
  ]);
  return [
    table([`outcomes shuffled ${times} times`, 'mean AUC', 'if nothing leaks', 'each, with its 95% interval'], rows, [
      false,
      true,
      true,
      false,
    ]),
    ...refused.map(({ kind, reason }) => `${MODEL_NAMES[kind]} was not trained: ${reason}`),
  ].join('\n');
}
