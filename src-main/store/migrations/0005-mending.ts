import type { Migration } from '../migration.ts';

export const mending: Migration = {
  name: '0005-mending',
  sql: `
-- What the analyst and the profile said of how a file is read: its set-aside rows are read by it once they are mended.
CREATE TABLE import_readings (
  batch    INTEGER PRIMARY KEY REFERENCES import_batches (id),
  settings TEXT NOT NULL,                  -- JSON: [{key, value}] as they were given
  profile  TEXT                            -- JSON: the profile as it was then
) STRICT;

-- Which import brought a set-aside row in after it was mended. It counts while that import stands.
CREATE TABLE mended_rows (
  rejected INTEGER NOT NULL REFERENCES rejected_rows (id),
  batch    INTEGER NOT NULL REFERENCES import_batches (id),
  PRIMARY KEY (rejected, batch)
) STRICT, WITHOUT ROWID;
CREATE INDEX rejected_rows_batch ON rejected_rows (batch);
`,
};
