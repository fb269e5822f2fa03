// Who may import whom. `npm run check` fails on any arrow that is not drawn here; docs/architecture.md draws the same.
const homeOf = (name, pkg, homes) => ({
  name,
  comment: `${pkg} has a home; everything else asks that home.`,
  severity: 'error',
  from: { path: '^src', pathNot: homes },
  to: { path: `node_modules/(${pkg})/`, dependencyTypesNot: ['type-only'] },
});

const layer = (from, allowed) => ({
  name: `layer-${from.replace(/\W+/g, '-')}`,
  severity: 'error',
  from: { path: `^src/${from}/` },
  to: { path: '^src/', pathNot: [`^src/${from}/`, ...allowed.map((folder) => `^src/${folder}`)] },
});

module.exports = {
  forbidden: [
    {
      name: 'core-is-pure',
      comment: 'core is plain data and pure functions: nothing from outside the folder, not even Node.',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { pathNot: '^src/core/' },
    },
    {
      name: 'contract-is-small',
      severity: 'error',
      from: { path: '^src/contract/' },
      to: { pathNot: ['^src/contract/', '^src/core/', 'node_modules/(zod|@orpc/contract)/'] },
    },
    layer('contract', ['core/']),
    layer('devices', ['core/']),
    layer('simulator', ['core/', 'main/gateway/wechat-v2/wire/']),
    layer('renderer', ['core/', 'contract/']),
    layer('main', ['core/', 'contract/', 'devices/', 'simulator/']),
    {
      name: 'renderer-is-a-guest',
      comment: 'A screen runs in a browser: no Node, no Electron.',
      severity: 'error',
      from: { path: '^src/renderer/' },
      to: { dependencyTypes: ['core'] },
    },
    homeOf('home-of-electron', 'electron', ['^src/main/electron', '^src/main/preload\\.ts$']),
    homeOf('home-of-sqlite', 'better-sqlite3', ['^src/main/ledger/']),
    homeOf('home-of-devices', 'serialport|@serialport|node-hid|usb', ['^src/devices/']),
    homeOf('home-of-receiptline', 'receiptline|iconv-lite', ['^src/devices/printer/']),
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true, dependencyTypesNot: ['type-only'] } },
    { name: 'no-orphans', severity: 'error', from: { path: '^src', orphan: true, pathNot: '\\.d\\.ts$' }, to: {} },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],

      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'],
      conditionNames: ['import', 'node', 'require', 'default', 'types'],
    },
  },
};
