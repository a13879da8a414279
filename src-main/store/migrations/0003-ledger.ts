import type { Migration } from '../migration.ts';

export const ledger: Migration = {
  name: '0003-ledger',
  sql: `
-- No earlier version of the program wrote any.
DROP TABLE transactions;
CREATE TABLE transactions (
  customer    INTEGER NOT NULL REFERENCES customers (id),
  account     TEXT NOT NULL,               -- empty where the file names none
  booking_day INTEGER NOT NULL,            -- days since 1970-01-01
  amount_e4   INTEGER NOT NULL,            -- ten-thousandths of the currency's unit; money out is negative
  balance_e4  INTEGER,                     -- after this transaction; NULL where the file has none
  description TEXT NOT NULL,
  occurrence  INTEGER NOT NULL,            -- from 1: equal bookings are told apart by their order in the file
  sequence    INTEGER NOT NULL,            -- the order of the file
  batch       INTEGER NOT NULL REFERENCES import_batches (id),
  PRIMARY KEY (customer, booking_day, amount_e4, description, occurrence)
) STRICT, WITHOUT ROWID;
CREATE INDEX transactions_batch ON transactions (batch);
`,
};
