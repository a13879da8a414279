/**
 * Asks whether Electron's own installer could download: fetches the smallest file of the same release by the same way
 * (mirrors and proxies heeded). Exit code 0: it could. Usage: node probe-electron.cjs <electron's folder>
 */
const { mkdtempSync, readFileSync, rmSync } = require('node:fs');
const { createRequire } = require('node:module');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const [, , folder = ''] = process.argv;
const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
const { downloadArtifact } = createRequire(join(folder, 'install.js'))('@electron/get');
const cacheRoot = mkdtempSync(join(tmpdir(), 'duecast-probe-'));

downloadArtifact({
  version,
  isGeneric: true,
  artifactName: 'SHASUMS256.txt',
  unsafelyDisableChecksums: true,
  cacheRoot,
})
  .then(
    () => 0,
    () => 1,
  )
  .then((/** @type {number} */ code) => {
    rmSync(cacheRoot, { recursive: true, force: true });
    process.exit(code);
  });
