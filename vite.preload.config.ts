import { defineConfig } from 'vite';

/** A sandboxed preload is one plain CommonJS script. */
export default defineConfig({
  publicDir: false,
  build: {
    outDir: 'out/preload',
    emptyOutDir: true,
    target: 'chrome120',
    minify: false,
    lib: { entry: 'src/main/preload.ts', formats: ['cjs'], fileName: () => 'preload.cjs' },
    rolldownOptions: { external: ['electron'], output: { codeSplitting: false } },
  },
});
