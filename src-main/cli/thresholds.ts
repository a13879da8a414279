import type { CompareDocument } from '../ipc/documents.ts';
import { DuecastError } from '../ipc/errors.ts';
import type { AlertCosts, AlertUnit, ThresholdRule, ThresholdsDocument } from '../ipc/thresholds.ts';
import type { Workspace } from '../processes/workspace.ts';
import type { Arguments, Options } from './arguments.ts';
import { table } from './table.ts';
import { counted, grouped, metric, MODEL_NAMES, noteLine, percent, pValue } from './words.ts';

const UNITS: readonly AlertUnit[] = ['customers', 'windows'];

export const THRESHOLD_OPTIONS: Options = {
  threshold: { value: 'RULE', about: 'alerts too: budget:5%, f1, cost, all fitted on validation customers, or pd:35%' },
  count: { value: 'UNIT', about: 'what alerts are counted in: customers, windows (customers)' },
  'cost-missed': { value: 'N', about: 'what a missed default costs, for this comparison (the portfolio’s)' },
  'cost-false': { value: 'N', about: 'what a false alert costs, for this comparison (the portfolio’s)' },
};

export interface WantedThresholds {
  rule: ThresholdRule;
  unit: AlertUnit;
  costs: AlertCosts | null;
}

/** Null where no threshold is asked for. Throws `usage`. */
export function readThresholdOptions(args: Arguments): WantedThresholds | null {
  const text = args.text('threshold');
  const unit = args.choice('count', UNITS);
  const [missed, falseAlert] = [costOf(args, 'cost-missed'), costOf(args, 'cost-false')];
  if (text === null) {
    if (unit === null && missed === null && falseAlert === null) return null;
    throw new DuecastError('usage', 'Costs and what is counted belong to alerts: give --threshold as well.');
  }
  if ((missed === null) !== (falseAlert === null))
    throw new DuecastError('usage', 'Give both costs, --cost-missed and --cost-false, or neither.');
  const costs = missed === null || falseAlert === null ? null : { missed, falseAlert };
  return { rule: ruleOf(text), unit: unit ?? 'customers', costs };
}

function ruleOf(text: string): ThresholdRule {
  if (text === 'f1' || text === 'cost') return { kind: text };
  const [, word, figure, sign] = /^(budget|pd):(\d+(?:\.\d+)?)(%?)$/.exec(text) ?? [];
  const share = sign === '%' ? Number(figure) / 100 : Number(figure);
  if (word === undefined || share > 1)
    throw new DuecastError('usage', `--threshold takes budget:5%, f1, cost or pd:35%; not “${text}”.`);
  return word === 'budget' ? { kind: 'budget', share } : { kind: 'hand', threshold: share };
}

function costOf(args: Arguments, name: string): number | null {
  const text = args.text(name);
  if (text === null) return null;
  if (!/^\d{1,12}(\.\d+)?$/.test(text)) throw new DuecastError('usage', `--${name} takes a number, not “${text}”.`);
  return Number(text);
}

export interface JudgedAlerts {
  thresholds: ThresholdsDocument;
  /** Null where nothing is out of time. */
  thresholdsOutOfTime: ThresholdsDocument | null;
}

/** The alerts of a comparison that was just made. */
export async function judgeAlerts(
  { path, withModelProcess }: Workspace,
  { experimentId, outOfTime }: CompareDocument,
  wanted: WantedThresholds,
): Promise<JudgedAlerts> {
  return withModelProcess(async (models) => {
    const judge = async (part: 'test' | 'outOfTime') => {
      const { curves: _, ...document } = await models.call('thresholds', { path, experimentId, part, ...wanted });
      return document;
    };
    return {
      thresholds: await judge('test'),
      thresholdsOutOfTime: outOfTime === null ? null : await judge('outOfTime'),
    };
  });
}

export const formatAlerts = ({ thresholds, thresholdsOutOfTime }: JudgedAlerts): string =>
  [thresholds, ...(thresholdsOutOfTime === null ? [] : [thresholdsOutOfTime])].map(formatThresholds).join('\n\n');

function formatThresholds(document: ThresholdsDocument): string {
  const { part, rule, unit, judged, models, pairs, costs, currency, alertNobody, alertAll, notes } = document;
  const money = (value: number | null) => (value === null ? 'n/a' : grouped(value).replace('-', '−'));
  const interval = ({ value, low, high }: { value: number | null; low: number | null; high: number | null }) =>
    `${money(value)} [${money(low)}, ${money(high)}]`;
  const share = (value: number | null) => (value === null ? 'n/a' : percent(value));
  const rows = models.map((model) => [
    MODEL_NAMES[model.kind],
    model.threshold === null ? 'nobody' : percent(model.threshold),
    ...(['truePositives', 'falsePositives', 'falseNegatives', 'trueNegatives'] as const).map((cell) =>
      grouped(model.matrix[cell]),
    ),
    share(model.precision),
    share(model.recall),
    metric(model.f1),
    percent(model.alertRate),
    interval(model.costPer1000),
  ]);
  const filled = (name: string, cost: string) => [name, ...Array<string>(9).fill(''), cost];
  const costTitle = `cost per 1,000 ${unit}${currency === '' ? '' : `, ${currency}`}`;
  const header = ['alerts', 'PD from', 'hits', 'false', 'missed', 'correct', 'precision', 'recall', 'F1', 'alerted'];
  const names = new Map(models.map(({ id, kind }) => [id, MODEL_NAMES[kind]]));
  const where = part === 'test' ? 'test customers' : 'out of time';
  return [
    `Alerts ${RULES[rule.kind](rule)}, on ${counted(judged.counted, unit.slice(0, -1))} (${where}), ${grouped(judged.events)} with the event. ` +
      `A missed default costs ${grouped(costs.missed)}, a false alert ${grouped(costs.falseAlert)}.`,
    table(
      [...header, costTitle],
      [
        ...rows,
        filled('nobody', interval(alertNobody.costPer1000)),
        filled('everybody', interval(alertAll.costPer1000)),
      ],
      [...header, costTitle].map((_, column) => column > 0),
    ),
    '',
    table(
      ['difference of cost', '', 'p'],
      pairs.map(({ a, b, deltaCostPer1000, low, high, p }) => [
        `${names.get(a)} − ${names.get(b)}`,
        interval({ value: deltaCostPer1000, low, high }),
        pValue(p),
      ]),
      [false, false, true],
    ),
    ...notes.map(noteLine),
  ].join('\n');
}

const RULES: { [K in ThresholdRule['kind']]: (rule: ThresholdRule) => string } = {
  hand: () => 'from a given PD on',
  budget: (rule) => `within a budget of ${rule.kind === 'budget' ? percent(rule.share) : ''}`,
  f1: () => 'at the best F1',
  cost: () => 'at the least cost',
};
