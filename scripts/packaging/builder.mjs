import { join } from 'node:path';
import { importTool, tool } from './tools.mjs';

/** What electron-builder is told, and the folder (on macOS the archive, too) that it makes of it. */

export const PRODUCT = 'Duecast';
export const APP_ID = 'app.duecast.Duecast';

/** Fuses as Electron 45 has them all; @electron/fuses knows them by these numbers. */
export const FUSES = /** @type {const} */ ({
  RunAsNode: { key: 'runAsNode', on: false },
  EnableCookieEncryption: { key: 'enableCookieEncryption', on: false },
  EnableNodeOptionsEnvironmentVariable: { key: 'enableNodeOptionsEnvironmentVariable', on: false },
  EnableNodeCliInspectArguments: { key: 'enableNodeCliInspectArguments', on: false },
  EnableEmbeddedAsarIntegrityValidation: { key: 'enableEmbeddedAsarIntegrityValidation', on: true },
  OnlyLoadAppFromAsar: { key: 'onlyLoadAppFromAsar', on: true },
  GrantFileProtocolExtraPrivileges: { key: 'grantFileProtocolExtraPrivileges', on: false },
});

/** Electron 22 knows no fuse for file:// pages. */
const OLD_RUNTIME_LACKS = ['GrantFileProtocolExtraPrivileges'];

/** @param {boolean} ownRuntime the package runs on Electron as it is shipped, not on the older one of the tests */
export const fusesOf = (ownRuntime) =>
  Object.entries(FUSES).filter(([name]) => ownRuntime || !OLD_RUNTIME_LACKS.includes(name));

/** What must be a real file for the system's loader. */
const NATIVE = ['**/@tensorflow/**', '**/.duecast/**', '**/*.node'];
/** Node 24, which runs the processes where the runtime's own Node is too old, knows no asar archive. */
const FOR_NODE = ['**/*', '!out/renderer/**', '!out/preload/**'];

/**
 * @param {{target: import('./targets.mjs').Target, runtime: import('./runtime.mjs').PackagedRuntime, app: string, modules: string,
 *   icons: string, resources: string, output: string, files: {from: string, to: string}[]}} what
 */
export function builderConfiguration({ target, runtime, app, modules, icons, resources, output, files }) {
  return {
    appId: APP_ID,
    productName: PRODUCT,
    copyright: 'Copyright The Duecast authors',
    directories: { app, output, buildResources: resources },
    electronDist: runtime.folder,
    electronVersion: runtime.version,
    publish: null,
    // The staged folder holds what is shipped and nothing else: packages are neither looked for nor compiled.
    beforeBuild: () => Promise.resolve(false),
    files: ['**/*', { from: modules, to: 'node_modules', filter: ['**/*'] }],
    asar: { smartUnpack: false },
    asarUnpack: runtime.own ? NATIVE : [...NATIVE, ...FOR_NODE],
    extraResources: files,
    electronFuses: Object.fromEntries(fusesOf(runtime.own).map(([, { key, on }]) => [key, on])),
    // The window is in English; Chromium's own words in other languages are not needed.
    electronLanguages: ['en-US', 'en'],
    removePackageScripts: true,
    fileAssociations: [
      {
        ext: 'duecast',
        name: 'Duecast portfolio',
        description: 'Duecast portfolio',
        mimeType: 'application/x-duecast',
        role: 'Editor',
        icon: join(icons, target.name === 'mac' ? 'icon.icns' : 'icon.ico'),
      },
    ],
    linux: {
      // What makes an AppImage is downloaded by electron-builder: only where that is asked for.
      target: process.env['DUECAST_APPIMAGE'] === '1' ? 'AppImage' : 'dir',
      executableName: target.executable,
      category: 'Office',
      icon: join(icons, 'linux'),
      artifactName: artifactName(runtime.own, 'linux'),
    },
    win: { target: 'dir', icon: join(icons, 'icon.ico'), executableName: PRODUCT },
    mac: {
      target: process.platform === 'darwin' ? ['dmg', 'zip'] : 'dir',
      icon: join(icons, 'icon.icns'),
      category: 'public.app-category.finance',
      hardenedRuntime: true,
      // Without a certificate ad hoc: arm64 starts nothing that is not signed at all.
      ...(process.env['CSC_LINK'] || process.env['CSC_NAME'] ? {} : { identity: '-' }),
      gatekeeperAssess: false,
      minimumSystemVersion: '12.0',
      entitlements: join(resources, 'entitlements.mac.plist'),
      entitlementsInherit: join(resources, 'entitlements.mac.plist'),
      artifactName: artifactName(runtime.own, 'mac'),
    },
    dmg: { title: PRODUCT },
  };
}

/** @param {boolean} ownRuntime @param {string} system */
export const artifactName = (ownRuntime, system) =>
  `${PRODUCT}-\${version}${ownRuntime ? '' : '-test'}-${system}-\${arch}.\${ext}`;

/**
 * Runs electron-builder; answers with its packager, which can sign further files.
 * @param {import('./targets.mjs').Target} target
 * @param {object} configuration
 * @param {string} root
 * @returns {Promise<{signIf?: (file: string) => Promise<boolean>}>}
 */
export async function runBuilder(target, configuration, root) {
  const { Arch, build, Platform } = tool('electron-builder');
  const platform = { linux: Platform.LINUX, win: Platform.WINDOWS, mac: Platform.MAC }[target.name];
  /** @type {{signIf?: (file: string) => Promise<boolean>}} */
  let packager = {};
  await build({
    projectDir: root,
    targets: platform.createTarget(null, target.arch === 'x64' ? Arch.x64 : Arch.arm64),
    config: { ...configuration, afterPack: (/** @type {any} */ context) => void (packager = context.packager) },
  });
  return packager;
}

/**
 * The fuses of a packed program, by name.
 * @param {string} executable
 * @returns {Promise<Record<string, boolean | null>>} null where the runtime has no such fuse
 */
export async function readFuses(executable) {
  const { FuseV1Options, getCurrentFuseWire } = await importTool('@electron/fuses');
  const wire = await getCurrentFuseWire(executable);
  const ON = 0x31;
  const GONE = 0x72;
  return Object.fromEntries(
    Object.keys(FUSES).map((name) => {
      const state = wire[FuseV1Options[name]];
      return [name, state === undefined || state === GONE ? null : state === ON];
    }),
  );
}
