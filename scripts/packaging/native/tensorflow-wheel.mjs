import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { installFromCache } from '../../setup/cache.mjs';
import { BUILD, buildTensorflow, RECIPES, SOURCE } from '../../setup/tensorflow-build.mjs';

/**
 * TensorFlow as set-up makes it from its Python package, whatever this clone itself runs on.
 * @param {string} root
 * @param {string} cache
 * @param {string} folder where tfjs-node's is to be
 * @param {string} system
 * @param {Partial<import('../../setup/tensorflow-build.mjs').Recipe>} [otherwise] another compiler
 * @returns {Promise<string>} its version
 */
export async function putTensorflow(root, cache, folder, system, otherwise) {
  const own = join(root, 'node_modules', '@tensorflow', 'tfjs-node');
  const { version } = JSON.parse(readFileSync(join(own, 'package.json'), 'utf8'));
  const recipe = { ...RECIPES[system], ...otherwise };
  const how = otherwise === undefined ? BUILD : `${BUILD}-zig`;
  const entry = `tensorflow/${recipe.wheel.sha256.slice(0, 12)}-tfjs-node-${version}-${system}-${how}`;
  let installed = await installFromCache(cache, entry, folder);
  if (installed === null) {
    await buildTensorflow(cache, entry, recipe, root, own);
    installed = await installFromCache(cache, entry, folder);
  }
  rmSync(join(folder, SOURCE));
  return installed?.version ?? '';
}
