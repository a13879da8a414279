import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { addToCache, installFromCache, temporaryFolder } from '../setup/cache.mjs';
import { run } from '../setup/children.mjs';
import { SetupProblem, startProgress } from '../setup/messages.mjs';
import { acceptFile, downloadWheel, extractWheel, findPython } from '../setup/python.mjs';

/**
 * What packages hold and the clone does not have: from its registry by that registry's own client, checked by hash, and
 * kept in the cache that set-up has.
 */

/**
 * `fill` puts the files into the folder that it is given; `work` is on the same disk and removed afterwards.
 * @typedef {(stage: string, work: string) => Promise<void>} Fill
 */

/**
 * A cache entry's files, in a folder.
 * @param {string} cache
 * @param {string} entry its name changes with what is in it
 * @param {string} folder
 * @param {string} version
 * @param {Fill} fill
 */
export async function fromCache(cache, entry, folder, version, fill) {
  if ((await installFromCache(cache, entry, folder)) !== null) return;
  const work = temporaryFolder(cache);
  const stage = join(work, 'stage');
  mkdirSync(stage);
  await fill(stage, work);
  await addToCache(cache, entry, stage, version);
  rmSync(work, { recursive: true, force: true, maxRetries: 5 });
  if ((await installFromCache(cache, entry, folder)) === null) throw new SetupProblem(`${entry} could not be made.`);
}

/**
 * Some files of a Python package, unpacked into `work`.
 * @param {import('../setup/python.mjs').Wheel} wheel
 * @param {string[]} wanted a name that ends in `/` stands for a folder
 * @param {string} work
 */
export async function unpackWheel(wheel, wanted, work) {
  const python = await findPython();
  const file = await downloadWheel(python, wheel, work);
  await extractWheel(python, file, work, wanted);
  rmSync(file);
}

/**
 * Some files of a Maven artifact, unpacked into `work`.
 * @param {{group: string, artifact: string, version: string, classifier: string, sha256: string}} artifact
 * @param {string[]} wanted
 * @param {string} work
 */
export async function unpackMavenArtifact({ group, artifact, version, classifier, sha256 }, wanted, work) {
  const progress = startProgress(`downloading ${artifact} ${version} for ${classifier} (253 MB)`);
  const plugin = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1';
  const ended = await run(
    process.platform === 'win32' ? 'mvn.cmd' : 'mvn',
    [
      ...['-q', '-B', `${plugin}:copy`, `-Dartifact=${group}:${artifact}:${version}:jar:${classifier}`],
      ...[`-DoutputDirectory=${work}`, '-Dmdep.useBaseVersion=true'],
    ],
    {
      cwd: work,
      shell: process.platform === 'win32',
      limitSeconds: 1800,
      watch: () => {
        progress.update('');
        return 0;
      },
    },
  );
  progress.end();
  if (ended.missing) {
    throw new SetupProblem(
      'Maven is needed to download TensorFlow for Windows. On Debian or Ubuntu: apt install maven. Then run it again.',
    );
  }
  if (ended.code !== 0) {
    throw new SetupProblem('Maven could not download TensorFlow for Windows; what it said stands above.', ended.output);
  }
  const file = await acceptFile(join(work, `${artifact}-${version}-${classifier}.jar`), sha256);
  await extractWheel(await findPython(), file, work, wanted);
  rmSync(file);
}

/**
 * An npm package of another system, unpacked into `work/package`.
 * @param {string} name
 * @param {string} version
 * @param {string} integrity as a lock file has it
 * @param {string} work
 */
export async function unpackNpmPackage(name, version, integrity, work) {
  const progress = startProgress(`downloading ${name} ${version}`);
  const ended = await run(
    process.platform === 'win32' ? 'npm.cmd' : 'npm',
    ['pack', `${name}@${version}`, '--pack-destination', work, '--silent', '--ignore-scripts'],
    { cwd: work, shell: process.platform === 'win32', limitSeconds: 600 },
  );
  progress.end();
  const file = join(work, `${name.replace(/^@/, '').replace('/', '-')}-${version}.tgz`);
  if (ended.code !== 0 || !existsSync(file)) {
    throw new SetupProblem(`npm could not bring ${name}; what it said stands above.`, ended.output);
  }
  const found = `sha512-${createHash('sha512').update(readFileSync(file)).digest('base64')}`;
  if (found !== integrity) throw new SetupProblem(`${name} is not the one expected (${found}), so it was not used.`);
  await unpackTar(file, work);
  rmSync(file);
}

/** @param {string} file @param {string} folder */
export async function unpackTar(file, folder) {
  // Windows has a tar of its own, which reads these too.
  const ended = await run('tar', ['-xzf', file, '-C', folder], { limitSeconds: 600 });
  if (ended.code !== 0) throw new SetupProblem(`${file} could not be unpacked.`, ended.output);
}

/** @param {string} from @param {string} to */
export function copyInto(from, to) {
  mkdirSync(join(to, '..'), { recursive: true });
  copyFileSync(from, to);
}
