import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** `node test/ui/gallery/build.ts`: a page, for looking, with every part of a screen in both themes, at out/gallery. */

await build({
  root: fileURLToPath(new URL('.', import.meta.url)),
  configFile: false,
  // Opened as a file, without a server.
  base: './',
  plugins: [svelte()],
  build: {
    outDir: fileURLToPath(new URL('../../../out/gallery', import.meta.url)),
    emptyOutDir: true,
    target: 'chrome108',
    cssTarget: 'chrome108',
    modulePreload: false,
  },
});
