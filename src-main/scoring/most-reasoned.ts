import type { ModelKind } from '../ipc/documents.ts';
import { isNetwork } from '../models/model-names.ts';

/** Integrated gradients take some milliseconds a customer, the terms of a snapshot model less than one. */
const BY_NETWORKS = 500;
const BY_SNAPSHOTS = 5000;

/** For how many customers a scoring looks for reasons, so that they take seconds. */
export const mostReasoned = (kind: ModelKind): number =>
  isNetwork(kind) || kind === 'ensemble' ? BY_NETWORKS : BY_SNAPSHOTS;
