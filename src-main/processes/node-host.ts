import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ProcessHost, ProcessRole } from './host.ts';
import type { Channel, Message } from './rpc.ts';

const ENTRY: Record<ProcessRole, string> = {
  store: fileURLToPath(new URL('./store-process.ts', import.meta.url)),
  model: fileURLToPath(new URL('./model-process.ts', import.meta.url)),
};

/** What a process wrote to stderr before it died says why; the rest is TensorFlow's chatter. */
const KEPT_STDERR = 4000;

export interface NodeHostOptions {
  /** The Node that runs the children; this process's own by default. */
  executable?: string;
  entries?: Record<ProcessRole, string>;
}

/** Processes as children of this one, on a Node. */
export function createNodeHost({ executable, entries = ENTRY }: NodeHostOptions = {}): ProcessHost {
  return {
    start(role) {
      const child = fork(entries[role], [], {
        serialization: 'advanced',
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
        ...(executable === undefined ? {} : { execPath: executable, execArgv: [] }),
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
    // A child that is already gone reports through onClose.
    send: (message) => void (child.connected && child.send(message, () => undefined)),
    onMessage: (listener) => void child.on('message', (message) => listener(message as Message)),
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

/** The part of Electron's port in a utility process that is used here. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}

/** A child's own end of the channel: of a Node child, or of Electron's utility process. */
export function parentChannel(): Channel {
  const { parentPort } = process as { parentPort?: ParentPort };
  if (parentPort !== undefined) {
    return {
      send: (message) => parentPort.postMessage(message),
      onMessage: (listener) => parentPort.on('message', ({ data }) => listener(data as Message)),
      // Electron ends its utility processes itself.
      onClose: () => undefined,
    };
  }
  // Ctrl-C reaches the whole terminal group; the parent decides and sends a cancel.
  process.on('SIGINT', () => undefined);
  return {
    send: (message) => void (process.connected && process.send?.(message, undefined, undefined, () => undefined)),
    onMessage: (listener) => void process.on('message', (message) => listener(message as Message)),
    onClose: (listener) => void process.once('disconnect', () => listener('the parent is gone')),
  };
}
