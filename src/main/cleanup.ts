/** What has been opened and must be closed again, last opened first. */
export interface Cleanup {
  add(close: () => unknown): void;
  /** Closes everything once, also when some of it fails; then throws the first failure. */
  run(): Promise<void>;
}

export function createCleanup(): Cleanup {
  const closers: (() => unknown)[] = [];
  return {
    add: (close) => void closers.push(close),
    async run() {
      const failures: unknown[] = [];
      for (let close = closers.pop(); close; close = closers.pop()) {
        try {
          await close();
        } catch (error) {
          failures.push(error);
        }
      }
      if (failures.length > 0) throw failures[0];
    },
  };
}
