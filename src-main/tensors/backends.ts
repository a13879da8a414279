/** What an analyst can ask for: the fastest engine that is there, or one by its name. */
export const BACKENDS = ['auto', 'tensorflow', 'wasm'] as const;
export type Backend = (typeof BACKENDS)[number];
export type EngineName = Exclude<Backend, 'auto'>;
