import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';

/** An X server without a screen. */
export interface Display {
  name: string;
  stop(): Promise<void>;
}

const MOST_MS = 30_000;

/** Starts Xvfb on a number that is free. Fails where it is not installed: scripts/system-packages.mjs brings it. */
export async function startDisplay(): Promise<Display> {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1400x900x24', '-nolisten', 'tcp', '-ac'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const ended = once(server, 'exit');
  const kill = () => void server.kill();
  // A test file that is broken off runs no hooks.
  process.once('exit', kill);
  const limit = new AbortController();
  const late = setTimeout(MOST_MS, 'it took too long', { signal: limit.signal, ref: false });
  const why = ended.then(
    () => 'it ended',
    (error: unknown) => `${String(error)}; node scripts/system-packages.mjs brings it`,
  );
  const failed = Promise.race([late, why]).then((reason) => {
    kill();
    throw new Error(`Xvfb gave no display: ${reason}`);
  });
  const number = await Promise.race([firstLine(server), failed]);
  limit.abort();
  failed.catch(() => undefined);
  return {
    name: `:${number}`,
    async stop() {
      process.removeListener('exit', kill);
      kill();
      await ended;
    },
  };
}

/** The number of its display, once it takes connections. */
async function firstLine(server: ChildProcess): Promise<string> {
  const [chunk] = (await once(server.stdio[3] as NodeJS.ReadableStream, 'data')) as [Buffer];
  return chunk.toString().trim();
}
