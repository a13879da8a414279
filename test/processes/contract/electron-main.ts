import { app } from 'electron';
import { join } from 'node:path';
import { chooseProcessHost } from '../../../src-main/app/process-host.ts';
import { createUtilityHost } from '../../../src-main/app/utility-host.ts';
import type { ProcessHost } from '../../../src-main/processes/host.ts';
import { CONTRACT } from './contract.ts';

/**
 * A main process that holds its hosts to the contract. Prints a line of JSON a clause. On the command line: the folder
 * whose Node the app would use.
 */
async function main(root: string): Promise<void> {
  const engine = join(__dirname, 'model-process.cjs');
  const hosts: Record<HostKind, ProcessHost> = {
    'utility processes': createUtilityHost({ store: engine, model: engine }),
    'the processes that the app chooses': chooseProcessHost(root, __dirname).host,
  };
  for (const [kind, host] of Object.entries(hosts) as [HostKind, ProcessHost][]) {
    for (const { name, obeyed } of CONTRACT) {
      const problem = await obeyed(host).then(
        () => null,
        (error: unknown) => (error instanceof Error ? (error.stack ?? error.message) : String(error)),
      );
      const line: ClauseReport = { kind, name, problem };
      process.stdout.write(`${JSON.stringify(line)}\n`);
    }
  }
  app.exit(0);
}

export type HostKind = 'utility processes' | 'the processes that the app chooses';

export interface ClauseReport {
  kind: HostKind;
  name: string;
  /** Null: the clause is obeyed. */
  problem: string | null;
}

const [root] = process.argv.slice(-1);
void app.whenReady().then(() => main(root));
