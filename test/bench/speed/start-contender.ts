import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ContenderName, Task, Timing } from './contender.ts';

export interface RunningContender {
  time(task: Task): Promise<Timing>;
  stop(): void;
}

const ENTRY = fileURLToPath(new URL('./contender-process.ts', import.meta.url));

/** Starts a contender in a process of its own, with TensorFlow's default threads unless it asks for others itself. */
export function startContender(name: ContenderName): RunningContender {
  const env: NodeJS.ProcessEnv = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2' };
  delete env['TF_NUM_INTRAOP_THREADS'];
  delete env['TF_NUM_INTEROP_THREADS'];
  const child = fork(ENTRY, [name], { env, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr = (stderr + text).slice(-4000)));
  const ended = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('close', (code) => reject(new Error(`the ${name} contender ended with exit code ${code}\n${stderr}`)));
  });
  // Nobody may be waiting for a time when it ends.
  ended.catch(() => undefined);
  return {
    time(task) {
      const answered = new Promise<Timing>((resolve) => child.once('message', (timing) => resolve(timing as Timing)));
      child.send(task);
      return Promise.race([answered, ended]);
    },
    stop: () => void child.kill('SIGKILL'),
  };
}
