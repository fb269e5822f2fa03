/** Lets at most `max` calls through at a time; the others wait their turn, first come first served. */
export function createGate(max: number): <T>(call: () => Promise<T>) => Promise<T> {
  let free = max;
  const waiting: (() => void)[] = [];

  return async function through<T>(call: () => Promise<T>): Promise<T> {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await call();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free++;
    }
  };
}
