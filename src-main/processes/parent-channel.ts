import { Socket } from 'node:net';
import { byteChannel, pipeChannel } from './byte-channel.ts';
import type { Channel } from './rpc.ts';

/** The file descriptor of a Node child's end of the pipe. */
export const PIPE = 3;

/** The part of Electron's port in a utility process that is used here. */
interface ParentPort {
  postMessage(message: Uint8Array): void;
  on(event: 'message', listener: (event: { data: Uint8Array }) => void): void;
}

/** A child's own end of the channel: of a Node child, or of Electron's utility process. */
export function parentChannel(): Channel {
  const { parentPort } = process as { parentPort?: ParentPort };
  if (parentPort !== undefined) {
    return {
      ...byteChannel(
        (bytes) => parentPort.postMessage(bytes),
        (take) => parentPort.on('message', ({ data }) => take(data)),
      ),
      // Electron ends its utility processes itself.
      onClose: () => undefined,
    };
  }
  // Ctrl-C reaches the whole terminal group; the parent decides and sends a cancel.
  process.on('SIGINT', () => undefined);
  const pipe = new Socket({ fd: PIPE, readable: true, writable: true });
  return {
    ...pipeChannel(pipe),
    onClose: (listener) => void pipe.once('close', () => listener('the parent is gone')),
  };
}
