import type { Arguments, Options } from './arguments.ts';
import type { Shell } from './shell.ts';

/** What a command answers with: one document for scripts, the same in words for people. */
export interface Output {
  document: unknown;
  text: string;
  /** Where the work was done and part of it was refused. */
  exitCode?: number;
}

export interface Command {
  /** What follows the name: `FILE… --portfolio P [--dry-run]`. */
  usage: string;
  options: Options;
  run(args: Arguments, shell: Shell): Promise<Output>;
}

/** The option that nearly every command takes. */
export const PORTFOLIO = { value: 'FILE', about: 'the portfolio, a .duecast file', required: true };
