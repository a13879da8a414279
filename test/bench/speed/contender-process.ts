import type { Contender, Task, Timing } from './contender.ts';

/** A contender's process: takes tasks from its parent, one after the other, and answers with their times. */
const name = process.argv[2];
const { createContender } = (await import(`./${name}-contender.ts`)) as {
  createContender(): Contender | Promise<Contender>;
};
const contender = await createContender();

process.on('message', (task: Task) => {
  void (async () => {
    contender.prepare(task.kind);
    const wall = performance.now();
    const cpu = process.cpuUsage();
    const seconds = await contender.seconds(task);
    const { user, system } = process.cpuUsage(cpu);
    const timing: Timing = { seconds, coresBusy: (user + system) / 1e3 / (performance.now() - wall) };
    process.send?.(timing);
  })();
});
process.on('disconnect', () => process.exit());
