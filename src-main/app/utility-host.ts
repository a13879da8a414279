import { utilityProcess, type UtilityProcess } from 'electron';
import { setTimeout } from 'node:timers/promises';
import { byteChannel } from '../processes/byte-channel.ts';
import type { ProcessHost, ProcessRole } from '../processes/host.ts';
import { KEPT_STDERR } from '../processes/node-host.ts';
import type { Channel } from '../processes/rpc.ts';

/** Last words come by another way than the end, and may be late, but not longer than this. */
const LAST_WORDS_MS = 1_000;
/** The oldest runtime's loop reads a pipe only when something else wakes it. */
const WAKING_MS = 40;

/** Processes as Electron's own utility processes; `entries` are bundles. */
export function createUtilityHost(entries: Record<ProcessRole, string>): ProcessHost {
  return {
    start(role) {
      const child = utilityProcess.fork(entries[role], [], {
        stdio: ['ignore', 'ignore', 'pipe'],
        serviceName: `Duecast ${role}`,
      });
      const spawned = new Promise<void>((resolve) => child.once('spawn', () => resolve()));
      const exited = new Promise<number>((resolve) => child.once('exit', (code) => resolve(code)));
      return {
        channel: utilityChannel(child, role, exited),
        async stop() {
          // One that has not come up yet has no id, and `kill` does nothing to it.
          await Promise.race([spawned, exited]);
          // A process that computes is not asked: its kernels would not hear. One that has ended has no id any more.
          if (child.pid !== undefined) killNow(child.pid);
          await exited;
        },
      };
    },
  };
}

function killNow(pid: number) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}

function utilityChannel(child: UtilityProcess, role: ProcessRole, exited: Promise<number>): Channel {
  let stderr = '';
  let isClosed = false;
  child.stderr?.on('data', (bytes: Buffer) => (stderr = (stderr + bytes.toString()).slice(-KEPT_STDERR)));
  child.stderr?.once('close', () => (isClosed = true));
  const ended = exited.then(async (code) => {
    for (let waited = 0; waited < LAST_WORDS_MS && !isClosed; waited += WAKING_MS) await setTimeout(WAKING_MS);
    return `${role} process: exit code ${code}\n${stderr}`.trim();
  });
  return {
    ...byteChannel(
      (bytes) => child.postMessage(bytes),
      (take) => void child.on('message', (bytes) => take(bytes as Uint8Array)),
    ),
    onClose: (listener) => void ended.then(listener),
  };
}
