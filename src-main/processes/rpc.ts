import { cancelled, DuecastError, fromFailure, toFailure, type Result } from '../ipc/errors.ts';

/** How far a long request is. `lane` tells concurrent parts of one job apart. */
export interface SeedProgress {
  /** From 1. */
  number: number;
  of: number;
  /** Of all that are still to come; null while the first one is trained. */
  secondsLeft: number | null;
}

export interface Progress {
  phase: string;
  done: number;
  total: number;
  lane?: string;
  /** What a phase has to show besides: a training's epoch and losses. */
  figures?: unknown;
  /** The lane has come to its end, and how; nothing more is told of it. */
  ended?: 'trained' | 'refused';
  /** Of a training that is repeated with other seeds. */
  seed?: SeedProgress;
}

/** What a handler gets beside its request. */
export interface CallContext {
  signal: AbortSignal;
  progress(progress: Progress): void;
}

type Answer<T> = T | Promise<T>;
/** The functions of an interface whose every method takes one object. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- only the shape matters here
export type Requests<Api> = { [K in keyof Api]: Api[K] extends (request: any) => any ? Api[K] : never };
/** Answers every method of `Api`: one forgotten, or one too many, does not compile. */
export type Handlers<Api> = {
  [K in keyof Requests<Api>]: (
    request: Parameters<Requests<Api>[K]>[0],
    context: CallContext,
  ) => Answer<ReturnType<Requests<Api>[K]>>;
};

/** Two ends that exchange snapshots of plain values and typed arrays; `send` throws for what does not cross (wire.ts). */
export interface Channel {
  send(message: Message): void;
  onMessage(listener: (message: Message) => void): void;
  /** The other end is gone. */
  onClose(listener: (reason: string) => void): void;
}

export type Message =
  | { type: 'request'; id: number; method: string; request: unknown }
  | { type: 'cancel'; id: number }
  | { type: 'progress'; id: number; progress: Progress }
  | { type: 'answer'; id: number; result: Result<unknown> };

/** Answers requests that come over a channel; errors cross as values. */
export function serve<Api>(channel: Channel, handlers: Handlers<Api>): void {
  const running = new Map<number, AbortController>();
  const answer = async (id: number, method: string, request: unknown) => {
    const abort = new AbortController();
    running.set(id, abort);
    const context: CallContext = {
      signal: abort.signal,
      progress: (progress) => channel.send({ type: 'progress', id, progress }),
    };
    let result: Result<unknown>;
    try {
      if (!Object.hasOwn(handlers, method)) throw new Error(`no handler for ${method}`);
      const handler = handlers[method as keyof Api] as (request: unknown, context: CallContext) => unknown;
      result = { ok: true, value: await handler(request, context) };
    } catch (error) {
      result = { ok: false, error: toFailure(error) };
    }
    running.delete(id);
    try {
      channel.send({ type: 'answer', id, result });
    } catch (error) {
      // What cannot be cloned must not leave the other end waiting.
      channel.send({ type: 'answer', id, result: { ok: false, error: toFailure(error) } });
    }
  };
  channel.onMessage((message) => {
    if (message.type === 'request') void answer(message.id, message.method, message.request);
    if (message.type === 'cancel') running.get(message.id)?.abort();
  });
}

/** A handler's own context fits, so that what it is asked it can pass on. */
export type CallOptions = Partial<CallContext>;

export interface Client<Api> {
  /** Throws the handler's DuecastError; `process-ended` when the other end goes away first. */
  call<K extends keyof Api & string>(
    method: K,
    request: Parameters<Requests<Api>[K]>[0],
    options?: CallOptions,
  ): Promise<Awaited<ReturnType<Requests<Api>[K]>>>;
}

/** What shows progress must not end what makes it. */
function tell(listener: CallOptions['progress'], progress: Progress): void {
  try {
    listener?.(progress);
  } catch (error) {
    console.error(error);
  }
}

const ENDED = 'A part of Duecast stopped unexpectedly; what it was doing was not kept. Try again.';

/** `endedMessage`: for the analyst, should the other end go away. */
export function connect<Api>(channel: Channel, endedMessage = ENDED): Client<Api> {
  const waiting = new Map<number, { settle(result: Result<unknown>): void; progress: CallOptions['progress'] }>();
  let next = 1;
  let ended: DuecastError | null = null;
  channel.onMessage((message) => {
    if (message.type === 'answer') waiting.get(message.id)?.settle(message.result);
    if (message.type === 'progress') tell(waiting.get(message.id)?.progress, message.progress);
  });
  channel.onClose((reason) => {
    ended = new DuecastError('process-ended', endedMessage, reason);
    for (const { settle } of [...waiting.values()]) settle({ ok: false, error: toFailure(ended) });
  });
  return {
    call(method, request, { signal, progress } = {}) {
      return new Promise((resolve, reject) => {
        if (ended !== null) return reject(ended);
        if (signal?.aborted) return reject(cancelled());
        const id = next++;
        const cancel = () => channel.send({ type: 'cancel', id });
        signal?.addEventListener('abort', cancel, { once: true });
        waiting.set(id, {
          progress,
          settle(result) {
            waiting.delete(id);
            signal?.removeEventListener('abort', cancel);
            if (result.ok) resolve(result.value as never);
            else reject(fromFailure(result.error));
          },
        });
        channel.send({ type: 'request', id, method, request });
      });
    },
  };
}
