-- The truth: one append-only, hash-chained table. Its key is for ever.
CREATE TABLE journal (
  terminal_id TEXT    NOT NULL,
  seq         INTEGER NOT NULL CHECK (seq > 0),
  at          INTEGER NOT NULL,
  kind        TEXT    NOT NULL,
  subject     TEXT    NOT NULL,
  payload     TEXT    NOT NULL CHECK (json_valid(payload)),
  prev_hash   TEXT    NOT NULL,
  hash        TEXT    NOT NULL UNIQUE,
  PRIMARY KEY (terminal_id, seq)
) STRICT;

CREATE INDEX journal_by_subject ON journal (subject, seq);

CREATE TRIGGER journal_is_not_changed BEFORE UPDATE ON journal BEGIN
  SELECT raise(ABORT, 'the journal is append-only');
END;

CREATE TRIGGER journal_is_not_shortened BEFORE DELETE ON journal BEGIN
  SELECT raise(ABORT, 'the journal is append-only');
END;

-- Everything below is a projection: written in the same transaction, remade from the journal by `saoma rebuild`.

CREATE TABLE terminal (
  terminal_id   TEXT    NOT NULL PRIMARY KEY,
  store_id      TEXT    NOT NULL,
  created_at    INTEGER NOT NULL,
  last_sequence INTEGER NOT NULL
) STRICT;

CREATE TABLE sale (
  id         TEXT    NOT NULL PRIMARY KEY,
  number     TEXT    NOT NULL UNIQUE,
  amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),
  opened_at  INTEGER NOT NULL,
  state      TEXT    NOT NULL CHECK (state IN ('open', 'paid', 'abandoned'))
) STRICT;

CREATE INDEX sale_by_time ON sale (opened_at);

CREATE TABLE payment (
  id             TEXT    NOT NULL PRIMARY KEY,
  sale_id        TEXT    NOT NULL REFERENCES sale (id),
  out_trade_no   TEXT    NOT NULL UNIQUE,
  attempt        INTEGER NOT NULL,
  amount_fen     INTEGER NOT NULL CHECK (amount_fen > 0),
  submitted_at   INTEGER NOT NULL,
  code_hash      TEXT    NOT NULL,
  state          TEXT    NOT NULL,
  -- 0 while the outcome is not certain; 1 when it is.
  settled        INTEGER NOT NULL CHECK (settled IN (0, 1)),
  -- 1 while anything at all is still owed: a late look at a reversed order, too.
  owed           INTEGER NOT NULL CHECK (owed IN (0, 1)),
  transaction_id TEXT,
  -- The whole payment as core/payment.ts has it.
  data           TEXT    NOT NULL CHECK (json_valid(data))
) STRICT;

CREATE INDEX payment_by_sale ON payment (sale_id, attempt);
CREATE INDEX payment_by_code ON payment (code_hash);
CREATE INDEX payment_owed ON payment (submitted_at) WHERE owed = 1;

CREATE TABLE print (
  id         TEXT    NOT NULL PRIMARY KEY,
  sale_id    TEXT    NOT NULL REFERENCES sale (id),
  payment_id TEXT    NOT NULL REFERENCES payment (id),
  copy       INTEGER NOT NULL,
  queued_at  INTEGER NOT NULL,
  state      TEXT    NOT NULL CHECK (state IN ('queued', 'sending', 'printed', 'sent', 'unknown', 'dropped')),
  detail     TEXT
) STRICT;

CREATE INDEX print_by_sale ON print (sale_id, copy);
CREATE INDEX print_open ON print (queued_at) WHERE state IN ('queued', 'sending');
