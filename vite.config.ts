import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { thirdPartyNotices } from './scripts/third-party-notices.ts';

/** The renderer: one build, two entries, served by either host. */
export default defineConfig({
  root: 'src/renderer',
  base: './',
  plugins: [react(), thirdPartyNotices('renderer')],
  build: {
    outDir: '../../out/renderer',
    emptyOutDir: true,
    // Both hosts bring a Chromium of this age or newer; older targets would have light-dark() rewritten.
    target: 'chrome125',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: {
        kiosk: 'src/renderer/kiosk.html',
        electron: 'src/renderer/electron.html',
        simulator: 'src/renderer/simulator.html',
      },
    },
  },
});
