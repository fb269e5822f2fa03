import { readFileSync } from 'node:fs';
import path from 'node:path';
import { npm } from './npm.mjs';
import { SetupError, say, step } from './steps.mjs';

/** Installs what package-lock.json names, when it is missing or another version of it is there. */
export async function ensureDependencies(rootDir) {
  const stale = firstStale(rootDir);
  if (stale === undefined) return;

  say(`dependencies: ${stale}`);
  try {
    await step('npm ci', () => npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: rootDir }));
  } catch (cause) {
    throw new SetupError(
      `The dependencies could not be installed (${cause.message}; npm's own words are above). Check the network and, ` +
        'behind a proxy or a mirror, "npm config get registry"; then start again. Nothing else was changed.',
      { cause },
    );
  }
}

/**
 * Why node_modules does not fit the lock file, or undefined when it does. npm leaves its own record of what it
 * installed, written last, so an interrupted install has none; a package for another platform may be missing.
 */
function firstStale(rootDir) {
  const wanted = readPackages(path.join(rootDir, 'package-lock.json'));
  if (wanted === undefined) throw new SetupError('package-lock.json is missing or broken: get a fresh copy of Saoma.');
  const installed = readPackages(path.join(rootDir, 'node_modules', '.package-lock.json'));
  if (installed === undefined) return 'not installed yet';

  for (const [place, { version, optional, link }] of Object.entries(wanted)) {
    if (place === '' || link) continue;
    const found = installed[place];
    if (found === undefined && optional) continue;
    if (found?.version !== version) return `${place} is ${found?.version ?? 'missing'}, ${version} is wanted`;
  }
  return undefined;
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}
