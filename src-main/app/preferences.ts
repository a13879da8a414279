import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { is } from 'valibot';
import { preferences as schema } from '../ipc/schemas.ts';
import type { Preferences, PreferencesView } from '../ipc/views.ts';
import { writeJson } from './recent.ts';

/** The program's own settings, in a JSON file of this machine. */
export interface PreferencesFile {
  view(): PreferencesView;
  set(preferences: Preferences): void;
}

const UNSET: Preferences = {
  theme: 'system',
  grouping: 'currency',
  levelColours: 'usual',
  backend: 'auto',
  modelsAtOnce: null,
  dataFolder: null,
};

/** A file that can't be read, or that another version wrote, counts as empty where it doesn't fit. */
export function createPreferences(file: string, documents: string): PreferencesFile {
  let preferences = read(file);
  return {
    view: () => ({
      preferences,
      defaults: { dataFolder: documents, modelsAtOnce: Math.max(2, cpus().length) },
    }),
    set(next) {
      preferences = next;
      writeJson(file, next);
    },
  };
}

function read(file: string): Preferences {
  try {
    const found = JSON.parse(readFileSync(file, 'utf8')) as Partial<Preferences>;
    const known = Object.keys(UNSET).filter((key) => Object.hasOwn(found, key)) as (keyof Preferences)[];
    const merged = { ...UNSET, ...Object.fromEntries(known.map((key) => [key, found[key]])) };
    return is(schema, merged) ? merged : UNSET;
  } catch {
    return UNSET;
  }
}
