import { BrowserWindow, nativeTheme, screen, type Rectangle } from 'electron';
import { readFileSync } from 'node:fs';
import { writeJson } from './recent.ts';

interface WindowState {
  bounds: Rectangle;
  maximized: boolean;
}

const SIZE = { width: 1280, height: 820 };
const LEAST = { minWidth: 900, minHeight: 600 };

/** The window as it was left, if some of it still lies on a screen. */
export function createWindow(origin: string, preload: string, stateFile: string): BrowserWindow {
  const state = readState(stateFile);
  const window = new BrowserWindow({
    ...SIZE,
    ...LEAST,
    ...state?.bounds,
    title: 'Duecast',
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#16191c' : '#ffffff',
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  });
  if (state?.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => {
    const kept: WindowState = { bounds: window.getNormalBounds(), maximized: window.isMaximized() };
    writeJson(stateFile, kept);
  });
  void window.loadURL(`${origin}/index.html`);
  return window;
}

function readState(file: string): WindowState | null {
  try {
    const { bounds, maximized } = JSON.parse(readFileSync(file, 'utf8')) as WindowState;
    const { x, y, width, height } = bounds;
    if (![x, y, width, height].every(Number.isFinite)) return null;
    const seen = screen.getAllDisplays().some(({ workArea }) => overlap(bounds, workArea));
    return seen ? { bounds: { x, y, width, height }, maximized } : null;
  } catch {
    return null;
  }
}

const overlap = (a: Rectangle, b: Rectangle) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
