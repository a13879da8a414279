/**
 * Brings what a fresh clone lacks: packages, Node 24, LightGBM's library and native TensorFlow. Runs before each main
 * npm script, on Node 20 and with nothing installed, so it uses Node's own modules only; see docs/set-up.md.
 */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isUpToDate } from './setup/stamp.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

if (!isUpToDate(root, process.env, Date.now())) {
  const { setUp } = await import('./setup/steps.mjs');
  process.exitCode = await setUp(root, process.env);
}
