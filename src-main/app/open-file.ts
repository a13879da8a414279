import { isAbsolute, join } from 'node:path';
import { DuecastError } from '../ipc/errors.ts';

/** The portfolio that a command line names, as the desktop does on a double-click; null where it names none. */
export function portfolioAmong(words: readonly string[], folder: string): string | null {
  // The first word is the program.
  const named = words.slice(1).find((word) => !word.startsWith('-') && /\.duecast$/i.test(word));
  if (named === undefined) return null;
  return isAbsolute(named) ? named : join(folder, named);
}

export interface FileOpener {
  /** Opens a portfolio, or remembers it until there is a session. Null does nothing. */
  open(path: string | null): void;
  begin(openPortfolio: (path: string) => unknown): void;
}

/** Opens what the desktop hands over; the window hears of it as of any portfolio. `tell` says why one did not open. */
export function createFileOpener(tell: (message: string, detail: string) => void): FileOpener {
  let waiting: string | null = null;
  let openPortfolio: ((path: string) => unknown) | null = null;

  async function open(path: string): Promise<void> {
    try {
      await openPortfolio?.(path);
    } catch (error) {
      // A DuecastError says what happened, what was kept and what to do; its detail is for the log.
      const known = error instanceof DuecastError;
      tell(known ? error.message : 'The portfolio could not be opened; it was not changed.', path);
    }
  }

  return {
    open(path) {
      if (path === null) return;
      if (openPortfolio === null) waiting = path;
      else void open(path);
    },
    begin(opens) {
      openPortfolio = opens;
      if (waiting !== null) void open(waiting);
      waiting = null;
    },
  };
}
