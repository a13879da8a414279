import { app, type Session } from 'electron';
import { ORIGIN, SCHEME } from './protocol.ts';

/** Nothing leaves the window: no network, no permission, no other page, no second window. */
export function lockDown(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(isAllowed(permission)));
  session.setPermissionCheckHandler((_contents, permission) => isAllowed(permission));
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !isOwn(url) }));
  session.on('will-download', (event) => event.preventDefault());
}

/** Copying a figure is the one thing that a screen may do outside itself. */
const isAllowed = (permission: string) => permission === 'clipboard-sanitized-write';

const isOwn = (url: string) => [`${SCHEME}:`, 'devtools:', 'data:', 'blob:'].some((scheme) => url.startsWith(scheme));

/** For every page that there will ever be. */
export function denyNavigation(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event, url) => {
      if (!url.startsWith(`${ORIGIN}/`)) event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}
