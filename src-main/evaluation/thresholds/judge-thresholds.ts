import type { ModelKind } from '../../ipc/documents.ts';
import type {
  AlertUnit,
  ConfusionMatrix,
  KeptCosts,
  ModelThreshold,
  ThresholdRule,
  ThresholdsDocument,
  ThresholdsView,
} from '../../ipc/thresholds.ts';
import { grouped } from '../../ipc/grouped.ts';
import type { BootstrapSettings, JudgedRows } from '../bootstrap.ts';
import { countsAtThresholds } from '../counts-at-thresholds.ts';
import { CONFIDENCE, differenceInterval, NO_INTERVAL, smallSampleFactor, type Interval } from '../intervals.ts';
import type { Scores } from '../metrics.ts';
import type { RunOptions } from '../pacing.ts';
import { rankGroups } from '../ranked-groups.ts';
import { resampledShare } from '../share-intervals.ts';
import { alertsFrom, costPer1000, matrixOf, ratesOf } from './alert-outcomes.ts';
import { alertUnits, type AlertUnits } from './alert-units.ts';
import {
  bootstrapAlerts,
  customersOf,
  customersThatCost,
  RATES,
  type AlertCustomers,
  type AlertDraws,
} from './bootstrap-alerts.ts';
import { fitThreshold } from './fit-threshold.ts';

export interface ThresholdModel {
  id: string;
  kind: ModelKind;
  /** The PD of each row. */
  validation: Scores;
  judged: Scores;
}

export interface ThresholdQuestion extends BootstrapSettings {
  rule: ThresholdRule;
  unit: AlertUnit;
  costs: KeptCosts;
  validation: JudgedRows;
  judged: JudgedRows;
  models: readonly ThresholdModel[];
}

/** What is found here of a document; whose it is, its caller knows. */
export type JudgedThresholds = Omit<ThresholdsView, 'experimentId' | 'part' | 'currency'>;

/**
 * Fits every model's threshold on the validation rows and judges its alerts on the others, beside alerting nobody and
 * alerting all. Throws `too-small` without rows, and `cancelled`.
 */
export async function judgeThresholds(
  { rule, unit, costs, validation, judged, models, resamples, seed }: ThresholdQuestion,
  options: RunOptions = {},
): Promise<JudgedThresholds> {
  const fittedOn = alertUnits(validation, unit);
  const judgedOn = alertUnits(judged, unit);
  const thresholds = models.map((model) =>
    fitThreshold(rule, fittedOn.scoresOf(model.validation), fittedOn.labels, costs),
  );
  const scores = models.map((model) => judgedOn.scoresOf(model.judged));
  const alerts = thresholds.map((threshold, m) => alertsFrom(threshold, scores[m]));
  const { labels, customers } = judgedOn;
  const nobody = new Uint8Array(labels.length);
  const all = new Uint8Array(labels.length).fill(1);
  const everyRule = [...alerts, nobody, all];
  const draws = await bootstrapAlerts(customers, labels, everyRule, costs, { resamples, seed }, options);
  const costOf = (rulePlace: number) => costPer1000(matrixOf(everyRule[rulePlace], labels), costs);
  const costEstimate = (rulePlace: number) => ({
    value: costOf(rulePlace),
    ...withoutP(costInterval(draws[rulePlace].cost, customersThatCost(customers, labels, everyRule[rulePlace], null))),
  });
  const [nobodyPlace, allPlace] = [models.length, models.length + 1];
  const noneRule = costOf(nobodyPlace) <= costOf(allPlace) ? 'nobody' : 'all';
  const nonePlace = noneRule === 'nobody' ? nobodyPlace : allPlace;
  const costDifference = (a: number, b: number) =>
    costInterval(
      draws[a].cost.map((cost, r) => cost - draws[b].cost[r]),
      customersThatCost(customers, labels, everyRule[a], everyRule[b]),
    );

  return {
    rule,
    unit,
    costs,
    judged: sizeOf(judged, judgedOn),
    validation: sizeOf(validation, fittedOn),
    models: models.map(({ id, kind, validation: pds }, m): ModelThreshold => {
      const matrix = matrixOf(alerts[m], labels);
      const fitted = matrixOf(alertsFrom(thresholds[m], fittedOn.scoresOf(pds)), fittedOn.labels);
      return {
        id,
        kind,
        threshold: thresholds[m],
        matrix,
        ...ratesOf(matrix),
        costPer1000: costEstimate(m),
        intervals: intervalsOf(matrix, draws[m], customersOf(customers, labels, alerts[m])),
        validation: { ...ratesOf(fitted), costPer1000: costPer1000(fitted, costs) },
        againstNone: {
          rule: noneRule,
          costPer1000: { value: costOf(m) - costOf(nonePlace), ...withoutP(costDifference(m, nonePlace)) },
        },
      };
    }),
    pairs: models.flatMap((a, i) =>
      models.slice(i + 1).map((b, j) => {
        const other = i + 1 + j;
        const deltaCostPer1000 = costOf(i) - costOf(other);
        const { low, high, p } = costDifference(i, other);
        return { a: a.id, b: b.id, deltaCostPer1000, low, high, p: p ?? 1 };
      }),
    ),
    alertNobody: { costPer1000: costEstimate(nobodyPlace) },
    alertAll: { costPer1000: costEstimate(allPlace) },
    resamples,
    notes: notesOf({ rule, unit, costs, resamples }, sizeOf(judged, judgedOn), sizeOf(validation, fittedOn)),
    curves: models.map(({ id }, m) => ({
      id,
      ...countsAtThresholds(rankGroups(scores[m], labels), scores[m] instanceof Float32Array),
    })),
  };
}

