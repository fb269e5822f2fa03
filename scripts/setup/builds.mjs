import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { NODE_MISSING, nodeBinary } from './node-binary.mjs';
import { run, SetupError, step } from './steps.mjs';

/** Each of the three builds: what it reads, and one file that shows it was made. */
const BUILDS = [
  {
    name: 'renderer',
    config: 'vite.config.ts',
    inputs: ['src/renderer', 'src/core', 'src/contract'],
    output: 'out/renderer/kiosk.html',
  },
  {
    name: 'main',
    config: 'vite.main.config.ts',
    inputs: ['src/main', 'src/devices', 'src/simulator', 'src/core', 'src/contract'],
    output: 'out/main/cli.js',
  },
  {
    name: 'preload',
    config: 'vite.preload.config.ts',
    inputs: ['src/main/preload.ts'],
    output: 'out/preload/preload.cjs',
  },
];

/** Builds what its sources no longer match: by content, so that a checkout or a touch costs nothing. */
export async function ensureBuilds(rootDir) {
  const built = readStamp(rootDir);
  for (const build of BUILDS) {
    const hash = hashOf(rootDir, [
      ...build.inputs,
      build.config,
      'scripts/third-party-notices.ts',
      'package.json',
      'package-lock.json',
    ]);
    if (built[build.name] === hash && existsSync(path.join(rootDir, build.output))) continue;
    await step(`build ${build.name}`, () => vite(rootDir, build.config));
    built[build.name] = hash;
    writeStamp(rootDir, built);
  }
}

async function vite(rootDir, config) {
  const node = nodeBinary(rootDir);
  if (node === undefined) throw new SetupError(NODE_MISSING);
  const bin = path.join(rootDir, 'node_modules', 'vite', 'bin', 'vite.js');
  const options = { cwd: rootDir, env: { ...process.env, NODE_ENV: 'production' } };
  try {
    await run(node, [bin, 'build', '-c', config, '--logLevel', 'warn'], options);
  } catch (cause) {
    throw new SetupError(`The build of ${config} failed (${cause.message}; the reason is above).`, { cause });
  }
}

function hashOf(rootDir, inputs) {
  const hash = createHash('sha256');
  for (const file of inputs.flatMap((input) => filesUnder(rootDir, input))) {
    const content = readFileSync(path.join(rootDir, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** A file is itself, a folder all that lies in it, in a fixed order; what is not there has none. */
function filesUnder(rootDir, input) {
  const absolute = path.join(rootDir, input);
  if (!existsSync(absolute)) return [];
  try {
    const entries = readdirSync(absolute, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    return entries.flatMap((entry) =>
      entry.isDirectory() ? filesUnder(rootDir, `${input}/${entry.name}`) : [`${input}/${entry.name}`],
    );
  } catch (error) {
    if (error.code === 'ENOTDIR') return [input];
    throw error;
  }
}

const stampFile = (rootDir) => path.join(rootDir, 'out', '.stamp');

function readStamp(rootDir) {
  try {
    return JSON.parse(readFileSync(stampFile(rootDir), 'utf8'));
  } catch {
    return {};
  }
}

function writeStamp(rootDir, built) {
  mkdirSync(path.dirname(stampFile(rootDir)), { recursive: true });
  writeFileSync(stampFile(rootDir), `${JSON.stringify(built, undefined, 2)}\n`);
}
