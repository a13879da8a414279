import { access, constants, stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { USUAL_REQUEST } from '../evaluation/early-detection-rule.ts';
import type { CompareDocument, CustomerScore, ScoreDocument, TimelineDocument } from '../ipc/documents.ts';
import type { EarlyDetectionRequest } from '../ipc/early-detection.ts';
import { cancelled, DuecastError } from '../ipc/errors.ts';
import type { ExternalScoresDocument, ExternalScoresRequest } from '../ipc/external-scores.ts';
import { inOneCell } from '../scoring/customers-csv.ts';
import { countLevels, describeScore } from '../scoring/levels.ts';
import type { PortfolioScores } from './model-api.ts';
import type { CallContext } from './rpc.ts';
import type { Workspace } from './workspace.ts';

const RISKIEST = 10;
export const RESAMPLES = 1000;

/**
 * Scores every customer at the portfolio's last step with a model (null: the champion, else the best validation AUC of
 * the latest experiment) and keeps the scoring. Customers come riskiest first. Throws `not-found`, `engine-missing`.
 */
export async function scorePortfolio(
  workspace: Workspace,
  modelId: string | null,
  context: CallContext,
): Promise<{ document: ScoreDocument; scores: CustomerScore[] }> {
  const started = performance.now();
  const result = await workspace.withModelProcess((models) =>
    models.call('score', { path: workspace.path, modelId }, context),
  );
  const { scoring, kind, asOf } = result;
  const { scoringId } = await workspace.store.call('saveScoring', scoring);
  const scores = describeScores(result);
  const { levelBounds } = result;
  const document = {
    scoringId,
    modelId: scoring.modelId,
    kind,
    asOf,
    customers: scores.length,
    skipped: scoring.skipped,
    levels: countLevels(scoring.scores, levelBounds),
    riskiest: scores.slice(0, RISKIEST),
    reasoned: (scoring.reasons ?? []).length,
    seconds: (performance.now() - started) / 1e3,
  };
  return { document, scores };
}

function describeScores({ kind, scoring, ids, dates, seen, levelBounds }: PortfolioScores): CustomerScore[] {
  const reasonsOf = new Map((scoring.reasons ?? []).map(({ customer, reasons }) => [customer, reasons]));
  return Array.from(scoring.scores, (pd, i) => {
    const reasons = reasonsOf.get(scoring.customers[i]) ?? null;
    return describeScore(ids[i], dates[i], pd, kind, seen[i] === 1, levelBounds, reasons);
  }).sort((a, b) => b.risk_score - a.risk_score);
}

/** Throws `file-missing` for a folder that is not there, `file-unreadable` where nothing can be written. */
export async function checkWritable(file: string): Promise<void> {
  const folder = dirname(resolve(file));
  const found = await stat(folder).catch(() => null);
  if (!found?.isDirectory())
    throw new DuecastError('file-missing', `The folder ${folder} does not exist. Make it first, or choose another.`);
  await access(folder, constants.W_OK).catch((error: unknown) => {
    throw unwritable(file, error);
  });
}

const unwritable = (file: string, error: unknown) =>
  new DuecastError(
    'file-unreadable',
    `${file} could not be written. Choose a folder that you may write to.`,
    String(error),
  );

/** Reasons are their words, in one cell. */
const cellText = (value: CustomerScore[keyof CustomerScore]) =>
  value === null || typeof value === 'object' ? inOneCell(value) : String(value);

/** Writes scores as CSV or, where the name ends in .json, as JSON. Throws `file-unreadable`. */
export async function writeScores(file: string, scores: CustomerScore[]): Promise<void> {
  const columns = Object.keys(scores[0] ?? describeScore('', '', 0, 'lstm', false)) as (keyof CustomerScore)[];
  const quote = (value: string) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  const lines = scores.map((score) => columns.map((column) => quote(cellText(score[column]))).join(','));
  const text = file.toLowerCase().endsWith('.json')
    ? JSON.stringify(scores, null, 2)
    : [columns.join(','), ...lines].join('\n');
  await writeFile(file, `${text}\n`).catch((error: unknown) => {
    throw unwritable(file, error);
  });
}

/**
 * Every model of an experiment (null: the latest) on the same test rows, with intervals. The result is kept, and counts
 * as a use of the test part; cancelled before that it has looked at nothing.
 */
export async function compareModels(
  workspace: Workspace,
  experimentId: string | null,
  context: CallContext,
  earlyDetection: EarlyDetectionRequest = USUAL_REQUEST,
): Promise<CompareDocument> {
  const request = { path: workspace.path, experimentId, resamples: RESAMPLES, seed: 1, earlyDetection };
  const computed = await workspace.withModelProcess((models) => models.call('compare', request, context));
  if (context.signal.aborted) throw cancelled();
  return workspace.store.call('saveComparison', { document: computed });
}

/**
 * A customer's PD by every model of an experiment (null: the latest) at every step that a window allows: as it is kept,
 * else computed by `withModels`, a new process unless there is one at hand. Throws `not-found`, `too-small`.
 */
export async function drawTimeline(
  { path, store, withModelProcess }: Workspace,
  customer: string,
  experimentId: string | null,
  context: CallContext,
  withModels: Workspace['withModelProcess'] = withModelProcess,
): Promise<TimelineDocument> {
  const kept = await store.call('keptTimeline', { customer, experimentId });
  if (kept !== null) return kept;
  const { document, timelines, dataMark } = await withModels((models) =>
    models.call('timeline', { path, customer, experimentId }, context),
  );
  // Not waited for: a long import may be before it, and without it the next time only takes longer.
  void store.call('saveTimelines', { timelines, dataMark }).catch(() => undefined);
  return document;
}

/**
 * Keeps the scores of a file with an experiment (null: the latest), to be compared with its models. Gives all of that
 * experiment, this one last. Throws as `readExternalScores` and `StoreApi.saveExternalScore` do.
 */
export async function importExternalScores(
  { path, store, withModelProcess }: Workspace,
  request: ExternalScoresRequest,
  context: CallContext,
): Promise<ExternalScoresDocument> {
  const read = await withModelProcess((models) => models.call('readExternalScores', { ...request, path }, context));
  if (context.signal.aborted) throw cancelled();
  return store.call('saveExternalScore', read);
}
