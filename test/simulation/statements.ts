import Database from 'better-sqlite3';

/** What each prepared statement has in common; `run` is how the ledger writes, begins and commits. */
const Statement = Object.getPrototypeOf(new Database(':memory:').prepare('SELECT 1')) as {
  run(...parameters: unknown[]): unknown;
};

/**
 * Does `work`, and `act` right before the statement with this number (1, 2 …) of those that `work` runs, on whatever
 * connection. What `act` throws, the statement throws. Without a number, only the work.
 */
export function beforeStatement<T>(number: number | undefined, act: () => void, work: () => T): T {
  if (number === undefined) return work();
  const { run } = Statement;
  let count = 0;
  Statement.run = function (...parameters) {
    count++;
    if (count === number) act();
    return run.apply(this, parameters);
  };
  try {
    return work();
  } finally {
    Statement.run = run;
  }
}