/** Costs are sums over customers: percentiles, widened where few of them cost anything. */
const costInterval = (draws: Float64Array, customers: number) =>
  differenceInterval(draws, smallSampleFactor(customers));

const withoutP = ({ low, high }: Interval): Interval => ({ low, high });

function intervalsOf(
  matrix: ConfusionMatrix,
  draws: AlertDraws,
  customers: AlertCustomers,
): ModelThreshold['intervals'] {
  const rates = ratesOf(matrix);
  const intervals = RATES.map((name): [string, Interval] => {
    const value = rates[name];
    return [name, value === null ? NO_INTERVAL : resampledShare(value, draws[name], customers[name])];
  });
  return Object.fromEntries(intervals) as ModelThreshold['intervals'];
}

type Size = ThresholdsDocument['judged'];

function sizeOf(rows: JudgedRows, units: AlertUnits): Size {
  let events = 0;
  for (const label of units.labels) events += label;
  const { length: windows } = rows.labels;
  return { customers: new Set(rows.customers).size, windows, counted: units.labels.length, events };
}

function notesOf(
  { rule, unit, costs, resamples }: Pick<ThresholdQuestion, 'rule' | 'unit' | 'costs' | 'resamples'>,
  judged: Size,
  validation: Size,
): string[] {
  const several = judged.windows > judged.customers;
  const found =
    rule.kind === 'hand'
      ? `The threshold is as it was given, the same for every model.`
      : `Thresholds were fitted on ${grouped(validation.customers)} validation customers; the customers counted here only judge them.`;
  const counting =
    unit === 'customers'
      ? `A customer counts once: alerted where the PD of any of its windows reaches the threshold, and with the event ` +
        `where any window carries it. Whether the alert comes in time is for early detection to say.`
      : `Windows are counted, ${(judged.windows / judged.customers).toFixed(1)} a customer, so that one customer’s ` +
        `default is missed, or found, several times. Counted by customers, each costs once.`;
  return [
    found,
    ...(several ? [counting] : []),
    ...(costs.assumed
      ? [
          `The costs are assumptions, nobody’s figures: a missed default is taken to cost as much as ` +
            `${costs.missed / costs.falseAlert} false alerts. Put in your own.`,
        ]
      : []),
    `Intervals are ${100 * CONFIDENCE}%, from ${grouped(resamples)} resamples of whole customers, at thresholds that stay as they are.`,
  ];
}
