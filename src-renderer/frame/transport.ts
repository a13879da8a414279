import type {
  AppEvents,
  EventName,
  RequestName,
  RequestOf,
  ResponseOf,
  Transport,
} from '../../src-main/ipc/contract.ts';
import type { Failure, Result } from '../../src-main/ipc/errors.ts';

declare global {
  interface Window {
    duecast: Transport;
  }
}

/** A failure that came back as a value. */
export class RequestFailure extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.name = 'RequestFailure';
    this.failure = failure;
  }
}

/** Asks the main process. Throws a RequestFailure. */
export async function call<K extends RequestName>(name: K, payload: RequestOf<K>): Promise<Awaited<ResponseOf<K>>> {
  // Svelte's reactive proxies can't be cloned across the bridge.
  const plain = JSON.parse(JSON.stringify(payload)) as unknown;
  const result = (await window.duecast.request(name, plain)) as Result<Awaited<ResponseOf<K>>>;
  if (!result.ok) throw new RequestFailure(result.error);
  return result.value;
}

export type Listeners = { [K in EventName]: (payload: AppEvents[K]) => void };

export const listen = (listeners: Partial<Listeners>): (() => void) =>
  window.duecast.listen((name, payload) => listeners[name as EventName]?.(payload as never));

export const failureOf = (error: unknown): Failure =>
  error instanceof RequestFailure
    ? error.failure
    : {
        code: 'internal',
        message: 'Something went wrong in this window; your data was not changed.',
        detail: String(error),
      };

/** Where a dropped file lies; null for one that is no file of this machine. */
export const pathOf = (file: File): string | null => window.duecast.pathOf(file) || null;
