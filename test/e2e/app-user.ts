import { spawnSync } from 'node:child_process';
import { chownSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, runtime } from './runtime.ts';

/** Whom the app runs as, and where it may write. */
export interface AppUser {
  home: string;
  /** Before the app's command. */
  become: string[];
  /** Chromium's own sandbox is on. It takes an ordinary user, and a system that lets one make namespaces. */
  sandboxed: boolean;
}

const NOBODY = 65_534;
const BECOME_NOBODY = ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'];

const succeeds = ([command, ...words]: string[]) => spawnSync(command, words).status === 0;
const allows = (become: string[], how: '-r' | '-x' | '-w', path: string) => succeeds([...become, 'test', how, path]);
const canSandbox = (become: string[]) =>
  process.platform !== 'linux' || succeeds([...become, 'unshare', '--user', 'true']);

/** `program` and `others` are what the user has to reach: by default the runtime of the tests, and the build. */
interface Needed {
  program: string;
  others: string[];
}
const theBuild = (): Needed => ({ program: runtime().executable, others: [join(ROOT, 'out', 'main', 'main.cjs')] });

/** As root, an ordinary user where that one can read what is needed, for the sandbox. */
export function appUser({ program, others }: Needed = theBuild()): AppUser {
  const home = mkdtempSync(join(tmpdir(), 'duecast-app-'));
  const folders = [home, join(home, 'Documents')];
  mkdirSync(folders[1]);
  if (process.getuid?.() !== 0) return { home, become: [], sandboxed: canSandbox([]) };
  for (const folder of folders) chownSync(folder, NOBODY, NOBODY);
  const reaches =
    allows(BECOME_NOBODY, '-x', program) &&
    others.every((file) => allows(BECOME_NOBODY, '-r', file)) &&
    allows(BECOME_NOBODY, '-w', home);
  if (reaches && canSandbox(BECOME_NOBODY)) return { home, become: BECOME_NOBODY, sandboxed: true };
  return { home, become: [], sandboxed: false };
}
