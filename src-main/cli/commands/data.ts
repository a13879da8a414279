import type {
  ColumnReading,
  ColumnRole,
  ConflictRule,
  GenerateDocument,
  ImportDocument,
  ImportsDocument,
  UndoDocument,
} from '../../ipc/documents.ts';
import { OF_EARLIER_IMPORT } from '../../importing/earlier-outcomes.ts';
import { DuecastError, fromFailure, toFailure, type ErrorCode, type Failure } from '../../ipc/errors.ts';
import type { SourcesView } from '../../ipc/views.ts';
import type { ImportRequest } from '../../processes/store-api.ts';
import type { Workspace } from '../../processes/workspace.ts';
import { generateSample } from '../../sample/generate.ts';
import type { Arguments } from '../arguments.ts';
import { PORTFOLIO, type Command } from '../command.ts';
import type { Shell } from '../shell.ts';
import { table } from '../table.ts';
import { counted, duration, grouped, moment } from '../words.ts';

export const SAMPLE_SIZE = { customers: 1000, days: 90, seed: 7 };
const CONFLICT_RULES: readonly ConflictRule[] = ['keep', 'replace'];
const REFUSED_EXIT = 3;
const SHOWN_REJECTIONS = 5;

export const generateCommand: Command = {
  usage: '--out FILE [--customers 1000] [--days 90] [--seed 7] [--dates]',
  options: {
    out: { value: 'FILE', about: 'the CSV file to write; an existing one is refused', required: true },
    customers: { value: 'N', about: 'how many customers (1000)' },
    days: { value: 'N', about: 'how many days (90)' },
    seed: { value: 'N', about: 'what is drawn; the same seed gives the same file (7)' },
    dates: { value: null, about: 'real dates, and an event date for each defaulter' },
  },
  async run(args, shell) {
    args.none();
    const out = args.requiredText('out');
    const size = {
      customers: args.integer('customers') ?? SAMPLE_SIZE.customers,
      days: args.integer('days') ?? SAMPLE_SIZE.days,
      seed: args.integer('seed') ?? SAMPLE_SIZE.seed,
      dates: args.flag('dates'),
    };
    const document = await generateJob(shell, { out, ...size });
    return { document, text: `${formatGenerated(document)} Written to ${out}.` };
  },
};

export const generateJob = (
  shell: Shell,
  request: { out: string; customers: number; days: number; seed: number; dates: boolean },
) =>
  shell.job(({ signal, progress }) =>
    generateSample(request, { signal, progress: (done, total) => progress({ phase: 'generating', done, total }) }),
  );

export const formatGenerated = ({ rows, customers, defaulters }: GenerateDocument) =>
  `${counted(customers, 'customer')}, ${counted(rows, 'row')}; ${grouped(defaulters)} of the customers ${defaulters === 1 ? 'defaults' : 'default'}.`;

export const importCommand: Command = {
  usage: 'FILE|FOLDER… --portfolio FILE [--profile NAME] [--set key=value]… [--dry-run] [--on-conflict keep|replace]',
  options: {
    portfolio: PORTFOLIO,
    profile: { value: 'NAME', about: 'how a known export is laid out; else recognised by its header' },
    set: {
      value: 'KEY=VALUE',
      about: 'one reading setting, e.g. customer=Account, timeStep=month, decimal=,',
      many: true,
    },
    'dry-run': { value: null, about: 'read and check everything, keep nothing' },
    'on-conflict': { value: 'keep|replace', about: 'where a row differs from what is stored (keep)' },
  },
  async run(args, shell) {
    if (args.positionals.length === 0) throw new DuecastError('usage', 'Name at least one file to import.');
    const how = importSettings(args);
    return shell.withPortfolio(args.requiredText('portfolio'), { create: true }, async (workspace) => {
      const found = await workspace.store.call('expandSources', { paths: args.positionals });
      const requests = found.sources.map(({ path: file }) => ({ file, ...how }));
      // Of one file one document; what a folder or an archive holds is a list, however short.
      const isOneFile = requests.length === 1 && requests[0].file === args.positionals[0];
      if (!isOneFile) return importMany(shell, workspace, found, requests);
      const document = await importJob(shell, workspace, requests[0]);
      const exitCode = isTaken(document, requests[0]) ? 0 : REFUSED_EXIT;
      return { document, text: formatImport(document, requests[0].dryRun), exitCode };
    });
  },
};

