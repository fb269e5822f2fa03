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
  // Each watcher waits for a promise of its own and leaves nothing behind: a till runs for weeks.
  const waiting = new Set<() => void>();

  return {
    publish(): void {
      version++;
      for (const wake of [...waiting]) wake();
    },

    async *watch(signal?: AbortSignal): AsyncGenerator<T, void> {
      let wake = () => {};
      const abort = () => wake();
      signal?.addEventListener('abort', abort, { once: true });
      try {
        for (let seen = -1; !signal?.aborted; ) {
          if (seen === version) {
            await new Promise<void>((resolve) => {
              wake = resolve;
              waiting.add(wake);
            });
            waiting.delete(wake);
          }
          if (signal?.aborted) return;
          seen = version;
          yield read();
        }
      } finally {
        waiting.delete(wake);
        signal?.removeEventListener('abort', abort);
      }
    },
  };
}
