/**
 * Where a file of the installed program lies for whoever knows no asar archive: the system's loader, and programs that
 * are started. Electron reads app.asar as a folder; what must be a real file lies in app.asar.unpacked beside it. Any
 * other path stays as it is.
 */
export const unpacked = (path: string): string => path.replace(/([\\/]app\.asar)(?=[\\/])/, '$1.unpacked');
