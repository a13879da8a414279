/** Without what no file's name may hold. */
export const fileName = (name: string) => name.replace(/[\\/:*?"<>|]/g, '-');
