import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Transport } from '../ipc/contract.ts';

const transport: Transport = {
  request: (name, payload) => ipcRenderer.invoke('request', name, payload) as Promise<unknown>,
  listen(listener) {
    const pass = (_event: unknown, name: string, payload: unknown) => listener(name, payload);
    ipcRenderer.on('event', pass);
    return () => ipcRenderer.removeListener('event', pass);
  },
  // Runtimes before webUtils put the path on the file itself.
  pathOf: (file) => webUtils?.getPathForFile(file) ?? (file as File & { path?: string }).path ?? '',
};

contextBridge.exposeInMainWorld('duecast', transport);
