import type { Migration } from '../migration.ts';

export const portfolio: Migration = {
  name: '0001-portfolio',
  sql: `
CREATE TABLE portfolio (
  id           INTEGER PRIMARY KEY CHECK (id = 1),
  name         TEXT NOT NULL,
  currency     TEXT NOT NULL,              -- ISO 4217; empty until somebody says
  time_step    TEXT CHECK (time_step IN ('day', 'week', 'month')),  -- NULL until a step is stored
  dated        INTEGER CHECK (dated IN (0, 1)),                     -- 1: steps are calendar dates
  outcome_kind TEXT NOT NULL DEFAULT 'none' CHECK (outcome_kind IN ('none', 'constant', 'dated')),
  split_seed   INTEGER,                    -- NULL until the parts are drawn
  test_uses    INTEGER NOT NULL DEFAULT 0, -- how often the test part has been looked at
  created_at   TEXT NOT NULL               -- ISO 8601, UTC, like every time in this file
) STRICT;

CREATE TABLE import_batches (
  id               INTEGER PRIMARY KEY AUTOINCREMENT,
  file             TEXT NOT NULL,          -- name without folder
  kind             TEXT NOT NULL CHECK (kind IN ('history', 'ledger', 'outcomes')),
  profile          TEXT,
  sha256           TEXT NOT NULL DEFAULT '',
  imported_at      TEXT NOT NULL,
  time_step        TEXT,                   -- NULL where the file had no steps
  dated            INTEGER,
  outcome_kind     TEXT NOT NULL DEFAULT 'none',
  rows_read        INTEGER NOT NULL DEFAULT 0,  -- records of the file
  rows_accepted    INTEGER NOT NULL DEFAULT 0,
  rows_unchanged   INTEGER NOT NULL DEFAULT 0,
  rows_conflicting INTEGER NOT NULL DEFAULT 0,
  rows_rejected    INTEGER NOT NULL DEFAULT 0,
  dialect          TEXT NOT NULL DEFAULT '{}',  -- JSON: how the file was read
  columns          TEXT NOT NULL DEFAULT '[]',  -- JSON
  undone_at        TEXT
) STRICT;

-- Numbers of customers are never given out twice: stored predictions refer to them.
CREATE TABLE customers (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  external_id TEXT NOT NULL UNIQUE,        -- as written in the files
  part        TEXT CHECK (part IN ('train', 'validation', 'test')),
  batch       INTEGER NOT NULL REFERENCES import_batches (id)
) STRICT;

CREATE TABLE features (
  position    INTEGER PRIMARY KEY,
  name        TEXT NOT NULL UNIQUE,
  column_name TEXT COLLATE NOCASE UNIQUE,  -- in history; NULL for a static attribute
  kind        TEXT NOT NULL CHECK (kind IN ('history', 'static')),
  fill        TEXT NOT NULL CHECK (fill IN ('carry', 'zero')),
  model_input INTEGER NOT NULL CHECK (model_input IN (0, 1)),
  batch       INTEGER NOT NULL REFERENCES import_batches (id),
  CHECK ((kind = 'history') = (column_name IS NOT NULL))
) STRICT;

-- One REAL column a feature is added by the imports that bring it.
CREATE TABLE history (
  customer INTEGER NOT NULL REFERENCES customers (id),
  step     INTEGER NOT NULL,               -- days since 1970-01-01, weeks since 1970-01-05, months since 1970-01; undated: the file's own number
  batch    INTEGER NOT NULL REFERENCES import_batches (id),
  PRIMARY KEY (customer, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE static_attributes (
  customer INTEGER NOT NULL REFERENCES customers (id),
  feature  INTEGER NOT NULL REFERENCES features (position),
  value    TEXT NOT NULL,                  -- as written in the file
  batch    INTEGER NOT NULL REFERENCES import_batches (id),
  PRIMARY KEY (customer, feature)
) STRICT, WITHOUT ROWID;

CREATE TABLE outcomes (
  id         INTEGER PRIMARY KEY,
  customer   INTEGER NOT NULL REFERENCES customers (id),
  event_step INTEGER,                      -- in steps of history; NULL for a flag without a date, and without an event
  flag       INTEGER NOT NULL CHECK (flag IN (0, 1)),
  batch      INTEGER NOT NULL REFERENCES import_batches (id),
  CHECK (event_step IS NULL OR flag = 1)
) STRICT;
-- NULLs are distinct in an ordinary unique index; a customer has at most one outcome without a step.
CREATE UNIQUE INDEX outcomes_key ON outcomes (customer, ifnull(event_step, -2147483648));

CREATE TABLE transactions (
  customer     INTEGER NOT NULL REFERENCES customers (id),
  booking_day  INTEGER NOT NULL,           -- days since 1970-01-01
  amount_minor INTEGER NOT NULL,           -- smallest units of the currency; money out is negative
  description  TEXT NOT NULL,
  occurrence   INTEGER NOT NULL,           -- from 1: equal bookings are told apart by their order in the file
  batch        INTEGER NOT NULL REFERENCES import_batches (id),
  PRIMARY KEY (customer, booking_day, amount_minor, description, occurrence)
) STRICT, WITHOUT ROWID;

CREATE TABLE rejected_rows (
  id          INTEGER PRIMARY KEY,
  batch       INTEGER NOT NULL REFERENCES import_batches (id),
  line        INTEGER NOT NULL,            -- physical line of the file, from 1
  column_name TEXT,
  reason      TEXT NOT NULL,
  text        TEXT NOT NULL
) STRICT;

-- What an import wrote over, for its undo: replaced values, and values that were empty and got filled.
CREATE TABLE replaced_values (
  id        INTEGER PRIMARY KEY,
  batch     INTEGER NOT NULL REFERENCES import_batches (id),  -- the import that wrote
  source    TEXT NOT NULL CHECK (source IN ('history', 'static', 'outcome')),
  customer  INTEGER NOT NULL REFERENCES customers (id),
  key       INTEGER,                       -- history: the step; static: the feature; outcome: the event's step
  old_batch INTEGER NOT NULL REFERENCES import_batches (id),  -- whose row it was
  old       TEXT NOT NULL                  -- JSON: column → value before, null where it was empty
) STRICT;
CREATE INDEX replaced_values_batch ON replaced_values (batch);
CREATE INDEX replaced_values_customer ON replaced_values (customer);

CREATE TABLE experiments (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  created_at TEXT NOT NULL,
  settings   TEXT NOT NULL,                -- JSON: window, horizon and gap in steps, label rule, epochs, batch, seed
  summary    TEXT NOT NULL,                -- JSON
  data_hash  TEXT NOT NULL,                -- sha256 over rows, features, outcomes and parts
  versions   TEXT NOT NULL,                -- JSON: name → version
  seconds    REAL NOT NULL
) STRICT;

CREATE TABLE models (
  id                 INTEGER PRIMARY KEY AUTOINCREMENT,
  experiment         INTEGER NOT NULL REFERENCES experiments (id),
  kind               TEXT NOT NULL CHECK (kind IN ('lstm', 'cnn-lstm', 'lightgbm', 'logistic', 'ensemble')),
  created_at         TEXT NOT NULL,
  champion           INTEGER NOT NULL DEFAULT 0 CHECK (champion IN (0, 1)),
  configuration      TEXT NOT NULL,        -- JSON
  scaler             TEXT NOT NULL,        -- JSON: from training customers only
  weights            BLOB NOT NULL,
  parameters         INTEGER NOT NULL,
  epochs             INTEGER NOT NULL,
  best_epoch         INTEGER NOT NULL,
  seconds            REAL NOT NULL,
  windows_per_second REAL NOT NULL,        -- training only
  validation         TEXT NOT NULL,        -- JSON: metrics
  test               TEXT NOT NULL,        -- JSON: metrics
  out_of_time        TEXT                  -- JSON: metrics
) STRICT;
CREATE INDEX models_experiment ON models (experiment);
CREATE UNIQUE INDEX models_champion ON models (champion) WHERE champion = 1;

CREATE TABLE training_epochs (
  model         INTEGER NOT NULL REFERENCES models (id),
  epoch         INTEGER NOT NULL,          -- from 1
  loss          REAL,
  val_loss      REAL,
  val_auc       REAL,
  learning_rate REAL,
  seconds       REAL,
  PRIMARY KEY (model, epoch)
) STRICT, WITHOUT ROWID;

-- The rows that all models of an experiment are judged on: parallel arrays, little-endian, one entry a window.
CREATE TABLE prediction_rows (
  experiment INTEGER NOT NULL REFERENCES experiments (id),
  part       TEXT NOT NULL CHECK (part IN ('validation', 'test', 'outOfTime')),
  customers  BLOB NOT NULL,                -- int32: customers.id
  steps      BLOB NOT NULL,                -- int32: the step at which the window ends
  labels     BLOB NOT NULL,                -- uint8: 0 or 1
  PRIMARY KEY (experiment, part)
) STRICT;

CREATE TABLE predictions (
  model  INTEGER NOT NULL REFERENCES models (id),
  part   TEXT NOT NULL CHECK (part IN ('validation', 'test', 'outOfTime')),
  scores BLOB NOT NULL,                    -- float32: PD of each prediction row, little-endian
  PRIMARY KEY (model, part)
) STRICT;

CREATE TABLE scorings (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  model      INTEGER NOT NULL REFERENCES models (id),
  created_at TEXT NOT NULL,
  as_of_step INTEGER NOT NULL,             -- the portfolio's last step
  skipped    TEXT NOT NULL                 -- JSON: reasons with numbers of customers
) STRICT;

CREATE TABLE scores (
  scoring  INTEGER NOT NULL REFERENCES scorings (id),
  customer INTEGER NOT NULL REFERENCES customers (id),
  step     INTEGER NOT NULL,               -- the customer's last step
  score    REAL NOT NULL,                  -- PD, 0 to 1
  PRIMARY KEY (scoring, customer)
) STRICT, WITHOUT ROWID;
CREATE INDEX scores_customer ON scores (customer);

-- A cache, emptied when data changes.
CREATE TABLE timelines (
  customer   INTEGER NOT NULL REFERENCES customers (id),
  model      INTEGER NOT NULL REFERENCES models (id),
  first_step INTEGER NOT NULL,             -- the step of the first score; one score a step follows
  scores     BLOB NOT NULL,                -- float32: PD, little-endian
  PRIMARY KEY (customer, model)
) STRICT;

CREATE TABLE audit_log (
  id     INTEGER PRIMARY KEY,
  at     TEXT NOT NULL,
  action TEXT NOT NULL,
  words  TEXT NOT NULL
) STRICT;
`,
};
