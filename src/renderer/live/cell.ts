/** A value that changes and says so: what screens read and what the terminal's streams write. */
export interface Live<T> {
  get(): T;
  /** Calls back after every change; the result ends that. */
  subscribe(onChange: () => void): () => void;
}

export interface Cell<T> extends Live<T> {
  set(value: T): void;
}

export function createCell<T>(initial: T): Cell<T> {
  const listeners = new Set<() => void>();
  let current = initial;
  return {
    get: () => current,
    set(value) {
      if (Object.is(value, current)) return;
      current = value;
      for (const onChange of [...listeners]) onChange();
    },
    subscribe(onChange) {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
  };
}

/** Resolves with the value as soon as it is one of those wanted; rejects when the signal aborts first. */
export function waitFor<T, W extends T>(
  live: Live<T>,
  wanted: (value: T) => value is W,
  signal: AbortSignal,
): Promise<W> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      unsubscribe();
      signal.removeEventListener('abort', aborted);
    };
    const aborted = (): void => {
      end();
      reject(signal.reason);
    };
    const look = (): void => {
      const value = live.get();
      if (!wanted(value)) return;
      end();
      resolve(value);
    };
    const unsubscribe = live.subscribe(look);
    signal.addEventListener('abort', aborted);
    if (signal.aborted) aborted();
    else look();
  });
}
