/** Live state for those who watch it: the present value at once, then the newest after each change. */
export interface Topic<T> {
  publish(): void;
  watch(signal?: AbortSignal): AsyncGenerator<T, void>;
}

/**
 * A watcher that is slower than the changes skips those in between: it is owed the present, not the past, and nothing
 * piles up behind a window that has stopped reading.
 */
export function createTopic<T>(read: () => T): Topic<T> {
  let version = 0;
  let changed = Promise.withResolvers<void>();

  return {
    publish(): void {
      version++;
      changed.resolve();
      changed = Promise.withResolvers<void>();
    },

    async *watch(signal?: AbortSignal): AsyncGenerator<T, void> {
      const aborted = Promise.withResolvers<void>();
      const abort = () => aborted.resolve();
      signal?.addEventListener('abort', abort, { once: true });
      try {
        for (let seen = -1; !signal?.aborted; ) {
          if (seen === version) await Promise.race([changed.promise, aborted.promise]);
          if (signal?.aborted) return;
          seen = version;
          yield read();
        }
      } finally {
        signal?.removeEventListener('abort', abort);
      }
    },
  };
}
