-- 1 from a manager's word that the customer paid on the store's static code until that is proven or disproven.
ALTER TABLE sale ADD COLUMN to_verify INTEGER NOT NULL DEFAULT 0 CHECK (to_verify IN (0, 1));

-- Sales that were put aside. A sale may be held before its first payment opens it, so `sale` need not know it.
CREATE TABLE held_sale (
  sale_id    TEXT    NOT NULL PRIMARY KEY,
  amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),
  label      TEXT,
  held_at    INTEGER NOT NULL
) STRICT;

CREATE TABLE static_payment (
  id             TEXT    NOT NULL PRIMARY KEY,
  sale_id        TEXT    NOT NULL UNIQUE REFERENCES sale (id),
  amount_fen     INTEGER NOT NULL CHECK (amount_fen > 0),
  accepted_at    INTEGER NOT NULL,
  state          TEXT    NOT NULL CHECK (state IN ('accepted', 'proven', 'disproven')),
  -- What proves it. One transaction proves one payment.
  transaction_id TEXT    UNIQUE,
  -- What somebody has read from the customer's phone, proven or not.
  claimed_id     TEXT,
  -- When the claimed number is looked up next; NULL when nothing is to be asked.
  look_at        INTEGER,
  -- The whole of it as core/static-payment.ts has it.
  data           TEXT    NOT NULL CHECK (json_valid(data))
) STRICT;

CREATE INDEX static_payment_accepted ON static_payment (accepted_at) WHERE state = 'accepted';
CREATE INDEX static_payment_claimed ON static_payment (claimed_id) WHERE claimed_id IS NOT NULL;

-- Whether a transaction has paid, or proven, anything already.
CREATE INDEX payment_by_transaction ON payment (transaction_id) WHERE transaction_id IS NOT NULL;
