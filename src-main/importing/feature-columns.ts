import { DuecastError } from '../ipc/errors.ts';
import type { Feature } from '../sequences/panel.ts';
import type { ColumnPlan } from './column-plan.ts';
import {
  customerRank,
  fillRuleOf,
  isOutcomeDate,
  isPresetFeature,
  isProtected,
  outcomeRank,
  stepRank,
} from './column-words.ts';
import type { Layout } from './layout.ts';
import { looksNumeric } from './numbers.ts';
import { couldBeFlag } from './outcome-columns.ts';
import type { ImportSettings } from './settings.ts';
import { dateFormat } from './step-columns.ts';
import type { PortfolioShape } from './target.ts';

const ROW_NUMBER = /^(unnamed: \d+|index|row|rownum|row_?number)$/i;

/** Names features as the portfolio knows them, each once, upper and lower case counting as equal. */
export class FeatureNames {
  readonly #known: Map<string, Feature>;
  readonly #used = new Set<string>();

  constructor(portfolio: PortfolioShape) {
    this.#known = new Map(portfolio.features.map((feature) => [feature.name.toLowerCase(), feature]));
  }

  /** The portfolio's feature of a column's name. */
  known(name: string): Feature | null {
    return this.#known.get(name.toLowerCase()) ?? null;
  }

  /** The feature for a column: the portfolio's own where it has one of that kind, else `wanted`, under a free name. */
  feature(wanted: Feature): Feature {
    const known = this.known(wanted.name);
    const base = known?.kind === wanted.kind ? known : wanted;
    let { name } = base;
    for (let n = 2; this.#used.has(name.toLowerCase()); n++) name = `${base.name} (${n})`;
    this.#used.add(name.toLowerCase());
    return { ...base, name };
  }
}

/** The columns named as features and attributes. */
export function planNamed(plan: ColumnPlan, names: FeatureNames): Pick<Layout, 'features' | 'statics'> {
  const features = plan
    .namedList('features')
    .map((column) => planFeature(plan, column, names, plan.whyNamed('features')));
  const statics = plan.namedList('static').map((column) => planStatic(plan, column, names, plan.whyNamed('static')));
  return { features, statics };
}

/**
 * Gives every column that is left its role: known attributes; features, if `noFeatures` does not say why there are no
 * more; or none.
 */
export function planRest(
  plan: ColumnPlan,
  settings: ImportSettings,
  names: FeatureNames,
  noFeatures: string | null,
): Pick<Layout, 'features' | 'statics'> {
  const features: Layout['features'] = [];
  const statics: Layout['statics'] = [];
  for (const column of plan.free()) {
    const name = plan.name(column);
    const known = names.known(name);
    if (known?.kind === 'static') {
      statics.push(planStatic(plan, column, names, 'an attribute of this portfolio'));
      continue;
    }
    const reason = noFeatures ?? whyIgnored(plan, column, settings, known !== null);
    if (reason !== null) plan.assign(column, 'ignored', null, reason);
    else features.push(planFeature(plan, column, names, whyFeature(name, known !== null)));
  }
  return { features, statics };
}

function planFeature(plan: ColumnPlan, column: number, names: FeatureNames, why: string): Layout['features'][number] {
  const name = plan.name(column);
  const feature = names.feature({ name, kind: 'history', fill: fillRuleOf(name), modelInput: true });
  plan.assign(column, 'feature', feature.name, `${why}; an empty value means ${fillWords(feature)}`);
  return { feature, columns: [column] };
}

function planStatic(plan: ColumnPlan, column: number, names: FeatureNames, why: string): Layout['statics'][number] {
  const name = plan.name(column);
  const off = isProtected(name);
  const feature = names.feature({ name, kind: 'static', fill: 'carry', modelInput: !off });
  const use = feature.modelInput
    ? 'never changes for a customer'
    : 'not given to the models' + (off ? ': lending law in many countries protects this characteristic' : '');
  plan.assign(column, 'static', feature.name, `${why}; ${use}`);
  return { feature, column };
}

export const fillWords = (feature: Feature) => (feature.fill === 'zero' ? 'zero' : "the customer's last earlier value");

const whyFeature = (name: string, known: boolean) =>
  known ? 'a feature of this portfolio' : isPresetFeature(name) ? 'a feature of the preset' : 'a column of numbers';

/** Whether a column's values are dates, even where day and month could be either way round. */
function holdsDates(plan: ColumnPlan, column: number, settings: ImportSettings): boolean {
  try {
    return dateFormat(plan, column, settings) !== null;
  } catch (error) {
    if (error instanceof DuecastError) return true;
    throw error;
  }
}

/** Why a column that nobody named feeds nothing, null where it is a feature. */
function whyIgnored(plan: ColumnPlan, column: number, settings: ImportSettings, known: boolean): string | null {
  const name = plan.name(column);
  if (known || isPresetFeature(name)) return null;
  if (plan.table.headerLine > 0 && name === `column ${column}`)
    return 'has no name; give its number in features= to use it';
  if (ROW_NUMBER.test(name)) return 'numbers the rows';
  if (customerRank(name) > 0) return 'another id; name it in features= or static= to use it';
  if (stepRank(name) > 0) return 'the steps come from another column';
  const cells = plan.cells(column);
  if (isOutcomeDate(name) || (outcomeRank(name) > 0 && couldBeFlag(plan, column, settings))) {
    return 'tells the outcome, so it would give the answer away';
  }
  if (outcomeRank(name) > 0) {
    return 'named like an outcome, but with more than two values; name it with outcome= or in features= to use it';
  }
  if (cells.length === 0) return 'empty in the rows looked at; name it in features= to use it';
  if (cells.filter(looksNumeric).length * 2 < cells.length) {
    if (cells.length * 2 < plan.table.rows.length && holdsDates(plan, column, settings)) {
      return 'dates that stand in some rows only, as those of events do; if they are, name it in outcomeDate=';
    }
    return 'not a column of numbers; if it never changes for a customer, name it in static=';
  }
  if (isProtected(name)) {
    return (
      'lending law in many countries protects this characteristic; name it in static= to keep it beside the models, ' +
      'or in features= to use it'
    );
  }
  return null;
}
