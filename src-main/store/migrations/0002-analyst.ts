import type { Migration } from '../migration.ts';

export const analyst: Migration = {
  name: '0002-analyst',
  sql: `
-- Least PD of each level but the lowest.
ALTER TABLE portfolio ADD COLUMN level_critical REAL NOT NULL DEFAULT 0.75;
ALTER TABLE portfolio ADD COLUMN level_high     REAL NOT NULL DEFAULT 0.5;
ALTER TABLE portfolio ADD COLUMN level_medium   REAL NOT NULL DEFAULT 0.25;
ALTER TABLE portfolio ADD COLUMN is_sample      INTEGER NOT NULL DEFAULT 0 CHECK (is_sample IN (0, 1));

CREATE TABLE notes (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  customer   INTEGER NOT NULL REFERENCES customers (id),
  text       TEXT NOT NULL,
  created_at TEXT NOT NULL,
  changed_at TEXT
) STRICT;
CREATE INDEX notes_customer ON notes (customer);

-- How the analyst's own exports are read: recognised by their header.
CREATE TABLE profiles (
  name       TEXT PRIMARY KEY COLLATE NOCASE,
  profile    TEXT NOT NULL,                -- JSON, as in resources/profiles
  created_at TEXT NOT NULL
) STRICT;

-- The last comparison of each experiment: it repeats exactly, so it need not look at the test customers again.
CREATE TABLE comparisons (
  experiment INTEGER PRIMARY KEY REFERENCES experiments (id),
  document   TEXT NOT NULL,                -- JSON
  created_at TEXT NOT NULL
) STRICT;
`,
};
