import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { judgeContents } from '../../scripts/packaging/allow-list.mjs';
import { howSigned } from '../../scripts/packaging/signing.mjs';
import { chosenTargets, TARGETS } from '../../scripts/packaging/targets.mjs';
import { importDefinitions, nodeApiFiller } from '../../scripts/packaging/native/tensorflow-windows.mjs';
import { uninstallLines } from '../../scripts/packaging/windows.mjs';
import { macIcon, windowsIcon } from '../../scripts/packaging/icons.mjs';

const UNPACKED = 'resources/app.asar.unpacked/node_modules';
const LINUX = [
  'duecast',
  'LICENSES.chromium.html',
  'resources/app.asar',
  'resources/THIRD-PARTY-LICENCES.txt',
  'resources/app.asar/out/main/main.cjs',
  'resources/app.asar/out/renderer/index.html',
  'resources/app.asar/node_modules/koffi/package.json',
  'resources/app.asar/resources/fonts/NotoSans-Regular.ttf',
  'resources/app.asar/resources/profiles/uci-credit-card.json',
  'resources/app.asar/resources/rules/anywhere.json',
  'resources/app.asar/resources/kernels/wide.wasm',
  'resources/app.asar/resources/kernels/relaxed.wasm',
  'resources/app.asar/resources/kernels/plain.wasm',
  `${UNPACKED}/better-sqlite3/prebuilds/linux-x64.node`,
  `${UNPACKED}/@koromix/koffi-linux-x64/linux_x64/koffi.node`,
  `${UNPACKED}/@tensorflow/tfjs-node/lib/napi-v8/tfjs_binding.node`,
  `${UNPACKED}/@tensorflow/tfjs-node/deps/lib/libtensorflow_cc.so.2`,
  `${UNPACKED}/.duecast/native/lib_lightgbm.so`,
  `${UNPACKED}/.duecast/native/libgomp.so.1`,
];
const faultsOf = (paths: string[], ownRuntime = true) => judgeContents(TARGETS.linux, ownRuntime, paths).faults;

describe('what a package may hold', () => {
  test('what it needs, by groups', () => {
    const { groups, faults } = judgeContents(TARGETS.linux, true, LINUX);
    assert.deepEqual(faults, []);
    assert.equal(groups.get(`${UNPACKED}/.duecast/native/libgomp.so.1`), 'LightGBM');
    assert.equal(groups.get('duecast'), 'Electron');
  });

  test('nothing else: no sources, headers, maps, other systems’ binaries, no other application', () => {
    for (const path of [
      'resources/app.asar/out/main/main.cjs.map',
      'resources/app.asar/src-main/app/main.ts',
      'resources/app.asar/node_modules/better-sqlite3/deps/sqlite3/sqlite3.c',
      'resources/app.asar/node_modules/koffi/README.md',
      `${UNPACKED}/better-sqlite3/prebuilds/win32-x64.node`,
      `${UNPACKED}/@koromix/koffi-darwin-arm64/darwin_arm64/koffi.node`,
      `${UNPACKED}/@tensorflow/tfjs-node/lib/napi-v8/tensorflow.dll`,
      'resources/default_app.asar',
      'resources/app/opener.js',
    ]) {
      assert.deepEqual(faultsOf([...LINUX, path]), [`${path} does not belong in the package`]);
    }
  });

  test('all that it cannot do without', () => {
    for (const missing of LINUX.filter((path) => path !== 'duecast' && path !== 'resources/app.asar')) {
      const faults = faultsOf(LINUX.filter((path) => path !== missing));
      assert.equal(faults.length, 1, missing);
      assert.match(faults[0], /is missing from the package$/);
    }
  });

  test('Node 24 only where the runtime of the tests needs it', () => {
    const node = `${UNPACKED}/node/bin/node`;
    assert.deepEqual(faultsOf([...LINUX, node], false), []);
    assert.equal(faultsOf([...LINUX, node], true).length, 1);
  });
});

test('the system that a package is for', () => {
  assert.deepEqual(chosenTargets([], 'win32'), [TARGETS.win]);
  assert.deepEqual(chosenTargets(['--mac', '--linux', '--mac'], 'linux'), [TARGETS.mac, TARGETS.linux]);
  assert.throws(() => chosenTargets(['--freebsd'], 'linux'), /names no system/);
  assert.throws(() => chosenTargets(['linux'], 'linux'), /names no system/);
});

test('signing follows from electron-builder’s usual variables, and its lack is said', () => {
  assert.equal(howSigned('linux', {}), null);
  assert.match(howSigned('win', {}) ?? '', /^no certificate/);
  assert.match(howSigned('win', { WIN_CSC_LINK: 'a.pfx' }) ?? '', /signed with/);
  assert.match(howSigned('mac', {}) ?? '', /ad hoc/);
  const apple = { CSC_LINK: 'a.p12', APPLE_API_KEY: 'k', APPLE_API_KEY_ID: 'i' };
  assert.match(howSigned('mac', apple) ?? '', /not notarised/);
  assert.match(howSigned('mac', { ...apple, APPLE_API_ISSUER: 's' }) ?? '', /and notarised/);
});

test('the uninstaller names each file, and removes only empty folders', () => {
  const lines = uninstallLines(['Duecast.exe', 'resources/app.asar', 'resources/a/$b.txt']).trimEnd().split('\n');
  assert.deepEqual(lines, [
    'Delete "$INSTDIR\\Duecast.exe"',
    'Delete "$INSTDIR\\resources\\app.asar"',
    'Delete "$INSTDIR\\resources\\a\\$$b.txt"',
    'RMDir "$INSTDIR\\resources\\a"',
    'RMDir "$INSTDIR\\resources"',
  ]);
});

test('the addon for Windows asks TensorFlow for its C API alone, and finds Node-API in whatever program loads it', () => {
  const definitions = importDefinitions(['TF_Version', 'TFE_Execute', '?Cpp@@YAXXZ', 'TFTest']);
  assert.deepEqual(definitions.split('\n').slice(2, -1), ['TF_Version', 'TFE_Execute']);
  const code = nodeApiFiller(['napi_create_object']);
  assert.match(code, /void \*__imp_napi_create_object;/);
  assert.match(code, /GetModuleHandleW\(NULL\)/);
});

test('icons hold their pictures where their tables say', () => {
  const [small, large] = [Buffer.from('small'), Buffer.from('large picture')];
  const ico = windowsIcon([
    { size: 16, png: small },
    { size: 256, png: large },
  ]);
  const [bytes, place] = [ico.readUInt32LE(6 + 16 + 8), ico.readUInt32LE(6 + 16 + 12)];
  assert.equal(ico[6 + 16], 0, '256 is written as 0');
  assert.deepEqual(ico.subarray(place, place + bytes), large);
  const icns = macIcon([
    { name: 'ic07', png: small },
    { name: 'ic08', png: large },
  ]);
  assert.equal(icns.toString('latin1', 0, 4), 'icns');
  assert.equal(icns.readUInt32BE(4), icns.length);
  assert.equal(icns.toString('latin1', 8, 12), 'ic07');
  assert.deepEqual(icns.subarray(16, 21), small);
});
