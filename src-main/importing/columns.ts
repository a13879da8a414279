import { DuecastError } from '../ipc/errors.ts';
import { customerRank } from './column-words.ts';
import { ColumnPlan, unclear, usage } from './column-plan.ts';
import { dateReader } from './dates.ts';
import type { Table } from './dialect.ts';
import { earlierOutcomes } from './earlier-outcomes.ts';
import { FeatureNames, fillWords, planNamed, planRest } from './feature-columns.ts';
import type { Layout } from './layout.ts';
import { noLedger, planLedger } from './ledger-columns.ts';
import { ledgerIn } from './ledger-kind.ts';
import { holdsOutcomesOnly, planOutcome, planOutcomeDate, planOutcomesFile } from './outcome-columns.ts';
import { missingFrom, type Profile } from './profiles.ts';
import type { ImportSettings } from './settings.ts';
import { planStep, type StepReading } from './step-columns.ts';
import type { PortfolioShape } from './target.ts';

export interface LayoutReading {
  layout: Layout;
  /** Columns whose role the analyst or the profile says. */
  named: ReadonlySet<number>;
  warnings: string[];
}

/**
 * Finds what every column of a table means: as the settings say (`given` are the analyst's own among them, the others
 * the profile's), as the portfolio knows its features and the outcomes of earlier files, and for the rest by names and
 * sampled values.
 *
 * `file` is its name without the folder.
 *
 * `usage` for settings that name what isn't there or contradict each other; `data-refused`, with the setting to give,
 * where the file leaves it open.
 */
export function planLayout(
  table: Table,
  asked: ImportSettings,
  given: ImportSettings,
  profile: Profile | null,
  portfolio: PortfolioShape,
  file = '',
): LayoutReading {
  const periods = profile?.periods ?? null;
  // Where steps lie across columns, features= names features, not columns.
  const named = periods === null ? asked : { ...asked, features: null };
  let plan = new ColumnPlan(table, profile, named, given);
  const earlier = earlierOutcomes(table.names, asked, plan.allNamed(), portfolio.earlier ?? []);
  const settings = { ...asked, ...earlier };
  plan = new ColumnPlan(table, profile, { ...named, ...earlier }, given, new Set(Object.keys(earlier)));
  const names = new FeatureNames(portfolio);
  const warnings: string[] = [];
  for (const column of plan.namedList('ignore')) plan.assign(column, 'ignored', null, plan.whyNamed('ignore'));
  const sketch = ledgerIn(plan, settings, profile);
  if (sketch === 'missing') noLedger(plan, settings);
  if (sketch !== null) {
    const { customer, ledger, dateFormat } = planLedger(plan, settings, sketch, file, warnings);
    const layout: Layout = {
      kind: 'ledger',
      columns: plan.readings(),
      names: table.names,
      customer,
      step: { kind: 'date', ...ledger.date },
      features: [],
      statics: [],
      outcome: null,
      outcomeDate: null,
      ledger,
      dateFormat,
    };
    return { layout, named: plan.allNamed(), warnings };
  }
  const customer = planCustomer(plan);
  const kind = settings.kind ?? (holdsOutcomesOnly(plan, settings) ? 'outcomes' : 'history');
  const common = { kind, names: table.names, customer, ledger: null };

  if (kind === 'outcomes') {
    const { outcome, outcomeDate, dateFormat } = planOutcomesFile(plan, settings);
    const layout = { ...common, step: null, features: [], statics: [], outcome, outcomeDate, dateFormat };
    return { layout: { ...layout, columns: plan.readings() }, named: plan.allNamed(), warnings };
  }

  const laidOut = periods === null ? null : planPeriods(plan, profile!, settings, names);
  const step = laidOut ?? planStep(plan, settings);
  const outcome = planOutcome(plan, settings);
  const outcomeDate = planOutcomeDate(plan, settings, step, warnings);
  const chosen = planNamed(plan, names);
  const noMore = laidOut ? 'not in the profile' : settings.features === null ? null : 'not among features=';
  const rest = planRest(plan, settings, names, noMore);
  const features = [...chosen.features, ...(laidOut?.features ?? []), ...rest.features];
  if (features.length === 0) {
    throw unclear(
      'No column is a feature that changes from step to step',
      `Name the columns of numbers with features=A,B, or give kind=outcomes for a file of outcomes. ${plan.listed()}`,
    );
  }
  const layout: Layout = {
    ...common,
    columns: plan.readings(),
    step: step.source,
    features,
    statics: [...chosen.statics, ...rest.statics],
    outcome,
    outcomeDate,
    dateFormat: step.dateFormat,
  };
  return { layout, named: plan.allNamed(), warnings };
}

function planCustomer(plan: ColumnPlan): number {
  const named = plan.named('customer');
  const column = named ?? plan.best((free) => customerRank(plan.name(free)), 'the customer', 'customer');
  if (column === null) {
    throw unclear(
      'No column looks like the customer',
      `Name it with customer=NAME, or by number from 0. ${plan.listed()}`,
    );
  }
  plan.assign(column, 'customer', null, named === null ? 'by its name' : plan.whyNamed('customer'));
  return column;
}

/** The roles of columns that repeat by period: each period is a step, the oldest first. */
function planPeriods(
  plan: ColumnPlan,
  profile: Profile,
  settings: ImportSettings,
  names: FeatureNames,
): StepReading & Pick<Layout, 'features'> {
  const { dates, features } = profile.periods!;
  if (settings.step !== null || settings.date !== null) {
    throw usage(`Profile ${profile.name} has its steps laid out across columns; step= and date= don't go with it.`);
  }
  const wanted = settings.features?.map((name) => {
    if (features.some((feature) => feature.name === name)) return name;
    const all = features.map((feature) => feature.name).join(', ');
    throw usage(`features=${name}: the features of profile ${profile.name} are: ${all}.`);
  });
  const read = dateReader(/^\d{4}-\d{2}$/.test(dates[0]!) ? 'yyyy-MM' : 'yyyy-MM-dd');
  const ordered = dates.map((date, i) => ({ date, i, day: read(date)! })).sort((a, b) => a.day - b.day);

  const laidOut = features.flatMap(({ name, fill, columns }) => {
    const found = columns.map((reference) => plan.find(name, reference));
    const taken = found.find((column) => !plan.open().includes(column));
    if (taken !== undefined) {
      throw usage(`ignore=${plan.name(taken)}: profile ${profile.name} reads a period of ${name} from that column.`);
    }
    if (wanted !== undefined && !wanted.includes(name)) {
      for (const column of found) plan.assign(column, 'ignored', null, 'not among features=');
      return [];
    }
    const feature = names.feature({ name, kind: 'history', fill, modelInput: true });
    found.forEach((column, i) => {
      const why = `${name} in ${dates[i]}, by profile ${profile.name}; an empty value means ${fillWords(feature)}`;
      plan.assign(column, 'feature', feature.name, why);
    });
    return [{ feature, columns: ordered.map(({ i }) => found[i]!) }];
  });
  return { source: { kind: 'periods', epochDays: ordered.map(({ day }) => day) }, dateFormat: '', features: laidOut };
}

/** Refuses a profile that was asked for by name and is not this file's. */
export function requireHeader(profile: Profile, table: Table): void {
  const missing = missingFrom(profile, table.names);
  if (missing.length === 0) return;
  throw new DuecastError(
    'data-refused',
    `This is not a file of profile ${profile.name} (${profile.title}): it lacks the columns ${missing.join(', ')}; ` +
      'nothing was imported. Leave the profile out, or check the file.',
  );
}
