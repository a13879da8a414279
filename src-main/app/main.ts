import { app, dialog, ipcMain, session as sessions, shell, type BrowserWindow } from 'electron';
import { join } from 'node:path';
import type { AppEvents, EventName } from '../ipc/contract.ts';
import { createDispatch } from '../ipc/dispatch.ts';
import { createDesktop } from './desktop.ts';
import { developmentOrigin } from './development.ts';
import { createDialogs } from './dialogs.ts';
import { followPortfolio, installMenus } from './menus.ts';
import { createNotices } from './notices.ts';
import { createFileOpener, portfolioAmong } from './open-file.ts';
import { createPreferences } from './preferences.ts';
import { chooseProcessHost } from './process-host.ts';
import { declareScheme, ORIGIN, serveApp } from './protocol.ts';
import { createRecentPortfolios } from './recent.ts';
import { denyNavigation, lockDown } from './security.ts';
import { createSession, type Session } from './session.ts';
import { createWindow } from './windows.ts';

/** Beside the bundles: out/main, out/preload, out/renderer. */
const RENDERER = join(__dirname, '..', 'renderer');
const PRELOAD = join(__dirname, '..', 'preload', 'preload.cjs');

const development = developmentOrigin();
const origin = development ?? ORIGIN;

let window: BrowserWindow | null = null;
/** Whether the portfolio is closed and nothing keeps the program. */
let closed = false;

const notice = createNotices(createDesktop(() => window));

const emit = <K extends EventName>(name: K, payload: AppEvents[K]) => {
  if (window !== null && !window.isDestroyed()) window.webContents.send('event', name, payload);
  if (name === 'job') notice(payload as AppEvents['job']);
  if (name === 'portfolioChanged') followPortfolio((payload as AppEvents['portfolioChanged']).open !== null);
};

function openSession(): Session {
  const { host, kind } = chooseProcessHost(app.getAppPath(), __dirname);
  const preferences = createPreferences(
    join(app.getPath('userData'), 'preferences.json'),
    join(app.getPath('documents'), 'Duecast'),
  );
  const dataFolder = () => preferences.view().preferences.dataFolder ?? preferences.view().defaults.dataFolder;
  const session = createSession({
    host,
    info: { version: app.getVersion(), electron: process.versions.electron, engineHost: kind },
    recent: createRecentPortfolios(join(app.getPath('userData'), 'recent.json')),
    preferences,
    dialogs: createDialogs(parent, dataFolder),
    reveal: (path) => shell.showItemInFolder(path),
    emit,
  });
  const dispatch = createDispatch(session.handlers, origin);
  ipcMain.handle('request', ({ sender, senderFrame }, name, payload) =>
    dispatch({ url: senderFrame?.url ?? null, isMainFrame: senderFrame === sender.mainFrame }, name, payload),
  );
  return session;
}

function parent(): BrowserWindow {
  if (window === null) throw new Error('a dialog needs the window');
  return window;
}

function openWindow(): void {
  window = createWindow(origin, PRELOAD, join(app.getPath('userData'), 'window.json'));
  window.on('close', (event) => {
    // The window stands until the question is answered; on macOS the program goes on without one.
    if (closed || process.platform === 'darwin') return;
    event.preventDefault();
    app.quit();
  });
  window.on('closed', () => (window = null));
}

/** Quitting waits until the portfolio is closed, and asks while a job runs whose work would be lost. */
function closeOnQuit(session: Session): void {
  let asking = false;
  app.on('before-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    if (asking) return;
    asking = true;
    void leave(session)
      .then((leaving) => {
        closed = leaving;
        if (leaving) app.quit();
      })
      .finally(() => (asking = false));
  });
}

async function leave(session: Session): Promise<boolean> {
  const job = session.running().find(({ looksOnly }) => !looksOnly);
  if (job !== undefined && window !== null) {
    const { response } = await dialog.showMessageBox(window, {
      type: 'question',
      message: `“${job.title}” is still at work. Quit anyway?`,
      detail: 'It is cancelled then; nothing that it was doing is kept.',
      buttons: ['Quit', 'Stay'],
      defaultId: 1,
      cancelId: 1,
    });
    if (response === 1) return false;
  }
  await session.close().catch(() => undefined);
  return true;
}

function start(): void {
  app.setName('Duecast');
  declareScheme();
  denyNavigation(origin);
  const files = createFileOpener((message, detail) => {
    if (window !== null) void dialog.showMessageBox(window, { type: 'error', message, detail });
    else dialog.showErrorBox(message, detail);
  });
  files.open(portfolioAmong(process.argv, process.cwd()));
  app.on('open-file', (event, path) => {
    event.preventDefault();
    files.open(path);
  });
  app.on('second-instance', (_event, words, folder) => {
    if (window?.isMinimized()) window.restore();
    window?.focus();
    files.open(portfolioAmong(words, folder));
  });
  void app.whenReady().then(() => {
    const { defaultSession } = sessions;
    lockDown(defaultSession, development);
    serveApp(defaultSession, RENDERER);
    const session = openSession();
    closeOnQuit(session);
    installMenus((command) => emit('menu', { command }));
    openWindow();
    files.begin((path) => session.handlers.openPortfolio({ path }));
    app.on('activate', () => {
      if (window === null) openWindow();
    });
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
}

if (app.requestSingleInstanceLock()) start();
else app.quit();
