import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DoctorDocument } from '../ipc/documents.ts';
import { DuecastError } from '../ipc/errors.ts';
import type { InstallationView } from '../ipc/views.ts';
import type { EngineName } from '../tensors/backends.ts';
import type { CheckedPart, PartAnswer } from './check-part.ts';
import type { ProcessHost, StartedProcess } from './host.ts';
import type { ModelApi } from './model-api.ts';
import { connect } from './rpc.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const NODE_MODULES = join(ROOT, 'node_modules');
const CHECK_LIMIT_MS = 120_000;
const NEEDED_NODE = 24;

const ENGINE_NAMES: Record<EngineName, string> = { tensorflow: 'TensorFlow', wasm: 'WebAssembly' };
const ENGINES = Object.keys(ENGINE_NAMES) as EngineName[];

/**
 * Loads each part in a process of its own, says what is there, what is missing and how to mend it. Takes about a second;
 * never throws. `electron`: the one that runs this; else the one that would start.
 */
export async function runDoctor(host: ProcessHost, electron?: string): Promise<InstallationView> {
  const [sqlite, lightgbm, tensorflow, wasm] = await Promise.all([
    checkApart(host, 'sqlite'),
    checkApart(host, 'lightgbm'),
    checkApart(host, 'tensorflow'),
    checkApart(host, 'wasm'),
  ]);
  const engines: Record<EngineName, PartAnswer> = { tensorflow, wasm };
  const order = wasm.fasterFirst ?? ENGINES;
  const available = order.filter((name) => engines[name].ok);
  const best = available.length === 0 ? undefined : engines[available[0]];
  const instead = (missing: EngineName) => {
    if (available.length === 0) return '';
    const how = missing === order[0] ? 'Until then networks run on' : 'Networks run on the faster';
    return ` ${how} ${ENGINE_NAMES[available[0]]}, with the same results.`;
  };
  const node = [sqlite, lightgbm, tensorflow, wasm].find((part) => part.node !== '')?.node ?? process.versions.node;
  return {
    node,
    electron: electron ?? electronVersion(),
    backend: { name: available[0] ?? '', version: best?.version ?? '', available },
    threads: best?.threads ?? 0,
    lightgbm: { version: lightgbm.version },
    sqlite: sqlite.version,
    problems: [
      ...nodeProblems(node, electron !== undefined),
      ...problemOf('SQLite', sqlite, null),
      ...ENGINES.flatMap((name) =>
        problemOf(ENGINE_NAMES[name], engines[name], isHidden(name) ? null : recordedProblem(name)).map(
          (problem) => problem + instead(name),
        ),
      ),
      ...problemOf('LightGBM', lightgbm, recordedProblem('lightgbm')),
    ],
  };
}

async function checkApart(host: ProcessHost, part: CheckedPart): Promise<PartAnswer> {
  let started: StartedProcess | undefined;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const seconds = CHECK_LIMIT_MS / 1000;
    timer = setTimeout(() => reject(new Error(`it did not load within ${seconds} seconds`)), CHECK_LIMIT_MS);
  });
  try {
    started = host.start('model');
    return await Promise.race([connect<ModelApi>(started.channel).call('checkPart', { part }), late]);
  } catch (error) {
    return { ok: false, version: '', ...reasonOf(error), node: '', threads: 0 };
  } finally {
    clearTimeout(timer);
    await started?.stop();
  }
}

/** Why a process gave no answer. A channel says how it ended in its first line; what it wrote to stderr follows. */
function reasonOf(error: unknown): { problem: string; detail: string } {
  if (!(error instanceof DuecastError) || error.code !== 'process-ended') {
    return { problem: 'it could not be loaded', detail: error instanceof Error ? error.message : String(error) };
  }
  const [how = '', ...stderr] = (error.detail ?? '').split('\n');
  const signal = /ended by (SIG\w+)/.exec(how)?.[1];
  return signal === undefined
    ? { problem: 'it could not be loaded', detail: stderr.join('\n').trim() }
    : { problem: `its library crashed (${signal})`, detail: '' };
}

function problemOf(name: string, answer: PartAnswer, recorded: string | null): string[] {
  if (answer.ok) return [];
  // Set-up knows what it lacked and how to get it; what it did install but does not load is another matter.
  if (recorded !== null) return [recorded];
  const [reason] = (answer.detail || answer.problem).split('\n');
  return [`${name} is not available: ${reason.replace(/\.$/, '')}. ${howToMend()}`];
}

/** What is hidden is missing for that reason, whatever set-up lacked. */
const isHidden = (engine: EngineName) => engine === 'tensorflow' && process.env['DUECAST_NO_TENSORFLOW'] === '1';

/** A clone has a set-up to run, an installed program its installer. */
const howToMend = () =>
  existsSync(join(ROOT, 'scripts', 'setup.mjs'))
    ? 'Run set-up again: DUECAST_SETUP_RETRY=1 npm run setup.'
    : 'Run Duecast’s installer again; your portfolios stay as they are.';

function nodeProblems(node: string, inApp: boolean): string[] {
  if (Number(node.split('.')[0]) >= NEEDED_NODE) return [];
  const how = inApp ? howToMend() : 'Start it by `npm run -s duecast`, which brings its own.';
  return [`Node ${node} runs this; Duecast needs ${NEEDED_NODE}. ${how}`];
}

/** What set-up wrote down about a part that it could not get; null where it got it or has not run. */
function recordedProblem(part: string): string | null {
  try {
    const parts = JSON.parse(readFileSync(join(NODE_MODULES, '.duecast', 'setup.json'), 'utf8')) as Partial<
      Record<string, { ok: boolean; problem: string | null }>
    >;
    return parts[part]?.ok === false ? parts[part].problem : null;
  } catch {
    return null;
  }
}

/** The runtime that would start, the package's version where its runtime is not downloaded yet, "" without either. */
function electronVersion(): DoctorDocument['electron'] {
  const chosen = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (chosen !== undefined && chosen !== '') return textOf(join(chosen, 'version')).replace(/^v/, '');
  const folder = join(NODE_MODULES, 'electron');
  const text = textOf(join(folder, 'package.json'));
  if (text === '') return '';
  const { version } = JSON.parse(text) as { version: string };
  const executable = textOf(join(folder, 'path.txt'));
  const there = executable !== '' && existsSync(join(folder, 'dist', executable));
  return there ? version : `${version} (its runtime is not downloaded yet)`;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
}
