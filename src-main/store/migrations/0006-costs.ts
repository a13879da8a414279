import type { Migration } from '../migration.ts';

export const costs: Migration = {
  name: '0006-costs',
  sql: `
-- In the portfolio's currency; null until the analyst sets both.
ALTER TABLE portfolio ADD COLUMN cost_missed REAL CHECK (cost_missed >= 0);
ALTER TABLE portfolio ADD COLUMN cost_false_alert REAL CHECK (cost_false_alert >= 0);
`,
};
