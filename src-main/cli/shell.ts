import { cancelled } from '../ipc/errors.ts';
import { createBroker } from '../processes/broker.ts';
import { createNodeHost } from '../processes/node-host.ts';
import type { CallContext } from '../processes/rpc.ts';
import { openWorkspace, type Workspace } from '../processes/workspace.ts';
import { createProgressBars } from './progress-bars.ts';
import { wrapped } from './wrap.ts';

/** What a command works with: jobs that show progress and end on Ctrl-C, and portfolios in processes of their own. */
export interface Shell {
  /** Runs one job after another; Ctrl-C cancels it. Throws what the job throws. */
  job<T>(work: (context: CallContext) => Promise<T>): Promise<T>;
  withPortfolio<T>(path: string, how: { create: boolean }, work: (workspace: Workspace) => Promise<T>): Promise<T>;
  /** Part of a long command's account, as it comes: on stdout, or on stderr where stdout carries a document. */
  tell(text: string): void;
}

/** `account` is where the parts of a long command's account go. */
export function createShell(stderr: NodeJS.WriteStream, account: NodeJS.WriteStream): Shell {
  const broker = createBroker();
  const bars = createProgressBars(stderr);
  const host = createNodeHost();
  let running: string | null = null;
  let interrupted = false;
  process.on('SIGINT', () => {
    // A second Ctrl-C does not wait for the processes to wind up.
    if (interrupted) process.exit(130);
    interrupted = true;
    if (running !== null) broker.cancel(running);
  });

  return {
    async job(work) {
      if (interrupted) throw cancelled();
      const { jobId, result } = broker.start(work, (event) => {
        if (event.type === 'progress') bars.show(event.progress);
      });
      running = jobId;
      try {
        return await result;
      } finally {
        running = null;
        bars.finish();
      }
    },
    async withPortfolio(path, { create }, work) {
      const workspace = await openWorkspace(host, path, create);
      try {
        return await work(workspace);
      } finally {
        await workspace.close();
      }
    },
    tell: (text) => void account.write(`${wrapped(text, account.columns)}\n`),
  };
}
