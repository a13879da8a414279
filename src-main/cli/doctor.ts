import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DoctorDocument } from '../ipc/documents.ts';
import { BACKENDS } from '../tensors/engines.ts';
import type { CheckedPart, PartAnswer } from './check-part.ts';

const NODE_MODULES = fileURLToPath(new URL('../../node_modules/', import.meta.url));
const CHECK = fileURLToPath(new URL('./check-part.ts', import.meta.url));
const CHECK_LIMIT_MS = 120_000;
const NEEDED_NODE = 24;
const SET_UP_AGAIN = 'Run set-up again: DUECAST_SETUP_RETRY=1 npm run setup.';

/** Loads each part and says what is there, what is missing and how to mend it. Takes about a second; never throws. */
export async function runDoctor(): Promise<DoctorDocument> {
  const engines = BACKENDS.filter((name) => name !== 'auto');
  const [sqlite, lightgbm, ...backends] = await Promise.all([
    checkPart('sqlite'),
    checkPart('lightgbm'),
    ...engines.map((name) => checkPart(name)),
  ]);
  const available = engines.filter((_, index) => backends[index].ok);
  const best = backends.find(({ ok }) => ok);
  const problems = [
    ...nodeProblems(),
    ...problemOf('SQLite', sqlite, null),
    ...engines.flatMap((name, index) => problemOf(ENGINE_NAMES[name], backends[index], recordedProblem(name))),
    ...problemOf('LightGBM', lightgbm, recordedProblem('lightgbm')),
  ];
  return {
    node: process.versions.node,
    electron: electronVersion(),
    backend: { name: available[0] ?? '', version: best?.version ?? '', available },
    lightgbm: { version: lightgbm.version },
    sqlite: sqlite.version,
    problems,
  };
}

/** The same for people. */
export function formatDoctor(document: DoctorDocument): string {
  const { node, electron, backend, lightgbm, sqlite, problems } = document;
  const rows = [
    ['Node', node],
    ['SQLite', sqlite],
    ['Engine', `${backend.name} ${backend.version}`.trim()],
    ['LightGBM', lightgbm.version],
    ['Electron', electron],
  ];
  const lines = rows.map(([name, found]) => `${name.padEnd(10)}${found === '' ? 'missing' : found}`);
  const verdict = problems.length === 0 ? ['Everything is there.'] : problems.map((problem) => `• ${problem}`);
  return [...lines, '', ...verdict].join('\n');
}

const ENGINE_NAMES: Record<(typeof BACKENDS)[number], string> = { auto: 'The engine', tensorflow: 'TensorFlow' };

/** Loads a part in a process of its own: a library that doesn't fit this machine may crash it. */
function checkPart(part: CheckedPart): Promise<PartAnswer> {
  return new Promise((resolve) => {
    execFile(process.execPath, [CHECK, part], { timeout: CHECK_LIMIT_MS }, (error, stdout, stderr) => {
      try {
        resolve(JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as PartAnswer);
      } catch {
        const signal = error?.signal ?? null;
        const how = signal === null ? 'it could not be loaded' : `its library crashed (${signal})`;
        resolve({ ok: false, version: '', problem: how, detail: signal === null ? stderr.trim() : '' });
      }
    });
  });
}

function problemOf(name: string, answer: PartAnswer, recorded: string | null): string[] {
  if (answer.ok) return [];
  // Set-up knows what it lacked and how to get it; what it did install but does not load is another matter.
  if (recorded !== null) return [recorded];
  const [reason] = (answer.detail || answer.problem).split('\n');
  return [`${name} is not available: ${reason.replace(/\.$/, '')}. ${SET_UP_AGAIN}`];
}

function nodeProblems(): string[] {
  if (Number(process.versions.node.split('.')[0]) >= NEEDED_NODE) return [];
  const { node } = process.versions;
  return [
    `Node ${node} runs this; Duecast needs ${NEEDED_NODE}. Start it by \`npm run -s duecast\`, which brings its own.`,
  ];
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
function electronVersion(): string {
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
