import { app, Notification, type BrowserWindow } from 'electron';
import type { Desktop } from './notices.ts';

/** The taskbar or dock, and the system's notifications; `window` is null while there is none. */
export function createDesktop(window: () => BrowserWindow | null): Desktop {
  // One that nothing refers to any more takes no click.
  let notification: Notification | null = null;
  const present = () => {
    const found = window();
    return found === null || found.isDestroyed() ? null : found;
  };
  const show = () => {
    const found = present();
    if (found?.isMinimized()) found.restore();
    found?.show();
    found?.focus();
  };
  return {
    isFocused: () => present()?.isFocused() ?? false,
    showProgress(progress) {
      // Above 1 is Electron's word for “no share is known”, below 0 for none.
      const value = progress === null ? -1 : progress === 'unknown' ? 2 : Math.min(1, progress);
      present()?.setProgressBar(value, { mode: progress === 'unknown' ? 'indeterminate' : 'normal' });
    },
    notify(title, body) {
      const found = present();
      found?.once('focus', () => found.flashFrame(false));
      if (process.platform === 'darwin') app.dock?.bounce('informational');
      else found?.flashFrame(true);
      if (!Notification.isSupported()) return;
      notification = new Notification({ title, body });
      notification.on('click', show);
      notification.show();
    },
  };
}
