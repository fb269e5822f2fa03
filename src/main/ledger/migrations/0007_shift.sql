-- From a float in the drawer to a count of it. A projection like the others, remade from the journal.
CREATE TABLE shift (
  id        TEXT    NOT NULL PRIMARY KEY,
  -- 1, 2, 3 … without gaps; the Z report's number, too.
  number    INTEGER NOT NULL UNIQUE CHECK (number > 0),
  opened_at INTEGER NOT NULL,
  closed_at INTEGER,
  -- The whole shift as core/shift.ts has it.
  data      TEXT    NOT NULL CHECK (json_valid(data))
) STRICT;

-- One terminal, one drawer, one open shift.
CREATE UNIQUE INDEX shift_open ON shift ((closed_at IS NULL)) WHERE closed_at IS NULL;

-- X and Z reports on paper. Receipts have a sale and are in `print`.
CREATE TABLE report_print (
  id        TEXT    NOT NULL PRIMARY KEY,
  shift_id  TEXT    NOT NULL REFERENCES shift (id),
  report    TEXT    NOT NULL CHECK (report IN ('X', 'Z')),
  copy      INTEGER NOT NULL,
  queued_at INTEGER NOT NULL,
  state     TEXT    NOT NULL CHECK (state IN ('queued', 'sending', 'printed', 'sent', 'unknown', 'dropped')),
  detail    TEXT
) STRICT;

CREATE INDEX report_print_by_shift ON report_print (shift_id, queued_at);
CREATE INDEX report_print_open ON report_print (queued_at) WHERE state IN ('queued', 'sending');

-- What is owed in all is told at every change, while a customer waits: answered from the index alone.
CREATE INDEX task_owed ON task (amount_fen, created_at) WHERE state IN ('open', 'human') AND amount_fen > 0;
