import type {
  ChangesDocument,
  CustomerChange,
  FeatureDrift,
  JudgedScoring,
  ScoredPart,
  ScoringOutcome,
  Stability,
} from '../../ipc/changes.ts';
import type { Estimate } from '../../ipc/documents.ts';
import { describeChanges } from '../../processes/changes-job.ts';
import { quantity } from '../../reporting/figures.ts';
import { STANDINGS } from '../../scoring/changes.ts';
import { PORTFOLIO, type Command } from '../command.ts';
import { table } from '../table.ts';
import { counted, estimate, grouped, LEVEL_MARKS, MODEL_NAMES, percent, withSign } from '../words.ts';

const SHOWN_FEATURES = 10;
const SHOWN_CUSTOMERS = 5;

export const changesCommand: Command = {
  usage: '--portfolio FILE [--from SCORING] [--to SCORING]',
  options: {
    portfolio: PORTFOLIO,
    from: { value: 'SCORING', about: 'the earlier scoring (the one before the later one)' },
    to: { value: 'SCORING', about: 'the later scoring (the latest)' },
  },
  async run(args, shell) {
    args.none();
    const pair = { fromId: args.text('from'), toId: args.text('to') };
    return shell.withPortfolio(args.requiredText('portfolio'), { create: false }, async (workspace) => {
      const document = await shell.job((context) => describeChanges(workspace, pair, context));
      return { document, text: formatChanges(document) };
    });
  },
};

export function formatChanges(document: ChangesDocument): string {
  const { from, to, warnings, notes, customers, levels, list, meanPd, stability, levelStability, drift, scorings } =
    document;
  return [
    `From scoring ${from.scoringId} (${headOf(from)}) to scoring ${to.scoringId} (${headOf(to)}).`,
    ...warnings.map((warning) => `! ${warning}`),
    '',
    `${counted(customers.both, 'customer')} in both, ${grouped(customers.appeared)} new, ${grouped(customers.gone)} gone ` +
      `(${grouped(customers.goneAfterEvent)} after their event).`,
    `Watchlist (Critical and High): ${grouped(list.before)} → ${grouped(list.after)}; ${grouped(list.entered)} new on it ` +
      `(${grouped(list.newlyScored)} newly scored), ${grouped(list.left)} left it (${grouped(list.notScored)} not scored any more).`,
    `Level: ${grouped(levels.up)} to a riskier one, ${grouped(levels.down)} to a safer one, ${grouped(levels.same)} the same.`,
    ...(meanPd.from === null || meanPd.to === null
      ? []
      : [
          `Mean PD of those in both: ${percent(meanPd.from)} → ${percent(meanPd.to)} (${points(meanPd.to - meanPd.from)}).`,
        ]),
    '',
    transitionTable(document),
    ...moveTable('largest rises', document.rises),
    ...moveTable('largest falls', document.falls),
    '',
    `Drift of the PDs: ${stability === null ? 'n/a' : driftWords(stability)}; with the levels as bins ${levelStability === null ? 'n/a' : driftWords(levelStability)}.`,
    ...driftTable(drift),
    'Rule of thumb: a PSI below .1 is little drift, up to .25 some, above it much. “By chance”: what samples of this size',
    'stay below 19 times out of 20 where nothing has drifted.',
    '',
    'Whether the warnings came true (Critical and High; an event within the horizon)',
    outcomeTable(scorings),
    ...scorings.flatMap(outcomeRemarks),
    ...notes.map((note) => `Note: ${note}`),
  ].join('\n');
}

const headOf = ({ kind, modelId, asOf, customers }: ScoredPart) =>
  `${MODEL_NAMES[kind]}, model ${modelId}, as of ${asOf}, ${counted(customers, 'customer')}`;

/** A difference of two PDs, rounded last: PDs that stand beside it may be 0.1 further apart, or nearer. */
const points = (difference: number) => `${withSign(100 * difference, 1)} points`;

const standingName = (standing: (typeof STANDINGS)[number]) =>
  standing === 'none' ? 'not scored' : `${LEVEL_MARKS[standing]} ${standing}`;

