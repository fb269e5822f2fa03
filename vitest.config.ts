import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    // A stray `import 'electron'` in a test would start a download: it gets an empty module instead.
    alias: { electron: new URL('./test/fixtures/no-electron.ts', import.meta.url).pathname },
  },
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Many tests hold real processes to their deadlines, so they do not compete for every core there is.
    maxWorkers: 2,
  },
});
