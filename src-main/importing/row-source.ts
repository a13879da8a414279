import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { cancelled, DuecastError, fromFailure } from '../ipc/errors.ts';
import type { FileBytes } from './bytes.ts';
import { signatureOf, type FileReading } from './reading.ts';
import type { FromReader, ReaderTask, ToReader } from './reading-thread.ts';
import { rowBlocks, type RowBlock } from './row-blocks.ts';

/** Below, starting a thread takes longer than it saves. */
const LONG_FILE_BYTES = 4 * 2 ** 20;
/** Blocks that may be on their way: enough that neither side waits for the other, few enough for memory. */
const BLOCKS_AHEAD = 4;

/** Of the thread: with little to fill it tidies up sooner. Only the names of customers stay, some millions fit. */
const MEMORY = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 768 };

/** Beside this file in the sources, and beside the bundles. */
const THREAD = new URL(
  import.meta.url.endsWith('.ts') ? './reading-thread.ts' : './reading-thread.cjs',
  import.meta.url,
);

/** Where the rows of a file come from. */
export interface RowSource {
  /** Says what decides how the file is read; before `rows`. */
  start(task: ReaderTask): void;
  /** All of the file's. Throws `cancelled`, `file-unreadable`, `data-refused`. */
  rows(reading: FileReading, signal: AbortSignal): AsyncGenerator<RowBlock>;
  /** Ends what still reads. */
  close(): Promise<void>;
}

/**
 * The rows of a long file are read by a thread of its own, so that reading and storing run side by side; it comes up at
 * once, and finds out how the file is read while this side does the same.
 */
export function openRows(file: FileBytes, thread: URL = THREAD): RowSource {
  // What was unpacked has no name by which a thread could open it.
  if (file.size < LONG_FILE_BYTES || file.sha256 !== undefined) {
    return {
      start: () => undefined,
      rows: (reading, signal) => rowBlocks(file, reading, signal),
      close: () => Promise.resolve(),
    };
  }
  const worker = new Worker(thread, { resourceLimits: MEMORY });
  const receive = receiver(worker);
  const send = (message: ToReader) => worker.postMessage(message);
  const more = () => send({ type: 'more' });
  return {
    start: (task) => send({ type: 'read', task }),
    async *rows(reading, signal) {
      let message: FromReader;
      try {
        message = await receive();
      } catch (error) {
        // A runtime that starts no threads reads more slowly.
        console.error(error);
        yield* rowBlocks(file, reading, signal);
        return;
      }
      if (message.type === 'ready' && message.signature !== signatureOf(reading)) throw changedMeanwhile(file.name);
      for (let i = 0; i < BLOCKS_AHEAD; i++) more();
      for (;;) {
        if (message.type === 'failed') throw fromFailure(message.failure);
        if (signal.aborted) throw cancelled();
        if (message.type === 'block') {
          more();
          yield message.block;
          if (message.block.sha256 !== null) return;
          // Other requests are answered meanwhile.
          await nextTurn();
        }
        message = await receive();
      }
    },
    async close() {
      await worker.terminate();
    },
  };
}

/** Takes a thread's messages one after the other; throws when it has failed and there are no more. */
function receiver(worker: Worker): () => Promise<FromReader> {
  const waiting: FromReader[] = [];
  let failure: unknown = null;
  let wake: () => void = () => undefined;
  const fail = (error: unknown) => {
    failure ??= error;
    wake();
  };
  worker.on('message', (message: FromReader) => {
    waiting.push(message);
    wake();
  });
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('The reading thread ended')));
  return async () => {
    while (waiting.length === 0) {
      if (failure !== null) throw failure;
      await new Promise<void>((resolve) => (wake = resolve));
    }
    return waiting.shift()!;
  };
}

const changedMeanwhile = (file: string) =>
  new DuecastError(
    'file-unreadable',
    `${file} changed while it was being read; nothing was imported. Wait until it is written, then import it again.`,
  );