/** With `replace` even a file whose rows all conflict has been taken. */
const isTaken = ({ rows }: ImportDocument, { onConflict }: ImportRequest) =>
  rows.accepted + rows.unchanged > 0 || onConflict === 'replace';

/** They concern all files alike: the rest would fail as well. */
const STOPPING: readonly ErrorCode[] = ['cancelled', 'process-ended', 'internal', 'not-allowed'];

/** Each file is a batch of its own: one that is refused does not keep the others out. */
async function importMany(shell: Shell, workspace: Workspace, found: SourcesView, requests: ImportRequest[]) {
  const results: (ImportDocument | { file: string; error: Failure })[] = [];
  for (const [i, request] of requests.entries()) {
    try {
      results.push(await importJob(shell, workspace, request));
    } catch (error) {
      const failure = toFailure(error);
      if (STOPPING.includes(failure.code) || failure.code.startsWith('portfolio-')) throw error;
      results.push({ file: found.sources[i]!.name, error: failure });
    }
  }
  const errors = results.flatMap((result) => ('error' in result ? [result.error] : []));
  // A setting that fits none of the files was typed wrongly.
  if (errors.length === results.length && errors.every(({ code }) => code === 'usage')) throw fromFailure(errors[0]!);
  const taken = results.filter((result, i) => !('error' in result) && isTaken(result, requests[i]!));
  const { passedOver } = found;
  const text = results.map((result) =>
    'error' in result
      ? `${result.file}: not imported. ${result.error.message}`
      : formatImport(result, requests[0].dryRun),
  );
  if (passedOver.length > 0)
    text.push(`Passed over: ${passedOver.map(({ name, reason }) => `${name} (${reason})`).join(', ')}.`);
  if (errors.length > 0) text.push(`${errors.length} of ${counted(results.length, 'file')} could not be imported.`);
  const exitCode = errors.length > 0 || taken.length === 0 ? REFUSED_EXIT : 0;
  return { document: { files: results, passedOver }, text: text.join('\n\n'), exitCode };
}

export const importJob = (shell: Shell, { store }: Workspace, request: ImportRequest) =>
  shell.job((context) => store.call('importFile', request, context));

const importSettings = (args: Arguments): Omit<ImportRequest, 'file'> => ({
  profile: args.text('profile'),
  settings: args.texts('set').map(parseSetting),
  dryRun: args.flag('dry-run'),
  onConflict: args.choice('on-conflict', CONFLICT_RULES) ?? 'keep',
});

export function parseSetting(text: string) {
  const at = text.indexOf('=');
  if (at < 1) throw new DuecastError('usage', `--set takes key=value, not “${text}”.`);
  return { key: text.slice(0, at), value: text.slice(at + 1) };
}

