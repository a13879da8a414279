import type { Migration } from '../migration.ts';

export const reasons: Migration = {
  name: '0009-reasons',
  sql: `
-- For how many customers of a scoring reasons were looked for, the riskiest ones; NULL in scorings of earlier versions.
ALTER TABLE scorings ADD COLUMN reasoned INTEGER;

-- Why those customers have their PDs. Beside the scores, which lists read whole.
CREATE TABLE score_reasons (
  scoring  INTEGER NOT NULL,
  customer INTEGER NOT NULL,
  reasons  TEXT NOT NULL,                  -- JSON: [{feature, contribution, words}], what raises the PD most first
  PRIMARY KEY (scoring, customer),
  FOREIGN KEY (scoring, customer) REFERENCES scores (scoring, customer) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
`,
};
