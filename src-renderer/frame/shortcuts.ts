/** Shortcuts are written as each system writes them; the native menus listen for them. */
export const IS_MAC = /Mac/.test(navigator.platform);
