import type { Channel } from './rpc.ts';

/** The processes that there are, by what they do. */
export type ProcessRole = 'store' | 'model';

export interface StartedProcess {
  channel: Channel;
  /** Ends it at once; what it was doing is lost. Resolves when it is gone. */
  stop(): Promise<void>;
}

/** Starts the processes that the main process owns: a Node child here, a utility process in the app. */
export interface ProcessHost {
  start(role: ProcessRole): StartedProcess;
}
