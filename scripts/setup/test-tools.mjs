import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { nodeBinary } from './node-binary.mjs';
import { run, say, step } from './steps.mjs';

/** What the tests use beside Node: a browser, HID and serial libraries, Chinese glyphs, and ptys in pairs. */
const DEBIAN_PACKAGES = ['chromium', 'libusb-1.0-0', 'udev', 'fonts-noto-cjk', 'socat'];
const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];

/**
 * Makes sure of what the tests need beyond npm, where we may: system packages as root on Debian and Ubuntu, else
 * Playwright's own browser. Failing is not fatal: the tests that need what is missing then say that they are skipped.
 */
export async function ensureTestTools(rootDir) {
  const missing = missingPackages();
  if (missing.length > 0) await attempt(`apt-get install ${missing.join(' ')}`, () => aptInstall(missing, rootDir));
  if (!hasBrowser(rootDir)) await attempt('playwright install chromium', () => playwrightInstall(rootDir));
}

async function attempt(title, work) {
  try {
    await step(title, work);
  } catch (error) {
    say(`${title} failed: ${error.message}. The tests that need it will say that they are skipped.`);
  }
}

/** None where we are not root, or where the system is not Debian's kind. */
function missingPackages() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !isOnPath('apt-get')) return [];
  // Ubuntu's package "chromium" is a pointer to a snap, which containers cannot run.
  const isUbuntu = /^ID=ubuntu$/m.test(readText('/etc/os-release'));
  const wanted = DEBIAN_PACKAGES.filter((name) => name !== 'chromium' || !isUbuntu);

  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg fills these in.
  const query = spawnSync('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\n', ...wanted], {
    encoding: 'utf8',
  });
  const installed = new Set(
    query.stdout
      ?.split('\n')
      .filter((line) => line.endsWith(' installed'))
      .map((line) => line.split(' ')[0]),
  );
  return wanted.filter((name) => !installed.has(name));
}

async function aptInstall(packages, cwd) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-q'], { cwd, env });
  await run('apt-get', ['install', '-q', '-y', '--no-install-recommends', ...packages], { cwd, env });
}

function hasBrowser(rootDir) {
  if (process.env.SAOMA_BROWSER || BROWSERS.some(isOnPath)) return true;
  // Only Playwright knows where it keeps its own.
  const script = 'import("playwright").then(({ chromium }) => console.log(chromium.executablePath()))';
  const node = nodeBinary(rootDir);
  if (node === undefined) return false;
  const { stdout } = spawnSync(node, ['-e', script], { cwd: rootDir, encoding: 'utf8' });
  return existsSync(stdout.trim());
}

async function playwrightInstall(rootDir) {
  const cli = path.join(rootDir, 'node_modules', 'playwright', 'cli.js');
  const withLibraries = process.platform === 'linux' && process.getuid?.() === 0 ? ['--with-deps'] : [];
  await run(nodeBinary(rootDir) ?? process.execPath, [cli, 'install', ...withLibraries, 'chromium'], { cwd: rootDir });
}

function isOnPath(program) {
  const names = process.platform === 'win32' ? [`${program}.exe`] : [program];
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  return folders.some((folder) => names.some((name) => existsSync(path.join(folder, name))));
}

function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
