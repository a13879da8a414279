import type { Failure } from '../../src-main/ipc/errors.ts';

/** A failure as it is copied for whoever helps. */
export const detailsOf = ({ code, message, detail }: Failure) =>
  [`${code}: ${message}`, detail].filter((part) => part !== undefined).join('\n\n');
