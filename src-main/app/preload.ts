import { contextBridge, ipcRenderer } from 'electron';
import type { Transport } from '../ipc/contract.ts';

const transport: Transport = {
  request: (name, payload) => ipcRenderer.invoke('request', name, payload) as Promise<unknown>,
  listen(listener) {
    const pass = (_event: unknown, name: string, payload: unknown) => listener(name, payload);
    ipcRenderer.on('event', pass);
    return () => ipcRenderer.removeListener('event', pass);
  },
};

contextBridge.exposeInMainWorld('duecast', transport);
