import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { DuecastError } from '../ipc/errors.ts';

/** One option of a command: `--name VALUE`, or `--name` alone where it takes no value. */
export interface Option {
  /** What stands for the value in the help; null: a switch. */
  value: string | null;
  about: string;
  many?: boolean;
  required?: boolean;
}

export type Options = Record<string, Option>;

/** What was typed, checked against a command's options. */
export class Arguments {
  readonly positionals: string[];
  private readonly values: Record<string, string | boolean | (string | boolean)[] | undefined>;

  /** Throws `usage` for unknown options, missing values and missing required options. */
  constructor(words: string[], options: Options) {
    const config: ParseArgsOptionsConfig = {};
    for (const [name, { value, many }] of Object.entries(options)) {
      config[name] = { type: value === null ? 'boolean' : 'string', multiple: many ?? false };
    }
    try {
      const parsed = parseArgs({ args: words, options: config, allowPositionals: true, strict: true });
      this.positionals = parsed.positionals;
      this.values = parsed.values;
    } catch (error) {
      throw new DuecastError('usage', explain(error instanceof Error ? error.message : String(error)));
    }
    for (const [name, { required, value }] of Object.entries(options)) {
      if (required && this.values[name] === undefined)
        throw new DuecastError('usage', `--${name} ${value} is missing.`);
    }
  }

  flag(name: string): boolean {
    return this.values[name] === true;
  }

  text(name: string): string | null {
    const value = this.values[name];
    return typeof value === 'string' ? value : null;
  }

  /** For options that the command requires. */
  requiredText(name: string): string {
    return this.text(name) ?? '';
  }

  texts(name: string): string[] {
    const value = this.values[name];
    return Array.isArray(value) ? value.map(String) : [];
  }

  /** A whole number; null where the option is not given. Throws `usage` for anything else. */
  integer(name: string): number | null {
    const text = this.text(name);
    if (text === null) return null;
    if (!/^-?\d{1,15}$/.test(text)) throw new DuecastError('usage', `--${name} takes a whole number, not “${text}”.`);
    return Number(text);
  }

  choice<T extends string>(name: string, choices: readonly T[]): T | null {
    const text = this.text(name);
    return text === null ? null : oneOf(name, text, choices);
  }

  /** A comma-separated list of choices, null where the option is not given. */
  choices<T extends string>(name: string, choices: readonly T[]): T[] | null {
    const text = this.text(name);
    return text === null ? null : text.split(',').map((word) => oneOf(name, word.trim(), choices));
  }

  /** A comma-separated list of names, null where the option is not given. */
  list(name: string): string[] | null {
    const text = this.text(name);
    if (text === null) return null;
    const names = text.split(',').map((word) => word.trim());
    return names.filter((word) => word !== '');
  }

  /** Exactly one positional. */
  only(what: string): string {
    if (this.positionals.length !== 1)
      throw new DuecastError('usage', `Give one ${what}; there are ${this.positionals.length}.`);
    return this.positionals[0];
  }

  none(): void {
    if (this.positionals.length > 0)
      throw new DuecastError('usage', `“${this.positionals[0]}” is not an option of this command.`);
  }
}

function oneOf<T extends string>(name: string, text: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === text);
  if (found === undefined) throw new DuecastError('usage', `--${name} takes ${choices.join(', ')}; not “${text}”.`);
  return found;
}

/** Node's own words, but for a value that begins with a dash: it takes that for another option. */
function explain(text: string): string {
  const option = /Option '(--[\w-]+).*' argument is ambiguous/.exec(text)?.[1];
  if (option !== undefined) return `${option} needs a value, and a value cannot begin with a dash.`;
  return `${text.split('. ')[0].replace(/\.$/, '')}.`;
}
