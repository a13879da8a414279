import type { Estimate, JudgedPart } from '../../ipc/documents.ts';
import type { JudgedConventions, JudgedMetricName } from '../../ipc/judged-metrics.ts';
import { fineDigits } from '../../reporting/figures.ts';
import { UNCORRECTED } from '../../reporting/verdict.ts';
import { table } from '../table.ts';
import { estimate, grouped, metric, modelName, percent, pValue, signed, withInterval, withSign } from '../words.ts';

type Row = [name: JudgedMetricName, title: string];

/** A comparison's figures as tables; those that an earlier version did not make are left out. */
export function comparisonTables(part: JudgedPart): string[] {
  const { conventions } = part;
  return [
    figures('ranking', part, rankingRows(conventions)),
    figures('calibration', part, calibrationRows(conventions)),
    differences(part),
    ...(part.pairs.length > 1 ? [UNCORRECTED] : []),
    ...deLongTable(part),
    ...monthTable(part),
  ];
}

const rankingRows = (conventions: JudgedConventions | undefined): Row[] => [
  ['auc', 'AUC'],
  ['gini', 'Gini'],
  ['ks', 'KS'],
  ['prAuc', 'PR-AUC'],
  ['hMeasure', 'H-measure'],
  ['capture', `events in riskiest ${share(conventions?.captureShare)}`],
  ['lift', `lift at ${share(conventions?.captureShare)}`],
  ['recallAtAlertRate', `recall, ${share(conventions?.alertRate)} alerted`],
];

const calibrationRows = (conventions: JudgedConventions | undefined): Row[] => [
  ['brier', 'Brier'],
  ['brierSkill', 'Brier skill'],
  ['logLoss', 'log loss'],
  ['calibrationIntercept', 'intercept (0 is right)'],
  ['calibrationSlope', 'slope (1 is right)'],
  ['ece', `ECE, ${conventions?.calibrationBins ?? ''} equal bins`],
  ['psi', 'PSI, from training'],
];

const share = (of: number | undefined) => (of === undefined ? '' : `${Math.round(100 * of)}%`);

function figures(title: string, { models }: JudgedPart, rows: Row[]): string {
  const known = rows.filter(([name]) => models.some(({ metrics }) => metrics[name] !== undefined));
  return table(
    [title, ...models.map(modelName)],
    known.map(([name, words]) => [words, ...models.map(({ metrics }) => figure(name, metrics[name] ?? NONE))]),
    [false, ...models.map(() => true)],
  );
}

const figure = (name: JudgedMetricName, of: Estimate) => estimate(of, name === 'ece' ? fineDigits(of) : 3);

const NONE: Estimate = { value: null, low: null, high: null };

function differences(part: JudgedPart): string {
  const of = namesOf(part);
  const cells = ({ value, low, high, p }: Estimate & { p?: number | null | undefined }, decimals = 3) => [
    withInterval({ value, low, high }, (one) => signed(one, decimals)),
    pValue(p ?? null),
  ];
  return table(
    ['difference', 'of AUC', 'p', 'of Brier', 'p'],
    part.pairs.map(({ a, b, deltaAuc, low, high, p, differences: { brier } }) => [
      `${of(a)} − ${of(b)}`,
      ...cells({ value: deltaAuc, low, high, p }),
      ...cells(brier, fineDigits(brier)),
    ]),
    [false, false, true, false, true],
  );
}

function deLongTable(part: JudgedPart): string[] {
  const { deLong } = part;
  if (!deLong) return [];
  const of = namesOf(part);
  const rows = deLong.pairs.map(({ a, b, deltaAuc, low, high, z, p }) => [
    `${of(a)} − ${of(b)}`,
    `${signed(deltaAuc)} [${signed(low)}, ${signed(high)}]`,
    z === null ? 'n/a' : withSign(z, 2),
    pValue(p),
  ]);
  return [table(['DeLong (one row a customer)', 'of AUC', 'z', 'p'], rows, [false, false, true, true])];
}

function monthTable({ byMonth, models }: JudgedPart): string[] {
  if (!byMonth || byMonth.length < 2) return [];
  const rows = byMonth.map(({ month, windows, customers, events, auc }) => [
    month,
    grouped(customers),
    grouped(windows),
    grouped(events),
    percent(events / windows),
    ...models.map(({ id }) => metric(auc[id] ?? null)),
  ]);
  const header = ['AUC by month', 'customers', 'windows', 'windows with an event', '', ...models.map(modelName)];
  return [
    table(
      header,
      rows,
      header.map((_, column) => column > 0),
    ),
  ];
}

function namesOf({ models }: JudgedPart) {
  const names = new Map(models.map((model) => [model.id, modelName(model)]));
  return (id: string) => names.get(id) ?? id;
}
