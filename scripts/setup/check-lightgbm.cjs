/**
 * Run on Node 24, as a process of its own since a library that doesn't fit may crash it: loads LightGBM's library.
 * Usage: node check-lightgbm.cjs <clone> <library>
 */
const { createRequire } = require('node:module');
const { join } = require('node:path');

const [, , clone = '.', library = ''] = process.argv;
const koffi = createRequire(join(clone, 'package.json'))('koffi');
const lastError = koffi.load(library).func('const char* LGBM_GetLastError()');
if (typeof lastError() !== 'string') throw new Error('LGBM_GetLastError gave no text');
