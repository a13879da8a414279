import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { build } from 'vite';
import { CONTRACT } from '../processes/contract/contract.ts';
import type { ClauseReport, HostKind } from '../processes/contract/electron-main.ts';
import { startDisplay, type Display } from './display.ts';
import { ROOT, runtime } from './runtime.ts';

const SOURCES = join(import.meta.dirname, '..', 'processes', 'contract');
const MOST_MS = 180_000;

let folder: string;
let display: Display;
let reports: ClauseReport[];
let account: string;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'duecast-hosts-'));
  display = await startDisplay();
  await bundle();
  ({ reports, account } = await runInElectron());
});

after(async () => {
  await display?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** As the app's own processes are built: CommonJS for Node 16. */
async function bundle() {
  const entry = (name: string) => join(SOURCES, `${name}.ts`);
  await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: false,
      target: 'node16',
      rollupOptions: {
        input: { main: entry('electron-main'), 'model-process': entry('engine') },
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: '[name]-[hash].cjs' },
      },
    },
  });
  writeFileSync(join(folder, 'package.json'), '{ "name": "contract", "version": "1.0.0", "main": "main.cjs" }\n');
}

async function runInElectron() {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  // Collecting garbage after each message finds what is freed wrongly.
  const electron = spawn(runtime().executable, [...sandbox, '--js-flags=--expose-gc', folder, ROOT], {
    env: { ...process.env, DISPLAY: display.name },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const limit = setTimeout(() => electron.kill('SIGKILL'), MOST_MS);
  let [output, complaints] = ['', ''];
  electron.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  electron.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  const [code, signal] = (await once(electron, 'close')) as [number | null, string | null];
  clearTimeout(limit);
  const lines = output.split('\n').filter((line) => line.startsWith('{'));
  return {
    reports: lines.map((line) => JSON.parse(line) as ClauseReport),
    account: `Electron ended with ${signal ?? code}\n${complaints.slice(-4000)}`,
  };
}

const KINDS: HostKind[] = ['utility processes', 'the processes that the app chooses'];

for (const kind of KINDS) {
  describe(`in Electron, ${kind}`, () => {
    for (const { name } of CONTRACT) {
      test(name, () => {
        const report = reports.find((one) => one.kind === kind && one.name === name);
        assert.ok(report, account);
        assert.equal(report.problem, null);
      });
    }
  });
}
