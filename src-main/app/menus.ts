import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '../ipc/contract.ts';

/** What makes no sense without a portfolio. */
const NEEDS_PORTFOLIO: readonly MenuCommand[] = ['close', 'save-copy', 'palette'];

/** Greys out what needs a portfolio while none is open. */
export function followPortfolio(isOpen: boolean): void {
  for (const command of NEEDS_PORTFOLIO) {
    const item = Menu.getApplicationMenu()?.getMenuItemById(command);
    if (item) item.enabled = isOpen;
  }
}

/** The native menus, with the shortcuts that each system's programs have. */
export function installMenus(send: (command: MenuCommand) => void): void {
  const isMac = process.platform === 'darwin';
  const item = (label: string, command: MenuCommand, accelerator?: string): MenuItemConstructorOptions => ({
    id: command,
    label,
    ...(accelerator === undefined ? {} : { accelerator }),
    click: () => send(command),
  });
  const about: MenuItemConstructorOptions = { label: '&About Duecast', click: () => app.showAboutPanel() };
  const appMenu: MenuItemConstructorOptions[] = isMac ? [{ role: 'appMenu' }] : [];
  const helpMenu: MenuItemConstructorOptions[] = isMac ? [] : [{ role: 'help', submenu: [about] }];
  const template: MenuItemConstructorOptions[] = [
    ...appMenu,
    {
      label: '&File',
      submenu: [
        item('&New portfolio…', 'new', 'CmdOrCtrl+N'),
        item('&Open portfolio…', 'open', 'CmdOrCtrl+O'),
        item('&Close portfolio', 'close'),
        { type: 'separator' },
        item('&Import export…', 'import', 'CmdOrCtrl+I'),
        item('&Save a copy…', 'save-copy'),
        { type: 'separator' },
        item('&Settings', 'settings', 'CmdOrCtrl+,'),
        { type: 'separator' },
        isMac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        item('&Go to…', 'palette', 'CmdOrCtrl+K'),
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        { role: 'toggleDevTools' },
      ],
    },
    { role: 'windowMenu' },
    ...helpMenu,
  ];
  app.setAboutPanelOptions({
    applicationName: 'Duecast',
    applicationVersion: app.getVersion(),
    copyright: 'MIT licence',
  });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  followPortfolio(false);
}
