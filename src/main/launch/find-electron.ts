import { accessSync, constants, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;

const EXECUTABLES: Partial<Record<NodeJS.Platform, string>> = {
  win32: 'electron.exe',
  darwin: 'Electron.app/Contents/MacOS/Electron',
};

/**
 * Electron's executable, when it is on this machine and of the wanted version. Only files are looked at: asking the
 * `electron` module itself would begin a download, which can hang behind a silent proxy.
 *
 * @param packageDir the folder of the npm package `electron`; see `electronPackageDir`.
 */
export function findElectron(
  packageDir: string | undefined,
  env: Env = process.env,
  platform: NodeJS.Platform = process.platform,
): string | undefined {
  const name = EXECUTABLES[platform] ?? 'electron';
  const override = env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override !== undefined && override !== '') return executableAt(path.join(override, name));
  if (packageDir === undefined || !isUnpacked(packageDir)) return undefined;
  return executableAt(path.join(packageDir, 'dist', name));
}

/** Where the npm package `electron` lies, or undefined when it is not installed. Resolves a path, runs nothing. */
export function electronPackageDir(): string | undefined {
  try {
    return path.dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  } catch {
    return undefined;
  }
}

/** The download is an archive of the very version that the package asks for; an older one may linger after an update. */
function isUnpacked(packageDir: string): boolean {
  try {
    const wanted: unknown = JSON.parse(readFileSync(path.join(packageDir, 'package.json'), 'utf8')).version;
    const unpacked = readFileSync(path.join(packageDir, 'dist', 'version'), 'utf8')
      .trim()
      .replace(/^v/, '');
    return unpacked === wanted;
  } catch {
    return false;
  }
}

function executableAt(file: string): string | undefined {
  try {
    accessSync(file, constants.X_OK);
    return file;
  } catch {
    return undefined;
  }
}
