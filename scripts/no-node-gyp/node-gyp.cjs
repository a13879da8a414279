#!/usr/bin/env node
/**
 * Stands in for node-gyp while npm installs packages. npm below 11 runs `node-gyp rebuild` for better-sqlite3 although
 * that package brings its binaries and asks not to be built; without Python and a compiler all of `npm install` would
 * fail for it. (npm 11 heeds `allowScripts` in package.json. `install-links` in .npmrc has this in place in time.)
 */
process.stderr.write('no-node-gyp: nothing is compiled, the binary in the package is used\n');
