import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { SetupProblem } from '../setup/messages.mjs';

/** Debian's packages with the programs that making a package for a system takes. */
/** @type {Record<import('./targets.mjs').TargetName, string[]>} */
const PACKAGES = {
  linux: ['xz-utils'],
  win: ['7zip', 'nsis', 'maven'],
  mac: ['zip', 'llvm'],
};

/**
 * Brings them on Debian and Ubuntu, as root, or says how. Other systems have their own ways: see docs/packaging.md.
 * @param {string} root
 * @param {import('./targets.mjs').Target} target
 */
export function bringSystemTools(root, target) {
  if (process.platform !== 'linux' || PACKAGES[target.name].length === 0) return;
  const script = join(root, 'scripts', 'system-packages.mjs');
  const { status } = spawnSync(process.execPath, [script, ...PACKAGES[target.name]], { stdio: 'inherit' });
  if (status !== 0) throw new SetupProblem('Programs of this system are missing; what to do stands above.');
}
