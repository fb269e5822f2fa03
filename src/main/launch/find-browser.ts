import { accessSync, constants } from 'node:fs';
import path from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;

/** In the order in which they are preferred. A snap cannot write to our data folder, so it comes last. */
const LINUX_NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
];
const LINUX_FOLDERS = ['/usr/local/bin', '/usr/bin', '/opt/google/chrome', '/opt/microsoft/msedge'];

const MAC_APPS = ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
  (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
);

const WINDOWS_PLACES = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];
const WINDOWS_ROOTS = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'];

/** Chromium, Chrome or Edge on this machine, else undefined. `SAOMA_BROWSER` names another one. */
export function findBrowser(
  env: Env = process.env,
  platform: NodeJS.Platform = process.platform,
  isExecutable: (file: string) => boolean = executable,
): string | undefined {
  return browserPlaces(env, platform).find(isExecutable);
}

/** Every place where a browser may be, the best first. */
export function browserPlaces(env: Env, platform: NodeJS.Platform): readonly string[] {
  if (env.SAOMA_BROWSER) return [env.SAOMA_BROWSER];
  if (platform === 'darwin') {
    return [
      ...MAC_APPS,
      ...(env.HOME === undefined ? [] : MAC_APPS.map((app) => path.posix.join(env.HOME ?? '', app))),
    ];
  }
  if (platform === 'win32') {
    const roots = WINDOWS_ROOTS.map((name) => env[name]).filter((root) => root !== undefined);
    return WINDOWS_PLACES.flatMap((place) => roots.map((root) => path.win32.join(root, place)));
  }
  const onPath = (env.PATH ?? '').split(':').filter((folder) => folder.startsWith('/') && folder !== '/snap/bin');
  const folders = [...new Set([...onPath, ...LINUX_FOLDERS])];
  const places = LINUX_NAMES.flatMap((name) => folders.map((folder) => path.posix.join(folder, name)));
  return [...places, ...LINUX_NAMES.map((name) => `/snap/bin/${name}`)];
}

function executable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
