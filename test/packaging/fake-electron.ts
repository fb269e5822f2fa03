import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Marks the place in Electron's executable where its fuses are. */
const SENTINEL = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX');
/** The fuses that version 1 of the wire has, in its order. */
const FUSES = [
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
  'wasmTrapHandlers',
];
/** As Electron ships: '1' is on. */
const AS_SHIPPED = '101100011';

/** A folder with all that electron-builder looks for in Electron's own, and no Electron: packing needs no download. */
export function makeFakeElectron(dir: string, version: string): void {
  mkdirSync(path.join(dir, 'locales'), { recursive: true });
  mkdirSync(path.join(dir, 'resources'), { recursive: true });
  for (const language of ['zh-CN', 'en-US', 'de', 'ja'])
    writeFileSync(path.join(dir, 'locales', `${language}.pak`), '');
  for (const file of ['LICENSE', 'LICENSES.chromium.html']) writeFileSync(path.join(dir, file), '');
  writeFileSync(path.join(dir, 'version'), version);
  const wire = Buffer.concat([SENTINEL, Buffer.from([1, FUSES.length]), Buffer.from(AS_SHIPPED)]);
  for (const file of ['electron', 'electron.exe']) writeFileSync(path.join(dir, file), wire, { mode: 0o755 });
}

/** Which fuses are on in an executable. */
export function fusesIn(executable: Buffer): Readonly<Record<string, boolean>> {
  const start = executable.indexOf(SENTINEL) + SENTINEL.length + 2;
  return Object.fromEntries(FUSES.map((name, n) => [name, executable[start + n] === '1'.charCodeAt(0)]));
}
