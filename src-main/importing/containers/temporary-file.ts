import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { open, rm, statfs, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuecastError } from '../../ipc/errors.ts';
import { sizeInWords } from './expansion-limit.ts';

/** Room that is left to the rest of the system. */
const SPARED_BYTES = 64 * 1024 * 1024;
const CHECKED_EACH_BYTES = 64 * 1024 * 1024;

/** Files of Windows, which can't be removed while they are open. */
const left = new Set<string>();
process.on('exit', () => {
  for (const path of left) rmSync(path, { force: true });
});

/**
 * A file in the system's folder for temporary files that only its owner may read. Where the system allows it has no name
 * from its first byte on, so that nothing is left even by a process that is killed.
 */
export class TemporaryFile {
  size = 0;
  readonly #handle: FileHandle;
  /** Null once the name is gone. */
  #path: string | null;
  #checkedAt = 0;

  private constructor(handle: FileHandle, path: string | null) {
    this.#handle = handle;
    this.#path = path;
  }

  /** `expectedBytes` is checked against the free space. Errors: `file-unreadable` where there is no room or no folder. */
  static async create(name: string, expectedBytes: number): Promise<TemporaryFile> {
    await requireRoom(name, expectedBytes);
    const path = join(tmpdir(), `duecast-${randomUUID()}.tmp`);
    let handle: FileHandle;
    try {
      handle = await open(path, 'wx+', 0o600);
    } catch (error) {
      throw noRoom(name, `the folder ${tmpdir()} can't be written to`, error);
    }
    if (process.platform !== 'win32') {
      await rm(path, { force: true });
      return new TemporaryFile(handle, null);
    }
    left.add(path);
    return new TemporaryFile(handle, path);
  }

  async write(name: string, bytes: Uint8Array): Promise<void> {
    if (this.size - this.#checkedAt > CHECKED_EACH_BYTES) {
      await requireRoom(name, 0);
      this.#checkedAt = this.size;
    }
    let written = 0;
    try {
      while (written < bytes.length) {
        const { bytesWritten } = await this.#handle.write(bytes, written, bytes.length - written, this.size + written);
        written += bytesWritten;
      }
    } catch (error) {
      throw noRoom(name, `${tmpdir()} can't be written to`, error);
    }
    this.size += bytes.length;
  }

  async readAt(offset: number, length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(Math.max(0, Math.min(length, this.size - offset)));
    let filled = 0;
    while (filled < bytes.length) {
      const { bytesRead } = await this.#handle.read(bytes, filled, bytes.length - filled, offset + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return bytes.subarray(0, filled);
  }

  async close(): Promise<void> {
    await this.#handle.close();
    if (this.#path === null) return;
    await rm(this.#path, { force: true });
    left.delete(this.#path);
    this.#path = null;
  }
}

async function requireRoom(name: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(tmpdir());
  const free = bavail * bsize;
  if (free >= bytes + SPARED_BYTES) return;
  throw noRoom(name, `it takes ${sizeInWords(bytes)} and ${tmpdir()} has ${sizeInWords(free)} free`, null);
}

const noRoom = (name: string, why: string, error: unknown) =>
  new DuecastError(
    'file-unreadable',
    `There is no room to unpack ${name}: ${why}; nothing was imported. Make room there, or unpack it yourself and import what is in it.`,
    error === null ? undefined : String(error),
  );
