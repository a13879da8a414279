import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';

/** An X server without a screen, for one test file. */
export interface Display {
  name: string;
  stop(): Promise<void>;
}

/** Starts Xvfb on a number that is free. Fails where it is not installed: scripts/system-packages.mjs brings it. */
export async function startDisplay(): Promise<Display> {
  await access('/usr/bin/Xvfb', constants.X_OK);
  const server = spawn('/usr/bin/Xvfb', ['-displayfd', '3', '-screen', '0', '1400x900x24', '-nolisten', 'tcp', '-ac'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const number = await firstLine(server);
  return {
    name: `:${number}`,
    async stop() {
      server.kill();
      if (server.exitCode === null) await once(server, 'exit');
    },
  };
}

/** The number of its display, once it takes connections. */
async function firstLine(server: ChildProcess): Promise<string> {
  const ended = once(server, 'exit').then(() => Promise.reject(new Error('Xvfb ended before it had a display')));
  const [chunk] = (await Promise.race([once(server.stdio[3] as NodeJS.ReadableStream, 'data'), ended])) as [Buffer];
  ended.catch(() => undefined);
  return chunk.toString().trim();
}
