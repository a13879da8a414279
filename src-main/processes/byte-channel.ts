import type { Duplex } from 'node:stream';
import type { Channel, Message } from './rpc.ts';
import { createDecoder, encode } from './wire.ts';

type Ends = Pick<Channel, 'send' | 'onMessage'>;

/** Messages over anything that carries bytes in order. `read` is called once, with who takes the bytes. */
export function byteChannel(
  write: (bytes: Uint8Array) => void,
  read: (take: (piece: Uint8Array) => void) => void,
): Ends {
  const decode = createDecoder();
  const listeners: ((message: Message) => void)[] = [];
  return {
    send: (message) => write(encode(message)),
    onMessage(listener) {
      listeners.push(listener);
      if (listeners.length > 1) return;
      read((piece) => {
        for (const message of decode(piece)) for (const each of listeners) each(message);
      });
    },
  };
}

/** Messages over a pipe. What is sent once the other end is gone is lost; the owner tells by other signs that it is. */
export function pipeChannel(pipe: Duplex): Ends {
  pipe.on('error', () => undefined);
  return byteChannel(
    (bytes) => {
      // Not `writable`: before Node 18 a parent's end of a pipe says that it is not, and is.
      if (!pipe.destroyed && !pipe.writableEnded) pipe.write(bytes);
    },
    (take) => void pipe.on('data', take),
  );
}
