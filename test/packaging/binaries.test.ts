import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { foldersSearched, judgeLibrary } from '../../scripts/packaging/binaries/judge.mjs';
import { readMachO, withSearchPath } from '../../scripts/packaging/binaries/mach-o.mjs';
import { readBinary } from '../../scripts/packaging/binaries/read.mjs';
import { TARGETS } from '../../scripts/packaging/targets.mjs';

/** SQLite's addon, of which npm brings the binaries of all systems. */
const PREBUILT = join(import.meta.dirname, '..', '..', 'node_modules', 'better-sqlite3', 'prebuilds');
const addon = (system: string) => readFileSync(join(PREBUILT, `${system}.node`));
const nothingBeside = () => false;

describe('binaries of all systems', () => {
  for (const [system, format, arch, library] of [
    ['linux-x64', 'ELF', 'x64', /^libc\.so\.6$/],
    ['linux-arm64', 'ELF', 'arm64', /^libc\.so\.6$/],
    ['win32-x64', 'PE', 'x64', /^KERNEL32\.dll$/i],
    ['win32-arm64', 'PE', 'arm64', /^KERNEL32\.dll$/i],
    ['darwin-arm64', 'Mach-O', 'arm64', /^\/usr\/lib\/libSystem\.B\.dylib$/],
    ['darwin-x64', 'Mach-O', 'x64', /^\/usr\/lib\/libSystem\.B\.dylib$/],
  ] as const) {
    test(`${system} is read`, () => {
      const binary = readBinary(addon(system));
      assert.ok(binary !== null);
      assert.deepEqual([binary.format, binary.arch], [format, arch]);
      assert.ok(
        binary.imports.some((name) => library.test(name)),
        binary.imports.join(' '),
      );
      assert.ok(binary.exports.some((name) => /^_?napi_register_module_v1$/.test(name)));
    });
  }

  test('what fits its target has no fault; what is another’s, or no program, has', () => {
    for (const target of Object.values(TARGETS)) {
      const own = readBinary(addon(target.system));
      assert.deepEqual(judgeLibrary(target, 'a.node', own, nothingBeside), [], target.name);
      const other = target.name === 'linux' ? 'linux-arm64' : 'linux-x64';
      assert.match(judgeLibrary(target, 'a.node', readBinary(addon(other)), nothingBeside).join(), /is ELF for/);
    }
    const text = readBinary(Buffer.from('#!/bin/sh\nexit 0\n'.repeat(10)));
    assert.deepEqual(judgeLibrary(TARGETS.linux, 'a.so', text, nothingBeside), ['a.so is no program at all']);
  });

  test('a library that is nowhere, and an addon that Node would not take, are faults', () => {
    const own = readBinary(addon('linux-x64'));
    assert.ok(own !== null);
    const asking = { ...own, imports: [...own.imports, 'libgomp.so.1'], exports: [] };
    const faults = judgeLibrary(TARGETS.linux, 'a.node', asking, nothingBeside);
    assert.equal(faults.length, 2);
    assert.match(faults[0], /asks for libgomp\.so\.1/);
    assert.match(faults[1], /has no napi_register_module_v1/);
    assert.deepEqual(
      judgeLibrary(TARGETS.linux, 'a.so', asking, (name) => name === 'libgomp.so.1'),
      [],
    );
    assert.deepEqual(foldersSearched({ ...own, searched: ['$ORIGIN/../../deps/lib', '$ORIGIN'] }), [
      '../../deps/lib',
      '.',
    ]);
  });

  test('a library for macOS is told to look elsewhere, in no more room', () => {
    const library = machO('/opt/homebrew/lib');
    assert.deepEqual(readMachO(library).searched, ['/opt/homebrew/lib']);
    const moved = withSearchPath(library, '/opt/homebrew/lib', '@loader_path');
    assert.deepEqual(readMachO(moved).searched, ['@loader_path']);
    assert.equal(moved.length, library.length);
    assert.throws(() => withSearchPath(library, '/opt/homebrew/lib', '@loader_path/a/longer/path'), /is longer than/);
    assert.throws(() => withSearchPath(library, '/usr/local/lib', '.'), /does not look in/);
  });
});

/** A library with one search path and nothing else. */
function machO(path: string): Buffer {
  const command = Buffer.alloc(12 + 4 * Math.ceil((path.length + 1) / 4));
  command.writeUInt32LE(0x8000001c, 0);
  command.writeUInt32LE(command.length, 4);
  command.writeUInt32LE(12, 8);
  command.write(path, 12, 'latin1');
  const header = Buffer.alloc(32);
  [0xfeedfacf, 0x0100000c, 0, 6, 1, command.length].forEach((word, i) => header.writeUInt32LE(word, i * 4));
  return Buffer.concat([header, command]);
}
