import type { Migration } from '../migration.ts';

export const trainingScores: Migration = {
  name: '0007-training-scores',
  sql: `
-- How a model's PDs spread over the windows it was trained on: what the stability of later scores is held against.
CREATE TABLE training_scores (
  model  INTEGER PRIMARY KEY REFERENCES models (id),
  bounds TEXT NOT NULL,                    -- JSON: the deciles, ascending; a PD on a bound is in the bin below it
  counts TEXT NOT NULL                     -- JSON: windows in each bin, one more than bounds
) STRICT;
`,
};
