import type { Channel, Message } from '../../src-main/processes/rpc.ts';

/** One end of a channel, with what was sent from it. */
export interface RecordedChannel extends Channel {
  sent: Message[];
}

/** Two ends in one process: messages cross as structured clones, in order, never within `send`. */
export function channelPair(): { near: RecordedChannel; far: RecordedChannel; close(reason: string): void } {
  let open = true;
  const messageListeners: ((message: Message) => void)[][] = [[], []];
  const closeListeners: ((reason: string) => void)[] = [];
  const end = (own: 0 | 1): RecordedChannel => {
    const sent: Message[] = [];
    return {
      sent,
      send(message) {
        const clone = structuredClone(message);
        sent.push(clone);
        setImmediate(() => {
          if (open) for (const listener of messageListeners[1 - own]) listener(clone);
        });
      },
      onMessage: (listener) => void messageListeners[own].push(listener),
      onClose: (listener) => void closeListeners.push(listener),
    };
  };
  return {
    near: end(0),
    far: end(1),
    close(reason) {
      open = false;
      for (const listener of closeListeners) listener(reason);
    },
  };
}
