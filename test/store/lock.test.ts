import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { acquireLock, lockPathOf, type LockHolder } from '../../src-main/store/lock.ts';
import { temporaryFolder } from './portfolio-file.ts';

const holderIn = (path: string) => JSON.parse(readFileSync(lockPathOf(path), 'utf8')) as LockHolder;

/** The id of a process that has just ended. */
const endedProcess = () => spawnSync(process.execPath, ['-e', '']).pid;

test('a lock names its holder and goes when released', (t) => {
  const path = join(temporaryFolder(t), 'p.duecast');
  const before = Date.now();
  const lock = acquireLock(path, 'duecast test');
  const holder = holderIn(path);
  assert.equal(holder.pid, process.pid);
  assert.equal(holder.program, 'duecast test');
  assert.ok(holder.startedAtMs >= before && holder.startedAtMs <= Date.now());
  assert.throws(() => acquireLock(path), { code: 'portfolio-locked' });
  lock.release();
  assert.equal(existsSync(lockPathOf(path)), false);
  acquireLock(path).release();
});

test('a lock held by another living process is refused, naming process and time', async (t) => {
  const path = join(temporaryFolder(t), 'p.duecast');
  const source = new URL('../../src-main/store/lock.ts', import.meta.url).href;
  const script = `
    const { acquireLock } = await import(${JSON.stringify(source)});
    acquireLock(${JSON.stringify(path)}, 'another duecast');
    console.log('held');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  await once(child.stdout, 'data');
  const year = new Date(holderIn(path).startedAtMs).getFullYear();
  assert.throws(() => acquireLock(path), {
    code: 'portfolio-locked',
    message: new RegExp(`another duecast \\(process ${child.pid}, since ${year}-`),
  });
  child.kill('SIGKILL');
  await ended;
  const lock = acquireLock(path);
  assert.equal(holderIn(path).pid, process.pid, 'the lock of a killed process is taken over');
  lock.release();
});

test('a stale lock is taken over', async (t) => {
  const path = join(temporaryFolder(t), 'p.duecast');
  const stale: Record<string, string> = {
    'its process has ended': JSON.stringify({ pid: endedProcess(), program: 'duecast', startedAtMs: Date.now() }),
    'its process id is ours, but we never took it': JSON.stringify({
      pid: process.pid,
      program: 'duecast',
      startedAtMs: Date.now() - 60_000,
    }),
    'from before the machine was started, the process id used again': JSON.stringify({
      pid: process.ppid,
      program: 'duecast',
      startedAtMs: 1_000,
    }),
    'a crash left it empty': '',
    'not a lock at all': 'hello',
  };
  for (const [why, content] of Object.entries(stale)) {
    await t.test(why, () => {
      writeFileSync(lockPathOf(path), content);
      const lock = acquireLock(path);
      assert.equal(holderIn(path).pid, process.pid);
      lock.release();
      assert.equal(existsSync(lockPathOf(path)), false);
    });
  }
});

test('a process id used again is told by when its process began', { skip: process.platform !== 'linux' }, (t) => {
  const path = join(temporaryFolder(t), 'p.duecast');
  const holder = { pid: process.ppid, program: 'duecast', startedAtMs: Date.now() };
  writeFileSync(lockPathOf(path), JSON.stringify({ ...holder, processStart: '1' }));
  acquireLock(path).release();
  writeFileSync(lockPathOf(path), JSON.stringify(holder));
  assert.throws(() => acquireLock(path), { code: 'portfolio-locked' }, 'without that, a living process counts');
});

test('releasing leaves a lock alone that somebody else has taken meanwhile', (t) => {
  const path = join(temporaryFolder(t), 'p.duecast');
  const lock = acquireLock(path);
  const other = JSON.stringify({ pid: process.ppid, program: 'duecast', startedAtMs: Date.now() });
  writeFileSync(lockPathOf(path), other);
  lock.release();
  assert.equal(readFileSync(lockPathOf(path), 'utf8'), other);
});
