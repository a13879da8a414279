import { join } from 'node:path';
import { openCache, removeTemporaryFolders } from './cache.mjs';
import { endAll } from './children.mjs';
import { installLightgbm, lightgbmFiles } from './lightgbm.mjs';
import { takeLock } from './lock.mjs';
import { say, SetupProblem } from './messages.mjs';
import { installNode, installPackages, nodeBinaryPath, packagesArePresent } from './packages.mjs';
import { isUpToDate, removeStamp, writeStamp } from './stamp.mjs';
import { installTensorflow, tensorflowFiles } from './tensorflow.mjs';

/**
 * Does what is to be done and says so on stderr. Packages and Node 24 must be there in the end; LightGBM and TensorFlow
 * may be missing.
 * @param {string} root the clone
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Promise<number>} the exit code
 */
export async function setUp(root, environment) {
  let tidy = () => {};
  try {
    const cache = openCache();
    const free = await takeLock(join(cache, 'set-up.lock'));
    tidy = () => {
      removeTemporaryFolders(cache);
      free();
    };
    endOnSignals(tidy);
    // Whoever held the lock may have done it all.
    if (isUpToDate(root, environment, Date.now())) return 0;
    removeTemporaryFolders(cache);
    await bringAll(root, cache, environment);
    return 0;
  } catch (error) {
    if (!(error instanceof SetupProblem)) throw error;
    report(error.message, error);
    return 1;
  } finally {
    tidy();
  }
}

/**
 * @param {string} message
 * @param {unknown} error
 */
function report(message, error) {
  if (error instanceof SetupProblem && error.output !== '') process.stderr.write(`${error.output.trimEnd()}\n`);
  say(message);
}

/**
 * @param {string} root
 * @param {string} cache
 * @param {NodeJS.ProcessEnv} environment
 */
async function bringAll(root, cache, environment) {
  if (!packagesArePresent(root)) {
    removeStamp(root);
    await installPackages(root);
  }
  removeStamp(root);
  await installNode(root);

  const lightgbm = await part('LightGBM', () => installLightgbm(root, cache));
  /** @type {import('./stamp.mjs').Part} */
  const skipped = {
    ok: false,
    how: 'skipped',
    version: '',
    problem:
      'TensorFlow is not available: DUECAST_NO_TENSORFLOW=1 left it out. Run set-up again without that: npm run setup.',
  };
  const tensorflow =
    environment['DUECAST_NO_TENSORFLOW'] === '1'
      ? skipped
      : await part('TensorFlow', () => installTensorflow(root, cache));
  const keyFiles = [
    nodeBinaryPath,
    ...(lightgbm.ok ? lightgbmFiles() : []),
    ...(tensorflow.ok ? tensorflowFiles(root) : []),
  ];
  writeStamp(root, environment, Date.now(), { tensorflow, lightgbm }, keyFiles);
  const missing = [lightgbm.ok ? '' : 'LightGBM', tensorflow.ok ? '' : 'TensorFlow'].filter(Boolean);
  say(missing.length === 0 ? 'ready.' : `ready, without ${missing.join(' and ')}; what does not need it works.`);
}

/**
 * One optional part: what goes wrong is said, and recorded for `doctor`.
 * @param {string} name
 * @param {() => Promise<import('./stamp.mjs').Part>} install
 * @returns {Promise<import('./stamp.mjs').Part>}
 */
async function part(name, install) {
  try {
    return await install();
  } catch (error) {
    const problem = `${name} is not available: ${error instanceof Error ? error.message : String(error)}`;
    report(problem, error);
    return { ok: false, how: 'missing', version: '', problem };
  }
}

/**
 * Ctrl-C and the like: end what runs, leave nothing half-done, end with the signal's exit code.
 * @param {() => void} tidy
 */
function endOnSignals(tidy) {
  for (const [signal, code] of /** @type {[NodeJS.Signals, number][]} */ ([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ])) {
    process.once(signal, () => {
      void endAll().then(() => {
        tidy();
        say('cancelled; the next run goes on from here.');
        process.exit(code);
      });
    });
  }
}
