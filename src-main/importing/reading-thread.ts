import { parentPort } from 'node:worker_threads';
import { toFailure, type Failure } from '../ipc/errors.ts';
import { openFileBytes } from './bytes.ts';
import { examineFile, understand, type AskedReading } from './examine.ts';
import type { Profile } from './profiles.ts';
import { signatureOf } from './reading.ts';
import { movedWith, rowBlocks, type RowBlock } from './row-blocks.ts';
import type { Survey } from './surveyed.ts';
import type { PortfolioShape } from './target.ts';

/** What a reading thread is given: all that decides how the file is read, as plain data. */
export interface ReaderTask {
  file: string;
  asked: AskedReading;
  profiles: readonly Profile[];
  portfolio: PortfolioShape;
  encoding: string;
  survey: Survey | null;
}

export type FromReader =
  { type: 'ready'; signature: string } | { type: 'block'; block: RowBlock } | { type: 'failed'; failure: Failure };

/** First the task; then, one at a time, that a further block may be sent. */
export type ToReader = { type: 'read'; task: ReaderTask } | { type: 'more' };

const port = parentPort!;
let allowed = 0;
let wake: () => void = () => undefined;
port.on('message', (message: ToReader) => {
  if (message.type === 'read') return void read(message.task);
  allowed++;
  wake();
});

/**
 * The reading side of a long import, in a thread of its own. It finds out by itself how the file is read, since what
 * reads cells can't cross threads; the other side compares. It sends as many blocks as it was asked for.
 */
async function read({ file: path, asked, profiles, portfolio, encoding, survey }: ReaderTask): Promise<void> {
  const send = (message: FromReader, moved: ArrayBuffer[] = []) => port.postMessage(message, moved);
  const { signal } = new AbortController();
  try {
    const file = await openFileBytes(path);
    try {
      const context = { signal, progress: () => undefined };
      const wish = understand(asked, profiles);
      const reading = await examineFile(file, wish, profiles, portfolio, context, {}, { encoding, survey });
      send({ type: 'ready', signature: signatureOf(reading) });
      for await (const block of rowBlocks(file, reading, signal)) {
        while (allowed === 0) await new Promise<void>((resolve) => (wake = resolve));
        allowed--;
        send({ type: 'block', block }, movedWith(block));
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    send({ type: 'failed', failure: toFailure(error) });
  }
}
