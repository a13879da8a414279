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

/** Processes as children of this one, on the same Node. */
export function createNodeHost(): ProcessHost {
  return {
    start(role) {
      const child = fork(ENTRY[role], [], { serialization: 'advanced', stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
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

/** A child's own end of the channel. */
export function parentChannel(): Channel {
  // Ctrl-C reaches the whole terminal group; the parent decides and sends a cancel.
  process.on('SIGINT', () => undefined);
  return {
    send: (message) => void (process.connected && process.send?.(message, undefined, undefined, () => undefined)),
    onMessage: (listener) => void process.on('message', (message) => listener(message as Message)),
    onClose: (listener) => void process.once('disconnect', () => listener('the parent is gone')),
  };
}
