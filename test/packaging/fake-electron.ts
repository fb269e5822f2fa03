import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** What stands before the fuses in a real Electron binary, so that tools find them. */
export const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const FUSES_VERSION = 1;
const FACTORY_FUSES = '101100011';

/** A folder that electron-builder takes for Electron's own: it packs all of it and sets the fuses, in no time. */
export function writeFakeElectron(dir: string, version: string): void {
  mkdirSync(path.join(dir, 'locales'), { recursive: true });
  mkdirSync(path.join(dir, 'resources'));
  writeFileSync(path.join(dir, 'version'), version);
  for (const text of ['LICENSE', 'LICENSES.chromium.html']) writeFileSync(path.join(dir, text), text);
  for (const locale of ['de', 'en-US', 'zh-CN', 'zh-TW']) writeFileSync(path.join(dir, 'locales', `${locale}.pak`), '');

  const fuses = [Buffer.from([FUSES_VERSION, FACTORY_FUSES.length]), Buffer.from(FACTORY_FUSES)];
  writeFileSync(path.join(dir, 'electron'), Buffer.concat([Buffer.from(`ELF${FUSE_SENTINEL}`), ...fuses]));
  chmodSync(path.join(dir, 'electron'), 0o755);
}

/** The fuses of a binary, in Electron's order: `0` blown, `1` set, `r` removed. */
export function readFuses(binary: Buffer): string {
  const at = binary.indexOf(FUSE_SENTINEL) + FUSE_SENTINEL.length;
  const length = binary[at + 1] ?? 0;
  return binary.toString('latin1', at + 2, at + 2 + length);
}
