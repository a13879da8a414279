import { DuecastError, toFailure, type ErrorCode } from '../ipc/errors.ts';
import { Arguments } from './arguments.ts';
import type { Command, Output } from './command.ts';
import { COMMANDS, type ListedCommand } from './commands.ts';
import { createShell } from './shell.ts';
import { besides, wrapped } from './wrap.ts';

const EXIT: Partial<Record<ErrorCode, number>> = { usage: 2, 'data-refused': 3, cancelled: 130 };
const FAILED = 1;
/** Defects: the log is worth seeing. */
const UNEXPECTED: readonly ErrorCode[] = ['internal', 'process-ended'];

const JSON_OPTION = { json: { value: null, about: 'print one JSON document' } };
const HELP_WORDS = ['--help', '-h', 'help'];
const HELP_OPTIONS = ['--help', '-h'];
/** npm runs scripts in the project's folder; names are meant from where it was typed. */
const { INIT_CWD: typedIn, npm_lifecycle_event: script } = process.env;

function overview(): string {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length));
  const lines = COMMANDS.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return [
    'Usage: npm run -s duecast -- COMMAND [options] [--json]',
    '',
    ...lines,
    '',
    'COMMAND --help tells more.',
  ].join('\n');
}

function help({ name, summary }: ListedCommand, { usage, options }: Command): string {
  const lines = Object.entries({ ...options, ...JSON_OPTION }).map(([option, { value, about }]) => {
    const typed = `--${option}${value === null ? '' : ` ${value}`}`;
    return besides(`  ${typed.padEnd(24)}  `, about, process.stdout.columns);
  });
  return [`${name}: ${summary}`, '', `Usage: npm run -s duecast -- ${name} ${usage}`, '', ...lines].join('\n');
}

async function run(words: string[], json: boolean): Promise<Output> {
  const [name, ...rest] = words;
  if (name === undefined || HELP_WORDS.includes(name))
    return { document: { commands: COMMANDS.map((command) => command.name) }, text: overview() };
  const listed = COMMANDS.find((known) => known.name === name);
  if (listed === undefined) {
    throw new DuecastError(
      'usage',
      `There is no command “${name}”. There are ${COMMANDS.map((known) => known.name).join(', ')}.`,
    );
  }
  const command = await listed.load();
  if (rest.some((word) => HELP_OPTIONS.includes(word)))
    return { document: { usage: command.usage }, text: help(listed, command) };
  const args = new Arguments(rest, { ...command.options, ...JSON_OPTION });
  return command.run(args, createShell(process.stderr, json ? process.stderr : process.stdout));
}

// Whoever reads no further, as `| head` does, wants no more of it.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

const words = process.argv.slice(2);
const json = words.includes('--json');
if (typedIn !== undefined && (script === 'duecast' || script === 'demo')) process.chdir(typedIn);
try {
  const { document, text, exitCode } = await run(
    words.filter((word) => word !== '--json'),
    json,
  );
  process.stdout.write(json ? `${JSON.stringify(document)}\n` : `${wrapped(text, process.stdout.columns)}\n`);
  process.exitCode = exitCode ?? 0;
} catch (error) {
  const failure = toFailure(error);
  if (json) process.stdout.write(`${JSON.stringify({ error: failure })}\n`);
  else process.stderr.write(`${wrapped(failure.message, process.stderr.columns)}\n`);
  if (UNEXPECTED.includes(failure.code) && !json) process.stderr.write(`${failure.detail}\n`);
  process.exitCode = EXIT[failure.code] ?? FAILED;
}
