import type { SanityDocument, ShuffledDocument } from '../ipc/sanity.ts';
import type { SanityRequest, ShuffledRequest } from './model-api.ts';
import type { CallContext } from './rpc.ts';
import type { Workspace } from './workspace.ts';

type Asked<Request> = Omit<Request, 'path'>;

/** What speaks for and against a training's figures. Nothing is written, and no outcome of a test customer looked at. */
export const checkPortfolio = (
  { path, withModelProcess }: Workspace,
  request: Asked<SanityRequest>,
  context: CallContext,
): Promise<SanityDocument> => withModelProcess((models) => models.call('sanity', { path, ...request }, context));

/** The same for outcomes that are shuffled between customers. Throws `usage`, and as the other does. */
export const shuffleOutcomes = (
  { path, withModelProcess }: Workspace,
  request: Asked<ShuffledRequest>,
  context: CallContext,
): Promise<ShuffledDocument> => withModelProcess((models) => models.call('shuffled', { path, ...request }, context));
