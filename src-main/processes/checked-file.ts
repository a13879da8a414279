import type { ImportDocument } from '../ipc/documents.ts';
import { DuecastError } from '../ipc/errors.ts';
import type { ImportRequest } from './store-api.ts';

/**
 * Throws `data-refused` where the file is another one than the one that was checked: what the analyst decided about its
 * lines no longer holds. To be called before the import is kept.
 */
export function refuseIfChanged({ checkedSha256 }: ImportRequest, { file, sha256 }: ImportDocument): void {
  if (checkedSha256 === undefined || checkedSha256 === sha256) return;
  throw new DuecastError(
    'data-refused',
    `${file} has changed since it was checked; nothing was imported. Check it again, and look at what differs now.`,
  );
}
