-- What the shop's back office is still to be told: one row for each outcome, until it has arrived. A projection like
-- the others.
CREATE TABLE upload (
  -- Its idempotency key: what happened, and to whom.
  id      TEXT    NOT NULL PRIMARY KEY,
  -- The sale or shift that it belongs to: within it, one follows the other.
  lane    TEXT    NOT NULL,
  -- The journal row that made it so.
  seq     INTEGER NOT NULL,
  state   TEXT    NOT NULL CHECK (state IN ('open', 'human', 'given_up')),
  -- 1 when everything before it in its lane is over.
  turn    INTEGER NOT NULL CHECK (turn IN (0, 1)),
  next_at INTEGER NOT NULL,
  -- The whole of it as core/upload.ts has it.
  data    TEXT    NOT NULL CHECK (json_valid(data))
) STRICT;

-- However many wait: the next one is the first entry of an index.
CREATE INDEX upload_next ON upload (next_at, seq) WHERE state = 'open' AND turn = 1;
CREATE INDEX upload_lane ON upload (lane, seq) WHERE state IN ('open', 'human');
CREATE INDEX upload_oldest ON upload (seq) WHERE state = 'open';
CREATE INDEX upload_refused ON upload (seq) WHERE state = 'human';

-- Whether outcomes are collected, and the sums: kept, so that nobody has to count a hundred thousand.
CREATE TABLE upload_desk (
  terminal_id TEXT    NOT NULL PRIMARY KEY,
  collecting  INTEGER NOT NULL CHECK (collecting IN (0, 1)),
  -- Nothing from before is ever told.
  from_at     INTEGER NOT NULL,
  waiting     INTEGER NOT NULL CHECK (waiting >= 0),
  refused     INTEGER NOT NULL CHECK (refused >= 0)
) STRICT;

-- A list of what is owed must not be filled, nor its making slowed, by reports that wait.
CREATE INDEX task_listed ON task ((kind = 'upload'), created_at, id)
  WHERE state = 'human' OR (state = 'open' AND kind <> 'upload');
CREATE INDEX task_for_person ON task (id) WHERE state = 'human' AND kind <> 'upload';
