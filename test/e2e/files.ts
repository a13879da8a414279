import { chownSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Gives what lies in a folder to the folder's owner: tests may run as root, the app as somebody else. */
export function giveToOwner(folder: string): void {
  const { uid, gid } = statSync(folder);
  for (const file of readdirSync(folder)) chownSync(join(folder, file), uid, gid);
}
