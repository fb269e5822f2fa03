import { cpSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { defineConfig } from 'vite';
import { thirdPartyNotices } from './scripts/third-party-notices.ts';

const NATIVE = ['electron', 'better-sqlite3', 'serialport', 'node-hid'];
/** What electron-builder.yml packs unbundled: the native modules and what those need. */
const SHIPPED = [
  ...['better-sqlite3', 'node-hid', 'serialport', '@serialport'],
  ...['pkg-prebuilds', 'debug', 'ms', 'node-gyp-build'],
];

/** Everything that runs in Node: the command line and Electron's main, bundled into few files so that they start fast. */
export default defineConfig({
  publicDir: false,
  build: {
    ssr: true,
    outDir: 'out/main',
    emptyOutDir: true,
    target: 'node22',
    minify: false,
    rolldownOptions: {
      input: {
        cli: 'src/main/cli.ts',
        electron: 'src/main/electron.ts',
        'backup-worker': 'src/main/backup/backup-worker.ts',
      },
      external: [...NATIVE, ...builtinModules, ...builtinModules.map((name) => `node:${name}`)],
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
  ssr: { noExternal: true, external: NATIVE },
  plugins: [
    thirdPartyNotices('main', SHIPPED),
    {
      name: 'copy-migrations',
      closeBundle: () => cpSync('src/main/ledger/migrations', 'out/main/migrations', { recursive: true }),
    },
  ],
});
