/** Why a request failed. The command line's exit code and the app's wording both follow from it. */
export type ErrorCode =
  | 'usage'
  | 'cancelled'
  | 'data-refused'
  | 'file-missing'
  | 'file-exists'
  | 'file-unreadable'
  | 'portfolio-missing'
  | 'portfolio-invalid'
  | 'portfolio-newer'
  | 'portfolio-locked'
  | 'portfolio-read-only'
  | 'portfolio-damaged'
  | 'not-found'
  | 'not-allowed'
  | 'too-small'
  | 'model-refused'
  | 'engine-missing'
  | 'process-ended'
  | 'internal';

/** An error as a value, the only form in which one crosses a process boundary. */
export interface Failure {
  code: ErrorCode;
  /** For the analyst: what happened, what was kept, what to do. */
  message: string;
  /** For the log. */
  detail?: string;
}

export type Result<T> = { ok: true; value: T } | { ok: false; error: Failure };

/** An expected failure. Anything else that is thrown is a defect and becomes `internal` at the boundary. */
export class DuecastError extends Error {
  readonly code: ErrorCode;
  readonly detail: string | undefined;

  constructor(code: ErrorCode, message: string, detail?: string) {
    super(message);
    this.name = 'DuecastError';
    this.code = code;
    this.detail = detail;
  }
}

export const cancelled = () => new DuecastError('cancelled', 'Cancelled; nothing was changed.');

export function toFailure(error: unknown): Failure {
  if (error instanceof DuecastError) {
    return {
      code: error.code,
      message: error.message,
      ...(error.detail === undefined ? {} : { detail: error.detail }),
    };
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { code: 'internal', message: 'Something went wrong inside Duecast; your data was not changed.', detail };
}

export const fromFailure = (failure: Failure) => new DuecastError(failure.code, failure.message, failure.detail);
