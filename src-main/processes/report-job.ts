import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename, extname, resolve } from 'node:path';
import { cancelled, DuecastError } from '../ipc/errors.ts';
import type { ReportDocument, ReportFormat } from '../ipc/reports.ts';
import { writeWholeFile } from '../store/whole-file.ts';
import { checkWritable, compareModels } from './portfolio-jobs.ts';
import type { CallContext } from './rpc.ts';
import type { Workspace } from './workspace.ts';

export interface ReportRequest {
  /** Null: the latest. */
  experimentId: string | null;
  /** Its ending says the format. */
  file: string;
  /** Who answers for it; may be empty. */
  author: string;
  replace: boolean;
  /**
   * Compares an experiment whose models were not compared yet, which counts as a look at the test customers; without it
   * such an experiment is refused (`not-allowed`).
   */
  compare: boolean;
}

const FORMATS: Record<string, ReportFormat> = { '.html': 'html', '.htm': 'html', '.pdf': 'pdf' };

/** By the ending of a file's name. Throws `usage`. */
export function reportFormatOf(file: string): ReportFormat {
  const format = FORMATS[extname(file).toLowerCase()];
  if (format === undefined) {
    throw new DuecastError(
      'usage',
      `A report is written as HTML or PDF: give a name that ends in .html or .pdf, not “${basename(file)}”.`,
    );
  }
  return format;
}

/**
 * Writes the report on an experiment, whole or not at all. Throws `usage` for another ending, `file-exists`,
 * `file-missing`, `file-unreadable`, `not-found`, `not-allowed`, `cancelled`.
 */
export async function writeReport(
  workspace: Workspace,
  request: ReportRequest,
  context: CallContext,
): Promise<ReportDocument> {
  const file = resolve(request.file);
  const format = reportFormatOf(file);
  if (!request.replace) refuseExisting(file);
  await checkWritable(file);
  const { experimentId, compared } = await comparedExperiment(workspace, request, context);
  const bytes = await makeReportBytes(
    workspace.withModelProcess,
    workspace.path,
    { experimentId, format, author: request.author },
    context,
  );
  if (context.signal.aborted) throw cancelled();
  if (!request.replace) refuseExisting(file);
  await writeWholeFile(file, (open) => open.writeFile(bytes));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { file, bytes: bytes.length, sha256, experimentId, compared };
}

function refuseExisting(file: string): void {
  if (!existsSync(file)) return;
  throw new DuecastError(
    'file-exists',
    `${basename(file)} exists already and was not touched. Choose another name, or replace it with --force.`,
    file,
  );
}

async function comparedExperiment(
  workspace: Workspace,
  { experimentId: wanted, compare }: ReportRequest,
  context: CallContext,
): Promise<{ experimentId: string; compared: boolean }> {
  const { experiments } = await workspace.store.call('experiments', {});
  const experimentId = wanted ?? experiments[0]?.experimentId;
  if (experimentId === undefined) {
    throw new DuecastError('not-found', 'No model has been trained on this portfolio yet. Train first, then report.');
  }
  const { comparison } = await workspace.store.call('comparison', { experimentId });
  if (comparison !== null || !compare) return { experimentId, compared: false };
  await compareModels(workspace, experimentId, context);
  return { experimentId, compared: true };
}

/** The bytes of a report. Throws `not-found`, `not-allowed` without a comparison, `cancelled`. */
export async function makeReportBytes(
  withModels: Workspace['withModelProcess'],
  path: string,
  request: { experimentId: string; format: ReportFormat; author: string },
  context: CallContext,
): Promise<Uint8Array> {
  const createdAt = new Date().toISOString();
  const { bytes } = await withModels((models) =>
    models.call('report', { path, ...request, createdAt, version: programVersion() }, context),
  );
  return bytes;
}

/** Of package.json, which lies two folders above the source and above the bundle alike. */
function programVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
