import { REQUEST_NAMES, type RequestName, type RequestOf, type ResponseOf } from './contract.ts';
import { DuecastError, toFailure, type Result } from './errors.ts';
import { checkRequest } from './schemas.ts';

/** One handler for each request: a forgotten one, or one too many, does not compile. */
export type AppHandlers = {
  [K in RequestName]: (request: RequestOf<K>) => ResponseOf<K> | Promise<ResponseOf<K>>;
};

/** Where a request came from, as the platform tells it. */
export interface Sender {
  /** The frame's address, null when the frame is gone. */
  url: string | null;
  isMainFrame: boolean;
}

const isRequestName = (name: unknown): name is RequestName => (REQUEST_NAMES as readonly unknown[]).includes(name);

/** Answers a request of the window: checks who asks, what, and with what. Never throws; errors are values. */
export function createDispatch(
  handlers: AppHandlers,
  origin: string,
): (sender: Sender, name: unknown, payload: unknown) => Promise<Result<unknown>> {
  const call = async <K extends RequestName>(name: K, payload: unknown) => handlers[name](checkRequest(name, payload));
  return async (sender, name, payload) => {
    try {
      if (!sender.isMainFrame || sender.url === null || !sender.url.startsWith(`${origin}/`)) {
        throw new DuecastError(
          'not-allowed',
          'This request did not come from Duecast’s own window.',
          String(sender.url),
        );
      }
      if (!isRequestName(name)) throw new DuecastError('usage', 'There is no such request.', String(name));
      return { ok: true, value: await call(name, payload) };
    } catch (error) {
      return { ok: false, error: toFailure(error) };
    }
  };
}