export function formatImport(document: ImportDocument, dryRun: boolean): string {
  const { rows, dialect, columns, rejected, warnings, batchId, ledger } = document;
  const kept = dryRun
    ? 'Checked only; nothing was kept.'
    : batchId === null
      ? 'Nothing changed.'
      : `Kept as import ${batchId}.`;
  const delimiter = dialect.delimiter === '\t' ? 'tab' : dialect.delimiter;
  const lines = [
    `${document.file}: ${counted(rows.read, 'row')} of ${counted(document.customers, 'customer')}, read in ${duration(document.seconds)}` +
      ` (${dialect.encoding}, delimiter ${delimiter}${written(', decimal ', dialect.decimal)}${written(', dates ', dialect.dateFormat)}${document.profile === null ? '' : `, profile ${document.profile}`}).`,
    ...columnLines(columns),
    `  ${counted(document.steps, 'step')} written; one step is a ${document.timeStep}.`,
    `  accepted ${grouped(rows.accepted)} · unchanged ${grouped(rows.unchanged)} · conflicting ${grouped(rows.conflicting)} · set aside ${grouped(rows.rejected)}. ${kept}`,
  ];
  if (ledger !== undefined && ledger.first !== null && ledger.last !== null) {
    lines.push(
      `  ${counted(ledger.transactions, 'transaction')}, sum ${ledger.sum}; first ${ledger.first.date} ${ledger.first.amount}, last ${ledger.last.date} ${ledger.last.amount}.`,
    );
  }
  for (const { line, column, reason } of rejected.slice(0, SHOWN_REJECTIONS)) {
    lines.push(`  set aside, line ${line}${column === null ? '' : `, ${column}`}: ${reason}`);
  }
  if (rows.rejected > SHOWN_REJECTIONS)
    lines.push(`  … and ${grouped(rows.rejected - SHOWN_REJECTIONS)} more; --json lists them.`);
  return [...lines, ...warnings.map((warning) => `  Note: ${warning}`)].join('\n');
}

const written = (what: string, value: string) => (value === '' ? '' : `${what}${value}`);

const ROLE_NAMES: Record<ColumnRole, string> = {
  customer: 'customer',
  step: 'step',
  date: 'date',
  feature: 'features',
  static: 'static attributes',
  outcome: 'outcome',
  outcomeDate: 'date of the event',
  account: 'account',
  valueDate: 'value date',
  amount: 'amount',
  debit: 'money out',
  credit: 'money in',
  indicator: 'direction',
  balance: 'balance',
  description: 'description',
  currency: 'currency',
  status: 'status',
  ignored: 'not used',
};

/** Which column was taken for what: an outcome that became a feature must be seen at once. */
function columnLines(columns: ColumnReading[]): string[] {
  return Object.entries(ROLE_NAMES).flatMap(([role, title]) => {
    const names = columns
      .filter((column) => column.role === role)
      .map(({ name, why }) => (why.includes(OF_EARLIER_IMPORT) ? `${name} (as in an earlier import)` : name));
    return names.length === 0 ? [] : [`  ${title}: ${names.join(', ')}`];
  });
}

export const importsCommand: Command = {
  usage: '--portfolio FILE',
  options: { portfolio: PORTFOLIO },
  async run(args, shell) {
    args.none();
    return shell.withPortfolio(args.requiredText('portfolio'), { create: false }, async ({ store }) => {
      const document = await store.call('imports', {});
      return { document, text: formatImports(document) };
    });
  },
};

function formatImports({ imports }: ImportsDocument): string {
  if (imports.length === 0) return 'Nothing was imported yet.';
  const rows = imports.map(({ batchId, file, kind, importedAt, rows: counts, undone }) => [
    batchId,
    file,
    kind,
    moment(importedAt),
    grouped(counts.accepted),
    grouped(counts.rejected),
    undone ? 'undone' : '',
  ]);
  return table(['import', 'file', 'kind', 'imported at', 'accepted', 'set aside', ''], rows, [
    true,
    false,
    false,
    false,
    true,
    true,
    false,
  ]);
}

export const undoImportCommand: Command = {
  usage: 'IMPORT --portfolio FILE',
  options: { portfolio: PORTFOLIO },
  async run(args, shell) {
    const batchId = args.only('import');
    return shell.withPortfolio(args.requiredText('portfolio'), { create: false }, async ({ store }) => {
      const document = await shell.job((context) => store.call('undoImport', { batchId }, context));
      return { document, text: formatUndo(document) };
    });
  },
};

const formatUndo = ({ batchId, removed, restored }: UndoDocument) =>
  `Import ${batchId} is undone: ${counted(removed, 'row')} removed, ${grouped(restored)} restored.`;
