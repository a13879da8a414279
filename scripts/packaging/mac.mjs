import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../setup/children.mjs';
import { say, SetupProblem, startProgress } from '../setup/messages.mjs';
import { findSigner, signAdHoc } from './mac-signature.mjs';

/** The zip and, on a Mac, the dmg that electron-builder made; elsewhere the zip alone, signed ad hoc where that works. */

/** @param {import('./make.mjs').Packed} packed */
export async function macArtifacts({ name, folder, output, resources }) {
  if (process.platform === 'darwin') {
    return readdirSync(output)
      .filter((file) => /\.(dmg|zip)$/.test(file))
      .map((file) => join(output, file));
  }
  const signer = await findSigner();
  if (signer === null) {
    say(
      'not runnable: it is not signed, and macOS on arm64 starts signed code only. rcodesign signs ad hoc (cargo install apple-codesign).',
    );
  } else await signAdHoc(join(folder, 'Duecast.app'), join(resources, 'entitlements.mac.plist'));
  const file = join(output, `${name}${signer === null ? '-not-runnable' : ''}-mac-arm64.zip`);
  rmSync(file, { force: true });
  const progress = startProgress('compressing the zip');
  const ended = await run('nice', ['-n', '15', 'zip', '-q', '-r', '-y', file, 'Duecast.app'], {
    cwd: folder,
    watch: () => {
      progress.update('');
      return 0;
    },
  });
  progress.end();
  if (ended.code !== 0) throw new SetupProblem('zip failed; what it said stands above.', ended.output);
  return [file];
}
