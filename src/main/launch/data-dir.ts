import path from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;

/** Where a terminal keeps everything when no folder is named: `SAOMA_DATA`, else the system's place for it. */
export function defaultDataDir(env: Env, platform: NodeJS.Platform, homeDir: string): string {
  if (env.SAOMA_DATA) return path.resolve(env.SAOMA_DATA);
  if (platform === 'win32')
    return path.win32.join(env.LOCALAPPDATA ?? path.win32.join(homeDir, 'AppData', 'Local'), 'Saoma');
  if (platform === 'darwin') return path.posix.join(homeDir, 'Library', 'Application Support', 'Saoma');
  const base = env.XDG_DATA_HOME?.startsWith('/') ? env.XDG_DATA_HOME : path.posix.join(homeDir, '.local', 'share');
  return path.posix.join(base, 'saoma');
}
