-- What is still owed, of whatever kind, as one list: a projection like the others, remade from the journal.
CREATE TABLE task (
  id         TEXT    NOT NULL PRIMARY KEY,
  kind       TEXT    NOT NULL,
  -- The payment, print job … that it is about: one task of a kind for each.
  subject    TEXT    NOT NULL,
  -- The money that hangs on it; 0 for paper.
  amount_fen INTEGER NOT NULL CHECK (amount_fen >= 0),
  created_at INTEGER NOT NULL,
  -- When its next step is due; NULL when only an event, or a person, can move it.
  not_before INTEGER,
  attempts   INTEGER NOT NULL CHECK (attempts >= 0),
  last_error TEXT,
  state      TEXT    NOT NULL CHECK (state IN ('open', 'human', 'done', 'given_up'))
) STRICT;

CREATE INDEX task_given_up ON task (amount_fen) WHERE state = 'given_up';
CREATE INDEX task_open ON task (created_at) WHERE state IN ('open', 'human');
