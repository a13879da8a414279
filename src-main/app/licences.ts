import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { DuecastError } from '../ipc/errors.ts';
import type { LicencesView } from '../ipc/views.ts';

/** Written by the build, beside the bundles. */
const LICENCES = fileURLToPath(new URL('../../out/licences.json', import.meta.url));

/** Everything that ships, with its licence. Throws `file-missing`. */
export async function readLicences(file = LICENCES): Promise<LicencesView> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as LicencesView;
  } catch (error) {
    throw new DuecastError(
      'file-missing',
      'The list of licences is missing from this installation; everything else works. Install Duecast again to have it.',
      String(error),
    );
  }
}
