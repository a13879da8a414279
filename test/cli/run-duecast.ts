import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../src-main/cli/main.ts', import.meta.url));

export interface Run {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Called with all of stderr so far whenever more arrives; may send a signal. */
  onStderr?: (text: string, interrupt: () => void) => void;
}

/** Runs the command line in a process of its own, as a terminal does. */
export function runDuecast(words: string[], { cwd, env, onStderr }: RunOptions = {}): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [MAIN, ...words], {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const out = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      out.stderr += text;
      onStderr?.(out.stderr, () => child.kill('SIGINT'));
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...out }));
  });
}

/** Runs with `--json` and gives the document; fails with what was said where there is none. */
export async function duecastJson<T>(
  words: string[],
  options: RunOptions = {},
): Promise<{ code: number | null; document: T; stderr: string }> {
  const { code, stdout, stderr } = await runDuecast([...words, '--json'], options);
  try {
    return { code, document: JSON.parse(stdout) as T, stderr };
  } catch {
    throw new Error(`no JSON document on stdout: ${stdout}\n${stderr}`);
  }
}
