import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The renderer: one build, two entries, served by either host. */
export default defineConfig({
  root: 'src/renderer',
  base: './',
  plugins: [react()],
  build: {
    outDir: '../../out/renderer',
    emptyOutDir: true,
    target: 'chrome120',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: { input: { kiosk: 'src/renderer/kiosk.html', electron: 'src/renderer/electron.html' } },
  },
});
