import type { Migration } from '../migration.ts';

export const rules: Migration = {
  name: '0004-rules',
  sql: `
-- How ledgers become behaviour, as the analyst saved it. Without a row: as shipped, which is version 0.
CREATE TABLE rule_sets (
  version    INTEGER PRIMARY KEY AUTOINCREMENT,
  rules      TEXT,                         -- JSON; NULL: those that ship with the program
  options    TEXT NOT NULL,                -- JSON
  words      TEXT NOT NULL,                -- what differs from the version before
  created_at TEXT NOT NULL
) STRICT;

-- What the history derived from ledgers was derived with; no row while there is none.
CREATE TABLE derived_with (
  id        INTEGER PRIMARY KEY CHECK (id = 1),
  rules_key TEXT NOT NULL,                 -- sha256 over the active rules, the options and the time step
  countries TEXT NOT NULL,                 -- JSON: whose rules are active
  why       TEXT NOT NULL
) STRICT;
`,
};
