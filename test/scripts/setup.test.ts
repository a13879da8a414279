import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { addToCache, cacheFolder, installFromCache } from '../../scripts/setup/cache.mjs';
import { takeLock } from '../../scripts/setup/lock.mjs';
import { packagesArePresent } from '../../scripts/setup/packages.mjs';
import { acceptFile } from '../../scripts/setup/python.mjs';
import { isUpToDate, writeStamp, type Part } from '../../scripts/setup/stamp.mjs';

const scripts = fileURLToPath(new URL('../../scripts', import.meta.url));
const MINUTE_MS = 60_000;
const had: Part = { ok: true, how: 'cache', version: '1', problem: null };
const missing: Part = { ok: false, how: 'missing', version: '', problem: 'it is not there' };
const skipped: Part = { ...missing, how: 'skipped' };

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'duecast-setup-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text: string) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

describe('when there is nothing to do', () => {
  const environment = { PATH: '/nowhere' };
  const setUpAt = (atMs: number, tensorflow = had) => {
    write('package-lock.json', '{}');
    write('node_modules/library', 'some bytes');
    writeStamp(folder, environment, atMs, { tensorflow, lightgbm: had }, ['node_modules/library']);
  };

  test('set-up says nothing and ends well', () => {
    setUpAt(0);
    cpSync(scripts, join(folder, 'scripts'), { recursive: true });
    const ended = spawnSync(process.execPath, ['scripts/setup.mjs'], { cwd: folder, encoding: 'utf8' });
    assert.deepEqual([ended.status, ended.stdout, ended.stderr], [0, '', '']);
  });

  test('there is something to do after the lock file changed', () => {
    setUpAt(0);
    assert.equal(isUpToDate(folder, environment, 0), true);
    write('package-lock.json', '{"a":1}');
    assert.equal(isUpToDate(folder, environment, 0), false);
  });

  test('there is something to do after a key file went or was cut', () => {
    setUpAt(0);
    write('node_modules/library', 'some');
    assert.equal(isUpToDate(folder, environment, 0), false);
    setUpAt(0);
    rmSync(join(folder, 'node_modules/library'));
    assert.equal(isUpToDate(folder, environment, 0), false);
  });

  test('a missing part is tried again after ten minutes, on demand, or when the machine changed', () => {
    setUpAt(0, missing);
    assert.equal(isUpToDate(folder, environment, 9 * MINUTE_MS), true);
    assert.equal(isUpToDate(folder, environment, 11 * MINUTE_MS), false);
    assert.equal(isUpToDate(folder, { ...environment, DUECAST_SETUP_RETRY: '1' }, MINUTE_MS), false);
    assert.equal(isUpToDate(folder, { ...environment, HTTPS_PROXY: 'a proxy' }, MINUTE_MS), false);
    write(process.platform === 'win32' ? 'tools/python3.exe' : 'tools/python3', '');
    assert.equal(isUpToDate(folder, { PATH: join(folder, 'tools') }, MINUTE_MS), false);
  });

  test('TensorFlow that was left out is brought once it is wanted', () => {
    setUpAt(0, skipped);
    assert.equal(isUpToDate(folder, { ...environment, DUECAST_NO_TENSORFLOW: '1' }, 60 * MINUTE_MS), true);
    assert.equal(isUpToDate(folder, environment, MINUTE_MS), false);
  });
});

describe('packages', () => {
  const lock = (packages: object) => JSON.stringify({ packages });
  const tfjs = { 'node_modules/@tensorflow/tfjs-node': { version: '4.0.0', optional: true } };
  const wanted = {
    '': { name: 'duecast' },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/elsewhere': { version: '1.0.0', optional: true, os: ['plan9'], cpu: [process.arch] },
    ...tfjs,
  };
  beforeEach(() => {
    write('package-lock.json', lock(wanted));
    write('node_modules/a/package.json', '{}');
    write('node_modules/@tensorflow/tfjs-node/package.json', '{}');
  });

  test('are there, those of other systems left out', () => {
    write('node_modules/.package-lock.json', lock({ 'node_modules/a': { version: '1.0.0' }, ...tfjs }));
    assert.equal(packagesArePresent(folder), true);
    rmSync(join(folder, 'node_modules/a'), { recursive: true });
    assert.equal(packagesArePresent(folder), false);
  });

  test('are not there in another version, or without tfjs-node', () => {
    assert.equal(packagesArePresent(folder), false);
    write('node_modules/.package-lock.json', lock({ 'node_modules/a': { version: '0.9.0' }, ...tfjs }));
    assert.equal(packagesArePresent(folder), false);
    write('node_modules/.package-lock.json', lock({ 'node_modules/a': { version: '1.0.0' } }));
    assert.equal(packagesArePresent(folder), false);
  });
});

