import { existsSync } from 'node:fs';
import path from 'node:path';

const NODE_NEEDED = [22, 12];

/** Is this a Node that the terminal runs on? better-sqlite3 crashes without a word on 20. */
export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return major > NODE_NEEDED[0] || (major === NODE_NEEDED[0] && minor >= NODE_NEEDED[1]);
}

/** The Node to run ours with: this one, else the one that the npm package `node` brought. Undefined: there is none. */
export function nodeBinary(rootDir) {
  if (isNewEnough(process.version)) return process.execPath;
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const brought = path.join(rootDir, 'node_modules', 'node', 'bin', name);
  return existsSync(brought) ? brought : undefined;
}

export const NODE_MISSING = `Saoma needs Node ${NODE_NEEDED.join('.')} or newer; this is ${process.version}, and the npm package "node" \
did not bring one (were install scripts switched off?). Install Node 24 from nodejs.org, or run "npm rebuild node".`;
