import { dialog, type BrowserWindow } from 'electron';
import { existsSync, mkdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { Dialogs } from './session-core.ts';

const PORTFOLIOS = [{ name: 'Duecast portfolio', extensions: ['duecast'] }];

/** The system's own dialogs, over the window. They begin in the data folder, which is made when it is first needed. */
export function createDialogs(parent: () => BrowserWindow, dataFolder: () => string): Dialogs {
  const folder = () => {
    const path = dataFolder();
    if (!existsSync(path)) mkdirSync(path, { recursive: true });
    return path;
  };
  return {
    async openPortfolio() {
      const { filePaths } = await dialog.showOpenDialog(parent(), {
        title: 'Open a portfolio',
        defaultPath: folder(),
        filters: PORTFOLIOS,
        properties: ['openFile'],
      });
      return filePaths[0] ?? null;
    },
    async newPortfolio() {
      const { filePath } = await dialog.showSaveDialog(parent(), {
        title: 'New portfolio',
        defaultPath: join(folder(), 'Portfolio.duecast'),
        filters: PORTFOLIOS,
      });
      return withEnding(filePath, '.duecast');
    },
    async openExports() {
      const { filePaths } = await dialog.showOpenDialog(parent(), {
        title: 'Import exports',
        filters: [
          { name: 'Exports', extensions: ['csv', 'tsv', 'txt', 'tab', 'dat', 'asc', 'xlsx', 'xlsm', 'gz', 'zip'] },
          { name: 'All files', extensions: ['*'] },
        ],
        properties: ['openFile', 'multiSelections'],
      });
      return filePaths;
    },
    async openExportFolder() {
      const { filePaths } = await dialog.showOpenDialog(parent(), {
        title: 'Import a folder of exports',
        properties: ['openDirectory'],
      });
      return filePaths[0] ?? null;
    },
    async openProfile() {
      const { filePaths } = await dialog.showOpenDialog(parent(), {
        title: 'Import a profile',
        filters: [{ name: 'Import profile', extensions: ['json'] }],
        properties: ['openFile'],
      });
      return filePaths[0] ?? null;
    },
    async chooseFolder() {
      const { filePaths } = await dialog.showOpenDialog(parent(), {
        title: 'Data folder',
        defaultPath: folder(),
        properties: ['openDirectory', 'createDirectory'],
      });
      return filePaths[0] ?? null;
    },
    async saveFile(suggestedName) {
      const ending = extname(suggestedName);
      const { filePath } = await dialog.showSaveDialog(parent(), {
        defaultPath: join(folder(), suggestedName),
        filters: [{ name: ending.slice(1).toUpperCase(), extensions: [ending.slice(1)] }],
      });
      return withEnding(filePath, ending);
    },
  };
}

function withEnding(path: string | undefined, ending: string): string | null {
  if (!path) return null;
  return path.toLowerCase().endsWith(ending) ? path : `${path}${ending}`;
}