const transitionTable = ({ transitions }: ChangesDocument) =>
  table(
    ['before ↓  after →', ...STANDINGS.map(standingName)],
    STANDINGS.map((from) => [
      standingName(from),
      ...STANDINGS.map((to) => (from === 'none' && to === 'none' ? '' : grouped(transitions[from][to]))),
    ]),
    [false, true, true, true, true, true],
  );

function moveTable(title: string, moves: CustomerChange[]): string[] {
  if (moves.length === 0) return [];
  const rows = moves
    .slice(0, SHOWN_CUSTOMERS)
    .map(({ customer, from, to, fromLevel, toLevel, change }) => [
      customer,
      percent(from ?? 0),
      percent(to ?? 0),
      points(change ?? 0),
      fromLevel === toLevel ? `${fromLevel}` : `${fromLevel} → ${toLevel}`,
    ]);
  return ['', table([title, 'before', 'after', 'change', 'level'], rows, [false, true, true, true, false])];
}

const psiText = (psi: number) => psi.toFixed(3);

const driftWords = ({ psi, byChance }: Pick<Stability, 'psi' | 'byChance'>) =>
  `PSI ${psiText(psi)} (by chance up to ${psiText(byChance)})`;

function driftTable(drift: FeatureDrift[]): string[] {
  if (drift.length === 0) return [];
  const share = (value: number | null) => (value === null ? 'n/a' : percent(value));
  const rows = drift
    .slice(0, SHOWN_FEATURES)
    .map(({ feature, stability, median, missing }) => [
      feature,
      stability === null ? 'n/a' : psiText(stability.psi),
      stability === null ? 'n/a' : psiText(stability.byChance),
      `${quantity(median.from)} → ${quantity(median.to)}`,
      `${share(missing.from)} → ${share(missing.to)}`,
    ]);
  const header = ['drift by feature', 'PSI', 'by chance', 'median', 'missing'];
  return [
    table(header, rows, [false, true, true, true, true]),
    ...(drift.length > SHOWN_FEATURES ? [`… and ${drift.length - SHOWN_FEATURES} features that drifted less`] : []),
  ];
}

/** “8 of 20, 40.0% [21.9%, 61.3%]”. */
const shareText = ({ value, low, high }: Estimate, part: number, of: number) =>
  value === null || low === null || high === null
    ? `${grouped(part)} of ${grouped(of)}`
    : `${grouped(part)} of ${grouped(of)}, ${percent(value)} [${percent(low)}, ${percent(high)}]`;

function outcomeTable(scorings: JudgedScoring[]): string {
  const cells = (outcome: ScoringOutcome | null) =>
    outcome === null
      ? ['n/a', 'n/a', 'n/a', 'n/a', 'n/a']
      : [
          shareText(outcome.warned.share, outcome.warned.events, outcome.warned.customers),
          shareText(outcome.notWarned.share, outcome.notWarned.events, outcome.notWarned.customers),
          shareText(outcome.caught, outcome.warned.events, outcome.events),
          estimate(outcome.auc),
          estimate(outcome.brier),
        ];
  return table(
    ['scoring', 'as of', 'warned: event', 'not warned: event', 'events caught', 'AUC', 'Brier'],
    scorings.map(({ scoringId, asOf, outcome }) => [scoringId, asOf, ...cells(outcome)]),
    [false, false, true, true, true, true, true],
  );
}

function outcomeRemarks({ scoringId, outcome, notJudged }: JudgedScoring): string[] {
  if (outcome === null) return [`Scoring ${scoringId}: ${notJudged}`];
  const { leftOut, notes } = outcome;
  const open = [
    [leftOut.unknown, 'whose outcome is not known'],
    [leftOut.undated, 'whose event has no date'],
    [leftOut.beforeHorizon, 'whose event came before the horizon'],
    [leftOut.withoutData, 'without data since an import was undone'],
  ] as const;
  const parts = open.filter(([customers]) => customers > 0).map(([customers, why]) => `${grouped(customers)} ${why}`);
  return [
    ...(parts.length > 0 ? [`Scoring ${scoringId}: left out are ${parts.join(', ')}.`] : []),
    ...notes.map((note) => `Scoring ${scoringId}: ${note}`),
  ];
}
