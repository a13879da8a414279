import { readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../setup/children.mjs';
import { SetupProblem } from '../../setup/messages.mjs';
import { LIBRARIES } from '../../setup/tensorflow-build.mjs';

/**
 * Takes local symbols out of TensorFlow's libraries, more than a quarter of them. Their signatures are void then, so this
 * is only for packages that are signed afterwards.
 * @param {string} folder tfjs-node's
 */
export async function stripMacLibraries(folder) {
  const command = process.platform === 'darwin' ? 'strip' : 'llvm-strip';
  const libraries = join(folder, LIBRARIES);
  for (const name of readdirSync(libraries)) {
    // A new file: the old one is the cache's own, by hard link.
    const stripped = join(libraries, `${name}.stripped`);
    const ended = await run(command, ['-x', join(libraries, name), '-o', stripped]);
    if (ended.code !== 0) throw new SetupProblem(`${command} failed; what it said stands above.`, ended.output);
    rmSync(join(libraries, name));
    renameSync(stripped, join(libraries, name));
  }
}
