import { basename } from 'node:path';
import type { ReportFormat } from '../ipc/reports.ts';
import { cancelled, DuecastError } from '../ipc/errors.ts';
import { toHtml } from '../reporting/html.ts';
import { makeReport } from '../reporting/make-report.ts';
import type { ReportedModel, ReportedPortfolio, ReportInput } from '../reporting/report-input.ts';
import { readComparison } from '../store/comparisons.ts';
import type { PortfolioDb } from '../store/database.ts';
import { listExperiments } from '../store/experiment-list.ts';
import { readExperiment } from '../store/experiments.ts';
import { listImports } from '../store/imports.ts';
import { readModel, readTrainedModel } from '../store/models.ts';
import { portfolioInfo, stepDates } from '../store/portfolio.ts';
import { assessPortfolio } from './assess-portfolio.ts';
import { storedCurves } from './compare-stored.ts';
import { checkPortfolio } from './check-portfolio.ts';
import type { ModelApi } from './model-api.ts';
import { reading } from './portfolio-reading.ts';
import type { CallContext } from './rpc.ts';
import { storedThresholds } from './thresholds-stored.ts';

const PHASES = 4;
const AS_TRAINED = { windowSteps: null, horizonSteps: null, gapSteps: null, labelRule: null };

/**
 * The report on an experiment as a file's bytes, from what is stored; it looks at no test customer that was not looked
 * at before. Throws `not-found`; `not-allowed` while the experiment has no comparison; `cancelled`.
 */
export async function reportStored(
  { path, experimentId, format, createdAt, author, version }: Parameters<ModelApi['report']>[0],
  context: CallContext,
): Promise<{ bytes: Uint8Array }> {
  const { signal, progress } = context;
  let done = 0;
  const step = () => {
    if (signal.aborted) throw cancelled();
    progress({ phase: 'reporting', done: done++, total: PHASES });
  };
  step();
  const stored = reading(path, (db) => readStored(db, path, experimentId));
  step();
  const quality = assessPortfolio(path);
  step();
  const curves = async (part: 'test' | 'outOfTime') => storedCurves({ path, experimentId, part }, context);
  const alerts = { path, experimentId, part: 'test', rule: { kind: 'cost' }, unit: 'customers', costs: null } as const;
  const input: ReportInput = {
    ...stored,
    createdAt,
    author,
    version,
    quality,
    thresholds: await storedThresholds(alerts, context),
    sanity: await checked(path, stored, context),
    curves: {
      test: await curves('test'),
      outOfTime: stored.comparison.outOfTime === null ? null : await curves('outOfTime'),
    },
  };
  step();
  return { bytes: await rendered(input, format) };
}

/** What could give the outcome away; null where the data is no longer that of the training. */
async function checked(path: string, { experiment }: Stored, { signal }: CallContext) {
  if (experiment.dataChanged) return null;
  const { experimentId } = experiment;
  const request = { path, experimentId, requested: AS_TRAINED, splitSeed: null, without: null, planned: false };
  return checkPortfolio(request, { signal, progress: () => undefined });
}

async function rendered(input: ReportInput, format: ReportFormat): Promise<Uint8Array> {
  const report = makeReport(input);
  if (format === 'html') return new TextEncoder().encode(toHtml(report));
  // It takes a while to load, and most model processes make no PDF.
  const { toPdf } = await import('../reporting/pdf.ts');
  return toPdf(report);
}

type Stored = Omit<ReportInput, 'createdAt' | 'author' | 'version' | 'quality' | 'curves'>;

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
    `The models of training ${experimentId} have not been compared yet, and a report shows how they compare. Compare them first: that is counted as a look at the test customers.`,
  );
