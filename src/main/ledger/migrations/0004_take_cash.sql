-- Cash is certain at once, so it is one row and never changes. One sale takes it once.
CREATE TABLE cash (
  id           TEXT    NOT NULL PRIMARY KEY,
  sale_id      TEXT    NOT NULL UNIQUE REFERENCES sale (id),
  amount_fen   INTEGER NOT NULL CHECK (amount_fen > 0),
  tendered_fen INTEGER NOT NULL CHECK (tendered_fen >= amount_fen),
  change_fen   INTEGER NOT NULL CHECK (change_fen = tendered_fen - amount_fen),
  received_at  INTEGER NOT NULL
) STRICT;

-- A receipt for cash has no payment. SQLite cannot loosen a column, so the table is made anew with its rows.
CREATE TABLE print_loosened (
  id         TEXT    NOT NULL PRIMARY KEY,
  sale_id    TEXT    NOT NULL REFERENCES sale (id),
  payment_id TEXT    REFERENCES payment (id),
  copy       INTEGER NOT NULL,
  queued_at  INTEGER NOT NULL,
  state      TEXT    NOT NULL CHECK (state IN ('queued', 'sending', 'printed', 'sent', 'unknown', 'dropped')),
  detail     TEXT
) STRICT;

INSERT INTO print_loosened SELECT id, sale_id, payment_id, copy, queued_at, state, detail FROM print;
DROP TABLE print;
ALTER TABLE print_loosened RENAME TO print;

CREATE INDEX print_by_sale ON print (sale_id, copy);
CREATE INDEX print_open ON print (queued_at) WHERE state IN ('queued', 'sending');
