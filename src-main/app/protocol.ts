import { createHash } from 'node:crypto';
import { protocol, type Session } from 'electron';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { HTML_STYLE } from '../reporting/html-style.ts';

/** The window's own scheme: no file of this machine but the app's own can be asked for. */
export const SCHEME = 'app';
export const ORIGIN = `${SCHEME}://duecast`;

/** Of a report's preview: that text, and no other style between tags. */
const REPORT_STYLE = `'sha256-${createHash('sha256').update(HTML_STYLE).digest('base64')}'`;

export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  `style-src 'self' ${REPORT_STYLE}`,
  "img-src 'self' data:",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

/** Before the app is ready. */
export const declareScheme = () =>
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true } }]);

/** The file below `folder` that an address stands for; null for one that leads out of it. */
export function fileOf(folder: string, address: string): string | null {
  let path: string;
  try {
    const { protocol: scheme, host, pathname } = new URL(address);
    if (scheme !== `${SCHEME}:` || host !== 'duecast') return null;
    path = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  if (path.includes('\0')) return null;
  const file = normalize(join(folder, path === '/' ? 'index.html' : path));
  return file.startsWith(folder + sep) ? file : null;
}

/** Answers the scheme from a folder. Runtimes before `protocol.handle` have `registerFileProtocol`. */
export function serveApp({ protocol: own }: Session, folder: string): void {
  const headers = { 'Content-Security-Policy': CONTENT_SECURITY_POLICY, 'X-Content-Type-Options': 'nosniff' };
  if (typeof own.handle === 'function') {
    own.handle(SCHEME, async ({ url }) => {
      const file = fileOf(folder, url);
      const type = file === null ? undefined : TYPES[extname(file)];
      if (file === null || type === undefined) return new Response('', { status: 404 });
      try {
        return new Response(await readFile(file), { headers: { ...headers, 'Content-Type': type } });
      } catch {
        return new Response('', { status: 404 });
      }
    });
    return;
  }
  const NOT_FOUND = -6;
  own.registerFileProtocol(SCHEME, ({ url }, answer) => {
    const path = fileOf(folder, url);
    answer(path === null ? { error: NOT_FOUND } : { path, headers });
  });
}
