import { spawn, type ChildProcess } from 'node:child_process';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { pipeChannel } from './byte-channel.ts';
import type { ProcessHost, ProcessRole } from './host.ts';
import { PIPE } from './parent-channel.ts';
import type { Channel } from './rpc.ts';

const ENTRY: Record<ProcessRole, string> = {
  store: fileURLToPath(new URL('./store-process.ts', import.meta.url)),
  model: fileURLToPath(new URL('./model-process.ts', import.meta.url)),
};

/** What a process wrote to stderr before it died says why; the rest is TensorFlow's chatter. */
export const KEPT_STDERR = 4000;

export interface NodeHostOptions {
  /** The Node that runs the children; this process's own, with its options, by default. */
  executable?: string;
  entries?: Record<ProcessRole, string>;
}

/** Processes as children of this one, on a Node. */
export function createNodeHost({ executable, entries = ENTRY }: NodeHostOptions = {}): ProcessHost {
  const [command, options] = executable === undefined ? [process.execPath, process.execArgv] : [executable, []];
  return {
    start(role) {
      const child = spawn(command, [...options, entries[role]], {
        // Without overlapped operations, reading from a pipe keeps Windows from writing to it.
        stdio: ['ignore', 'ignore', 'pipe', 'overlapped'],
        windowsHide: true,
      });
      const exited = new Promise<void>((resolve) => child.once('close', () => resolve()));
      return {
        channel: childChannel(child, role),
        async stop() {
          child.kill('SIGKILL');
          await exited;
        },
      };
    },
  };
}

function childChannel(child: ChildProcess, role: ProcessRole): Channel {
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-KEPT_STDERR);
  });
  return {
    ...pipeChannel(child.stdio[PIPE] as Duplex),
    onClose(listener) {
      let closed = false;
      const close = (reason: string) => {
        if (!closed) listener(`${role} process: ${reason}\n${stderr}`.trim());
        closed = true;
      };
      child.once('error', (error) => close(error.message));
      child.once('close', (code, signal) => close(signal === null ? `exit code ${code}` : `ended by ${signal}`));
    },
  };
}
