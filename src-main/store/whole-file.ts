import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { DuecastError } from '../ipc/errors.ts';

/** Writes a file that is there only once all of it is written; an existing one is replaced. Throws `file-unreadable`. */
export async function writeWholeFile(path: string, write: (file: FileHandle) => Promise<unknown>): Promise<void> {
  const unfinished = `${path}.part`;
  try {
    const file = await open(unfinished, 'w');
    try {
      await write(file);
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw new DuecastError(
      'file-unreadable',
      `${path} could not be written. Choose a folder that you may write to, or close the file where it is open.`,
      String(error),
    );
  }
}
