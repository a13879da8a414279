import { utilityProcess, type UtilityProcess } from 'electron';
import type { ProcessHost, ProcessRole } from '../processes/host.ts';
import type { Channel, Message } from '../processes/rpc.ts';

/** Processes as Electron's own utility processes; `entries` are bundles. */
export function createUtilityHost(entries: Record<ProcessRole, string>): ProcessHost {
  return {
    start(role) {
      const child = utilityProcess.fork(entries[role], [], { stdio: 'ignore', serviceName: `Duecast ${role}` });
      const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      return {
        channel: utilityChannel(child, role),
        async stop() {
          // A process that computes is not asked: its kernels would not hear.
          if (child.pid !== undefined) killNow(child.pid);
          else if (!child.kill()) return;
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

const utilityChannel = (child: UtilityProcess, role: ProcessRole): Channel => ({
  send: (message) => child.postMessage(message),
  onMessage: (listener) => void child.on('message', (message) => listener(message as Message)),
  onClose: (listener) => void child.once('exit', (code) => listener(`${role} process: exit code ${code}`)),
});
