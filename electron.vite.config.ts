import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';
import { resolve } from 'node:path';
import { licencesPlugin } from './scripts/licences.mjs';

const source = (path: string) => resolve(import.meta.dirname, path);

/**
 * CommonJS bundles that run on every Electron from 22 on. They lie two folders below the root, as their sources do, so
 * that paths relative to a file hold in both.
 */
const commonJs = (folder: string) => ({
  outDir: `out/${folder}`,
  target: 'node16',
  minify: false,
  rollupOptions: {
    output: { format: 'cjs' as const, entryFileNames: '[name].cjs', chunkFileNames: '[name]-[hash].cjs' },
  },
});

const licences = licencesPlugin(import.meta.dirname);

const main = commonJs('main');
const preload = commonJs('preload');

export default defineConfig({
  main: {
    plugins: [licences],
    build: {
      ...main,
      rollupOptions: {
        ...main.rollupOptions,
        input: {
          main: source('src-main/app/main.ts'),
          'store-process': source('src-main/processes/store-process.ts'),
          'model-process': source('src-main/processes/model-process.ts'),
          'reading-thread': source('src-main/importing/reading-thread.ts'),
          'predicting-thread': source('src-main/tensors/predicting-thread.ts'),
        },
      },
    },
  },
  preload: {
    plugins: [licences],
    build: {
      ...preload,
      minify: true,
      rollupOptions: { ...preload.rollupOptions, input: { preload: source('src-main/app/preload.ts') } },
    },
  },
  renderer: {
    root: source('src-renderer'),
    plugins: [svelte({ configFile: false }), licences],
    build: {
      outDir: 'out/renderer',
      target: 'chrome108',
      cssMinify: 'lightningcss',
      cssTarget: 'chrome108',
      rollupOptions: { input: source('src-renderer/index.html') },
    },
  },
});
