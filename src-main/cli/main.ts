import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// Else every process of a command strips and compiles all its modules anew, which takes longer than most commands.
const cache = fileURLToPath(new URL('../../node_modules/.cache/duecast-compiled', import.meta.url));
enableCompileCache(cache);
process.env['NODE_COMPILE_CACHE'] ??= cache;
await import('./run.ts');
