import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../setup/children.mjs';
import { SetupProblem } from '../setup/messages.mjs';
import { isMachO } from './binaries/mach-o.mjs';
import { filesBelow } from './stage.mjs';

/**
 * macOS on arm64 starts signed code only, and changing fuses voids Electron's signature. On a Mac electron-builder signs;
 * elsewhere rcodesign does, ad hoc, if it is there (cargo install apple-codesign).
 */

/** @returns {Promise<'electron-builder' | 'rcodesign' | null>} null where nothing here can sign */
export async function findSigner() {
  if (process.platform === 'darwin') return 'electron-builder';
  return (await run('rcodesign', ['--version'], { limitSeconds: 20 })).code === 0 ? 'rcodesign' : null;
}

/**
 * Signs an app ad hoc, with the hardened runtime: libraries among its resources one by one, then the rest as a bundle.
 * @param {string} app
 * @param {string} entitlements
 */
export async function signAdHoc(app, entitlements) {
  const resources = join(app, 'Contents', 'Resources');
  const loose = filesBelow(resources)
    .map((path) => join(resources, path))
    .filter((file) => isMachO(readFileSync(file)));
  const hardened = ['--code-signature-flags', 'runtime'];
  for (const file of loose) await sign([...hardened, file]);
  const program = ['--entitlements-xml-file', entitlements];
  // A scoped setting takes a path within the bundle: its helpers are programs of their own.
  const helpers = ['', ' (GPU)', ' (Plugin)', ' (Renderer)'].flatMap((kind) => {
    const scope = `Contents/Frameworks/Duecast Helper${kind}.app`;
    return ['--entitlements-xml-file', `${scope}:${entitlements}`, '--code-signature-flags', `${scope}:runtime`];
  });
  await sign([...hardened, ...program, ...helpers, app]);
}

/** @param {string[]} words */
async function sign(words) {
  const ended = await run('rcodesign', ['sign', ...words], { limitSeconds: 900 });
  if (ended.code !== 0) throw new SetupProblem('rcodesign failed; what it said stands above.', ended.output);
}
