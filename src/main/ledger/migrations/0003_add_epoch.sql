-- 1, and one more after each restore from a backup (`terminal.restored`): it keeps a restored till's numbers apart.
ALTER TABLE terminal ADD COLUMN epoch INTEGER NOT NULL DEFAULT 1 CHECK (epoch > 0);
