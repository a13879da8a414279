import { app } from 'electron';

/**
 * Where `npm run dev` serves the window from, with hot reload; null in every other start. Only an unpackaged program
 * on this machine's own loopback counts.
 */
export function developmentOrigin(): string | null {
  const address = process.env['ELECTRON_RENDERER_URL'];
  if (app.isPackaged || !address) return null;
  const { hostname, origin } = new URL(address);
  return ['localhost', '127.0.0.1', '[::1]'].includes(hostname) ? origin : null;
}
