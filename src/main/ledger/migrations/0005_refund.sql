-- Money that goes back through the gateway.
CREATE TABLE refund (
  id            TEXT    NOT NULL PRIMARY KEY,
  sale_id       TEXT    NOT NULL REFERENCES sale (id),
  -- A payment by a scanned code, or one on the static code: of either table.
  payment_id    TEXT    NOT NULL,
  out_refund_no TEXT    NOT NULL UNIQUE,
  refund_fen    INTEGER NOT NULL CHECK (refund_fen > 0),
  -- 1: of a payment that never counted as paid, and so in no total of what was given back.
  takes_back    INTEGER NOT NULL CHECK (takes_back IN (0, 1)),
  requested_at  INTEGER NOT NULL,
  state         TEXT    NOT NULL,
  settled       INTEGER NOT NULL CHECK (settled IN (0, 1)),
  ended_at      INTEGER,
  -- The whole refund as core/refund.ts has it.
  data          TEXT    NOT NULL CHECK (json_valid(data))
) STRICT;

CREATE INDEX refund_by_sale ON refund (sale_id, requested_at);
CREATE INDEX refund_open ON refund (requested_at) WHERE settled = 0;
CREATE INDEX refund_by_end ON refund (ended_at) WHERE state = 'refunded';

-- Money handed back from the drawer: certain at once, and never changed.
CREATE TABLE cash_refund (
  id          TEXT    NOT NULL PRIMARY KEY,
  sale_id     TEXT    NOT NULL REFERENCES sale (id),
  refund_fen  INTEGER NOT NULL CHECK (refund_fen > 0),
  refunded_at INTEGER NOT NULL,
  manager     TEXT    NOT NULL,
  why         TEXT    NOT NULL
) STRICT;

CREATE INDEX cash_refund_by_sale ON cash_refund (sale_id, refunded_at);
CREATE INDEX cash_refund_by_time ON cash_refund (refunded_at);

-- A slip that says "not yet refunded", or a receipt of the refund; NULL on a sale's own receipt.
ALTER TABLE print ADD COLUMN refund_id TEXT;
ALTER TABLE print ADD COLUMN paper TEXT CHECK (paper IN ('slip', 'receipt'));
