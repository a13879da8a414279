import { app, type Session } from 'electron';
import { SCHEME } from './protocol.ts';

/** Nothing leaves the window: no network, no permission, no other page, no second window. */
export function lockDown(session: Session, development: string | null): void {
  const own = (url: string) => isOwn(url) || (development !== null && isOf(development, url));
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(isAllowed(permission)));
  session.setPermissionCheckHandler((_contents, permission) => isAllowed(permission));
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !own(url) }));
  session.on('will-download', (event) => event.preventDefault());
}

/** Copying a figure is the one thing that a screen may do outside itself. */
const isAllowed = (permission: string) => permission === 'clipboard-sanitized-write';

const isOwn = (url: string) => [`${SCHEME}:`, 'devtools:', 'data:', 'blob:'].some((scheme) => url.startsWith(scheme));

/** The dev server's pages, and the socket by which it tells of changes. */
const isOf = (origin: string, url: string) =>
  url.startsWith(`${origin}/`) || url.startsWith(`${origin.replace('http', 'ws')}/`);

/** For every page that there will ever be. */
export function denyNavigation(origin: string): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event, url) => {
      if (!url.startsWith(`${origin}/`)) event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}
