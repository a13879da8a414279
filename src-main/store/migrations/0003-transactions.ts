import type { Migration } from '../migration.ts';

/** No version before this one could fill `transactions`. */
export const transactions: Migration = {
  name: '0003-transactions',
  sql: `
DROP TABLE transactions;
CREATE TABLE transactions (
  customer    INTEGER NOT NULL REFERENCES customers (id),
  booking_day INTEGER NOT NULL,            -- days since 1970-01-01
  amount_e4   INTEGER NOT NULL,            -- ten-thousandths of the currency unit; money out is negative
  description TEXT NOT NULL,
  account     TEXT NOT NULL,               -- empty where the file named none beside the customer
  occurrence  INTEGER NOT NULL,            -- from 1: equal bookings of one day are told apart by their order
  sequence    INTEGER NOT NULL,            -- from 1 within a customer's day, without gaps, in the order of booking
  balance_e4  INTEGER,                     -- of the account after it, as the file says; NULL where it does not
  batch       INTEGER NOT NULL REFERENCES import_batches (id),
  PRIMARY KEY (customer, booking_day, amount_e4, description, account, occurrence)
) STRICT, WITHOUT ROWID;

CREATE TABLE replaced_values_new (
  id        INTEGER PRIMARY KEY,
  batch     INTEGER NOT NULL REFERENCES import_batches (id),  -- the import that wrote
  source    TEXT NOT NULL CHECK (source IN ('history', 'static', 'outcome', 'transaction')),
  customer  INTEGER NOT NULL REFERENCES customers (id),
  key       INTEGER,                       -- history: the step; static: the feature; outcome: the event's step; transaction: the day
  old_batch INTEGER NOT NULL REFERENCES import_batches (id),  -- whose row it was
  old       TEXT NOT NULL                  -- JSON: column → value before, null where it was empty; transaction: its key too
) STRICT;
INSERT INTO replaced_values_new SELECT id, batch, source, customer, key, old_batch, old FROM replaced_values;
DROP TABLE replaced_values;
ALTER TABLE replaced_values_new RENAME TO replaced_values;
CREATE INDEX replaced_values_batch ON replaced_values (batch);
CREATE INDEX replaced_values_customer ON replaced_values (customer);
`,
};
