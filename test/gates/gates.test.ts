import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, sep } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

/** Faults planted into a copy of the project: each has to fail its gate, by name. */

const project = fileURLToPath(new URL('../../', import.meta.url));
const copy = mkdtempSync(join(tmpdir(), 'duecast-gates-'));
/** Most rooms are left out for speed; a fault planted among them shows that gates look there as well. */
const LEFT_OUT = new Set(['node_modules', '.git', 'out', 'dist', 'test', 'screenshots', 'docs']);
const ROOMS = ['src-main/ipc', 'src-renderer/ui'];

const planted: Record<string, string> = {
  'src-main/ipc/planted-type.ts': "export const planted: number = 'a text';\n",
  'src-renderer/ui/planted-type.svelte':
    '<script lang="ts">\n  const planted: number = \'a text\';\n</script>\n\n<p>{planted}</p>\n',
  'src-main/ipc/planted-lint.ts':
    'export function planted(value: unknown) {\n  Promise.resolve(value);\n  return value == 1;\n}\n\nexport default planted;\n',
  'test/ipc/planted-format.ts': 'export const planted = {a:1}\n',
  'src-main/importing/planted-layer.ts': "import Database from 'better-sqlite3';\n\nexport const planted = Database;\n",
  'src-renderer/ui/planted-layer.ts':
    "import { DuecastError } from '../../src-main/ipc/errors.ts';\n\nexport const planted = DuecastError;\n",
  'src-main/evaluation/planted-one.ts': "import { two } from './planted-two.ts';\n\nexport const one = () => two;\n",
  'src-main/evaluation/planted-two.ts': "import { one } from './planted-one.ts';\n\nexport const two = () => one;\n",
  'src-main/store/helpers/planted-folder.ts': 'export const planted = 1;\n',
};

before(() => {
  const isKept = (path: string) => {
    const [top, room] = relative(project, path).split(sep);
    if (room !== undefined && top!.startsWith('src-') && !room.includes('.')) return ROOMS.includes(`${top}/${room}`);
    return !LEFT_OUT.has(basename(path)) && !path.includes('.duecast');
  };
  cpSync(project, copy, { recursive: true, filter: (path) => path === project || isKept(path) });
  symlinkSync(join(project, 'node_modules'), join(copy, 'node_modules'), 'junction');
  for (const [path, text] of Object.entries(planted)) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    writeFileSync(join(copy, path), text);
  }
});

after(() => rmSync(copy, { recursive: true, force: true }));

/** Runs an npm script in the copy; answers with what it wrote if it failed, null if it passed. */
function failureOf(script: string): Promise<string | null> {
  return new Promise((resolve) => {
    const shell = process.platform === 'win32';
    execFile('npm', ['run', '--silent', script], { cwd: copy, shell, maxBuffer: 1 << 26 }, (error, stdout, stderr) =>
      resolve(error === null ? null : stripVTControlCharacters(stdout + stderr).replaceAll('\\', '/')),
    );
  });
}

async function assertFails(script: string, ...named: RegExp[]) {
  const output = await failureOf(script);
  assert.ok(output !== null, `${script} let the fault pass`);
  for (const pattern of named) assert.match(output, pattern);
}

describe('gates', { concurrency: 2 }, () => {
  test('a type error in a .ts file', () => assertFails('types:main', /src-main\/ipc\/planted-type\.ts.*TS2322/));

  test('a type error in a .svelte file', () =>
    assertFails('types:screens', /src-renderer\/ui\/planted-type\.svelte:2:\d+\n.*'string' is not assignable/));

  test('lint errors, of syntax and of types', () =>
    assertFails('lint', /planted-lint\.ts\n(.*\n)*?.*no-floating-promises\n.*eqeqeq\n(.*\n)*?.*Export by name/));

  test('an unformatted file', () => assertFails('format:check', /test\/ipc\/planted-format\.ts/));

  test('forbidden imports, an import cycle and a folder named after nothing', () =>
    assertFails(
      'layers',
      /domain-knows-no-platform: src-main\/importing\/planted-layer\.ts → .*better-sqlite3/,
      /sqlite-only-in-store: src-main\/importing\/planted-layer\.ts/,
      /renderer-takes-only-types: src-renderer\/ui\/planted-layer\.ts/,
      /no-cycles: src-main\/evaluation\/planted-(one|two)\.ts/,
      /folders-are-features.*: src-main\/store\/helpers\/planted-folder\.ts/,
    ));

  test('`npm test` and `npm run ready` pass through all of them', () => {
    const { scripts } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const steps = (name: string): string[] =>
      (scripts[name] ?? '').split(' && ').flatMap((command) => {
        const [, inner] = /^npm run -s (\S+)$/.exec(command) ?? [];
        return inner === undefined ? [] : [inner, ...steps(inner)];
      });
    for (const script of ['test', 'ready']) {
      for (const gate of ['format:check', 'lint', 'types:main', 'types:screens', 'layers']) {
        assert.ok(steps(script).includes(gate), `${script} leaves ${gate} out`);
      }
    }
  });
});
