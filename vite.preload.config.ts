import { defineConfig } from 'vite';
import { thirdPartyNotices } from './scripts/third-party-notices.ts';

/** A sandboxed preload is one plain CommonJS script. */
export default defineConfig({
  publicDir: false,
  plugins: [thirdPartyNotices('preload')],
  build: {
    outDir: 'out/preload',
    emptyOutDir: true,
    target: 'chrome120',
    minify: false,
    lib: { entry: 'src/main/preload.ts', formats: ['cjs'], fileName: () => 'preload.cjs' },
    rolldownOptions: { external: ['electron'], output: { codeSplitting: false } },
  },
});
