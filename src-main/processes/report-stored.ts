import { basename } from 'node:path';
import type { ReportFormat } from '../ipc/reports.ts';
import { cancelled, DuecastError } from '../ipc/errors.ts';
import { toHtml } from '../reporting/html.ts';
import { makeReport } from '../reporting/make-report.ts';
import type { ReportedModel, ReportedPortfolio, ReportInput } from '../reporting/report-input.ts';
import { readAlertCosts } from '../store/alert-costs.ts';
import { readComparison } from '../store/comparisons.ts';
import { readDataStamp } from '../store/data-stamp.ts';
import type { PortfolioDb } from '../store/database.ts';
import { listExperiments } from '../store/experiment-list.ts';
import { readExperiment } from '../store/experiments.ts';
import { listExternalScores } from '../store/external-scores.ts';
import { listImports } from '../store/imports.ts';
import { readModel, readTrainedModel } from '../store/models.ts';
import { portfolioInfo, stepDates } from '../store/portfolio.ts';
import { assessPortfolio } from './assess-portfolio.ts';
import { storedCurves } from './compare-stored.ts';
import { checkPortfolio } from './check-portfolio.ts';
import type { ModelApi } from './model-api.ts';
import { reading, type HistoriesReader } from './portfolio-reading.ts';
import type { CallContext } from './rpc.ts';
import { storedThresholds } from './thresholds-stored.ts';

const PHASES = 4;
const AS_TRAINED = { windowSteps: null, horizonSteps: null, gapSteps: null, labelRule: null };

/** What a report computes from the stored rows, rather than reads. */
type Computed = Pick<ReportInput, 'quality' | 'thresholds' | 'sanity' | 'curves'>;

/**
 * Answers with the report on an experiment as a file's bytes, from what is stored; it looks at no test customer that was
 * not looked at before. What it computes is kept for the next report on the same, so that the name of its author can be
 * typed. Throws `not-found`; `not-allowed` while the experiment has no comparison; `cancelled`.
 */
export function createReporter(histories: HistoriesReader) {
  let kept: { of: string; computed: Computed } | null = null;
  return async (
    { path, experimentId, format, createdAt, author, version }: Parameters<ModelApi['report']>[0],
    context: CallContext,
  ): Promise<{ bytes: Uint8Array }> => {
    const step = (done: number) => {
      if (context.signal.aborted) throw cancelled();
      context.progress({ phase: 'reporting', done, total: PHASES });
    };
    step(0);
    const { stored, of } = reading(path, (db) => {
      const found = readStored(db, path, experimentId);
      const { comparedAt, portfolio } = found;
      const external = listExternalScores(db, experimentId);
      const on = [path, experimentId, comparedAt, portfolio.currency, readDataStamp(db), readAlertCosts(db), external];
      return { stored: found, of: JSON.stringify(on) };
    });
    if (kept?.of !== of) kept = { of, computed: await compute(path, stored, histories, context, step) };
    step(PHASES - 1);
    const input: ReportInput = { ...stored, ...kept.computed, createdAt, author, version };
    return { bytes: await rendered(input, format) };
  };
}

async function compute(
  path: string,
  stored: Stored,
  histories: HistoriesReader,
  context: CallContext,
  step: (done: number) => void,
): Promise<Computed> {
  const { experimentId } = stored.experiment;
  step(1);
  const quality = assessPortfolio(path);
  step(2);
  const curves = async (part: 'test' | 'outOfTime') => storedCurves({ path, experimentId, part }, context);
  const alerts = { path, experimentId, part: 'test', rule: { kind: 'cost' }, unit: 'customers', costs: null } as const;
  return {
    quality,
    thresholds: await storedThresholds(alerts, context),
    sanity: await checked(path, stored, histories, context),
    curves: {
      test: await curves('test'),
      outOfTime: stored.comparison.outOfTime === null ? null : await curves('outOfTime'),
    },
  };
}

/** What could give the outcome away; null where the data is no longer that of the training. */
async function checked(path: string, { experiment }: Stored, histories: HistoriesReader, { signal }: CallContext) {
  if (experiment.dataChanged) return null;
  const { experimentId } = experiment;
  const request = { path, experimentId, requested: AS_TRAINED, splitSeed: null, without: null, planned: false };
  return checkPortfolio(request, { signal, progress: () => undefined }, histories);
}

async function rendered(input: ReportInput, format: ReportFormat): Promise<Uint8Array> {
  const report = makeReport(input);
  if (format === 'html') return new TextEncoder().encode(toHtml(report));
  // It takes a while to load, and most model processes make no PDF.
  const { toPdf } = await import('../reporting/pdf.ts');
  return toPdf(report);
}

type Stored = Omit<ReportInput, 'createdAt' | 'author' | 'version' | keyof Computed>;

function readStored(db: PortfolioDb, path: string, experimentId: string): Stored {
  const { summary } = readExperiment(db, experimentId);
  const experiment = listExperiments(db).experiments.find((one) => one.experimentId === experimentId)!;
  const compared = readComparison(db, experimentId);
  if (compared === null) throw notCompared(experimentId);
  const models = experiment.models.map(({ id, champion }): ReportedModel => ({
    ...readTrainedModel(db, id),
    configuration: readModel(db, id).configuration,
    champion,
  }));
  return {
    portfolio: describe(db, path),
    imports: listImports(db).imports,
    experiment,
    unlabelled: (summary as Partial<Pick<Stored, 'unlabelled'>> | null)?.unlabelled ?? { unknown: 0, dropped: 0 },
    models,
    comparison: compared.document,
    comparedAt: compared.createdAt,
  };
}

function describe(db: PortfolioDb, path: string): ReportedPortfolio {
  const { features, ...info } = portfolioInfo(db, path);
  const dateOf = stepDates(db);
  const { firstStep, lastStep } = info;
  return {
    file: basename(path),
    name: info.name,
    currency: info.currency,
    timeStep: info.timeStep,
    dated: info.dated === true,
    outcomeKind: info.outcomeKind,
    features: features.map(({ name, kind }) => ({ name, kind })),
    customers: info.customers,
    historyRows: info.historyRows,
    firstStep,
    lastStep,
    firstDate: firstStep === null ? null : dateOf(firstStep),
    lastDate: lastStep === null ? null : dateOf(lastStep),
    events: info.events,
    testUses: info.testUses,
    isSample: info.isSample,
    hasTransactions: info.hasTransactions,
  };
}

export const notCompared = (experimentId: string) =>
  new DuecastError(
    'not-allowed',
    `The models of experiment ${experimentId} have not been compared yet, and a report shows how they compare. Compare them first: that is counted as a look at the test customers.`,
  );
