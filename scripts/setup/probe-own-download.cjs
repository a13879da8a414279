/**
 * Asks whether tfjs-node's own installer would get its library: runs it up to the download and, in place of that, makes
 * the same request (same address, same proxy) and reads only the answer's head. Run on Node 24.
 * Usage: node probe-own-download.cjs <tfjs-node's folder> <an empty folder>; the last line is {status, bytes, version}.
 */
const { createRequire } = require('node:module');
const http = require('node:http');
const https = require('node:https');
const { join } = require('node:path');

const [, , packageFolder = '', emptyFolder = ''] = process.argv;
const requireAsInstaller = createRequire(join(packageFolder, 'scripts', 'install.js'));

/** @param {{status: number, bytes: number, problem?: string}} answer @returns {never} */
function finish(answer) {
  process.stdout.write(JSON.stringify({ ...answer, version: constants.LIBTENSORFLOW_VERSION }) + '\n');
  process.exit();
}

/** @param {string} address */
function ask(address) {
  const { protocol, hostname, port, pathname, search } = new URL(address);
  const client = protocol === 'https:' ? https : http;
  const { HTTPS_PROXY, https_proxy, HTTP_PROXY, http_proxy } = process.env;
  const proxy = HTTPS_PROXY || https_proxy || HTTP_PROXY || http_proxy;
  const agent = proxy ? new (requireAsInstaller('https-proxy-agent'))(proxy) : client.globalAgent;
  client
    .get({ protocol, hostname, port, path: pathname + search, agent }, (response) =>
      finish({ status: response.statusCode ?? 0, bytes: Number(response.headers['content-length'] ?? 0) }),
    )
    .on('error', (error) => finish({ status: 0, bytes: 0, problem: error.message }));
}

// Its own arguments would choose another kind of library.
process.argv.length = 2;
// The installer clears and fills `depsPath`; here that is an empty folder elsewhere.
const constants = requireAsInstaller('./deps-constants.js');
constants.depsPath = join(emptyFolder, 'deps');
constants.depsLibTensorFlowPath = join(emptyFolder, 'deps', 'none');

const resources = requireAsInstaller('./resources.js');
resources.downloadAndUnpackResource = ask;
requireAsInstaller('./install.js');