describe('downloads and the cache', () => {
  // sha256 of "a library" (sha256sum)
  const SHA256 = '31f109ab38348582abdc9e1c9942f74505c719e98c6d0ab6fbcfdccfd8c9935b';

  test('a download with the right sha256 is accepted, another is refused and removed', async () => {
    write('wheel', 'a library');
    assert.equal(await acceptFile(join(folder, 'wheel'), SHA256), join(folder, 'wheel'));
    write('wheel', 'another library');
    await assert.rejects(acceptFile(join(folder, 'wheel'), SHA256), /is not the one expected \(sha256 [0-9a-f]{64}, /);
    assert.equal(existsSync(join(folder, 'wheel')), false);
  });

  test('what was put into the cache comes out of it', async () => {
    write('stage/lib/one', 'first');
    write('stage/two', 'second');
    await addToCache(join(folder, 'cache'), 'engine/1', join(folder, 'stage'), '1.2.3');
    const manifest = await installFromCache(join(folder, 'cache'), 'engine/1', join(folder, 'clone'));
    assert.equal(manifest?.version, '1.2.3');
    assert.deepEqual(readdirSync(join(folder, 'clone')).sort(), ['lib', 'two']);
    assert.equal(readFileSync(join(folder, 'clone/lib/one'), 'utf8'), 'first');
    assert.equal(statSync(join(folder, 'clone/two')).ino, statSync(join(folder, 'cache/engine/1/two')).ino);
  });

  test('a damaged entry installs nothing and is dropped', async () => {
    write('stage/one', 'first');
    write('stage/two', 'second');
    await addToCache(join(folder, 'cache'), 'engine/1', join(folder, 'stage'), '1.2.3');
    rmSync(join(folder, 'cache/engine/1/two'));
    write('cache/engine/1/two', 'sec0nd');
    assert.equal(await installFromCache(join(folder, 'cache'), 'engine/1', join(folder, 'clone')), null);
    assert.equal(existsSync(join(folder, 'clone')), false);
    assert.equal(existsSync(join(folder, 'cache/engine/1')), false);
  });

  test('the cache lies where each system keeps caches', () => {
    assert.equal(cacheFolder('linux', {}, '/home/ana'), '/home/ana/.cache/duecast');
    assert.equal(cacheFolder('linux', { XDG_CACHE_HOME: '/var/cache/ana' }, '/home/ana'), '/var/cache/ana/duecast');
    assert.equal(cacheFolder('darwin', {}, '/Users/ana'), '/Users/ana/Library/Caches/duecast');
    const local = 'C:\\Users\\ana\\AppData\\Local';
    assert.equal(cacheFolder('win32', { LOCALAPPDATA: local }, 'C:\\Users\\ana'), `${local}\\duecast\\cache`);
    assert.equal(cacheFolder('win32', {}, 'C:\\Users\\ana'), `${local}\\duecast\\cache`);
    assert.equal(cacheFolder('darwin', { DUECAST_CACHE: '/else/where' }, '/Users/ana'), '/else/where');
  });
});

describe('the lock', () => {
  test('lets a second set-up wait for the first', async () => {
    const file = join(folder, 'set-up.lock');
    const free = await takeLock(file);
    const order: string[] = [];
    const second = takeLock(file).then((freeSecond) => {
      order.push('second');
      freeSecond();
    });
    await new Promise((done) => setTimeout(done, 50));
    order.push('first ends');
    free();
    await second;
    assert.deepEqual(order, ['first ends', 'second']);
    assert.equal(existsSync(file), false);
  });

  test('is taken from a process that died', async () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    write('dead.lock', `${hostname()} ${pid}`);
    (await takeLock(join(folder, 'dead.lock')))();
    write('left.lock', `elsewhere ${process.pid}`);
    utimesSync(join(folder, 'left.lock'), new Date(0), new Date(0));
    (await takeLock(join(folder, 'left.lock')))();
    assert.deepEqual(readdirSync(folder), []);
  });
});
