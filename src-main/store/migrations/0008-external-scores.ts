import type { Migration } from '../migration.ts';

export const externalScores: Migration = {
  name: '0008-external-scores',
  sql: `
-- Scores from elsewhere on the rows that an experiment's models are judged on: compared, never trained or applied.
CREATE TABLE external_scores (
  id               INTEGER PRIMARY KEY AUTOINCREMENT,
  experiment       INTEGER NOT NULL REFERENCES experiments (id),
  name             TEXT NOT NULL COLLATE NOCASE,
  lower_is_riskier INTEGER NOT NULL CHECK (lower_is_riskier IN (0, 1)),
  is_pd            INTEGER NOT NULL CHECK (is_pd IN (0, 1)),
  summary          TEXT NOT NULL,          -- JSON: the file with its hash, its columns, rows and what they cover
  created_at       TEXT NOT NULL,
  UNIQUE (experiment, name)
) STRICT;

CREATE TABLE external_predictions (
  score  INTEGER NOT NULL REFERENCES external_scores (id),
  part   TEXT NOT NULL,                    -- as in prediction_rows
  scores BLOB NOT NULL,                    -- doubles, little-endian, as written in the file; NaN: none for this row
  PRIMARY KEY (score, part)
) STRICT;
`,
};
