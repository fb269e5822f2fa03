import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { vi } from 'vitest';
import type { Entry } from './double/record.ts';
import type { Asked, Command, Reply } from './double.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const OUT = path.join(ROOT, 'out');

/**
 * The built main and preload beside the test page instead of the renderer. It lies under out/, for the bundle finds
 * its native modules by walking up from where it is.
 */
export async function builtWithTestPage(): Promise<{ dir: string; remove(): void }> {
  mustBeBuilt();
  const dir = mkdtempSync(path.join(OUT, 'electron-test-'));
  for (const folder of ['main', 'preload']) cpSync(path.join(OUT, folder), path.join(dir, folder), { recursive: true });
  await build({
    configFile: false,
    root: path.join(import.meta.dirname, 'page'),
    base: './',
    logLevel: 'error',
    build: {
      outDir: path.join(dir, 'renderer'),
      target: 'chrome120',
      modulePreload: { polyfill: false },
      rolldownOptions: { input: path.join(import.meta.dirname, 'page/electron.html') },
    },
  });
  return { dir, remove: () => rmSync(dir, { recursive: true }) };
}

/** The bundle as `npm run build` made it, real renderer included. */
export function builtAsShipped(): string {
  mustBeBuilt();
  return OUT;
}

function mustBeBuilt(): void {
  for (const file of ['main/electron.js', 'preload/preload.cjs', 'renderer/electron.html']) {
    if (!existsSync(path.join(OUT, file))) throw new Error(`out/${file} is missing: run "npm run build" first.`);
  }
}

export interface Double {
  readonly process: ChildProcess;
  ask(command: Command): Promise<unknown>;
  /** In the page; a promise is awaited. */
  evaluate<T>(expression: string): Promise<T>;
  /** The details of every call of this name so far. */
  calls(what: string): Promise<readonly unknown[]>;
  /** Resolves when the page has its client. */
  connected(): Promise<void>;
  /** The exit code. */
  ended(): Promise<number | null>;
  /** Ends it by force, whatever it would say. */
  kill(): Promise<void>;
}

export function startDouble(
  builtDir: string,
  dataDir: string,
  { env = {}, args = [] }: { readonly env?: NodeJS.ProcessEnv; readonly args?: readonly string[] } = {},
): Double {
  const main = path.join(builtDir, 'main/electron.js');
  const child = fork(path.join(import.meta.dirname, 'double.ts'), [main, `--data=${dataDir}`, ...args], {
    env: { ...process.env, ...env },
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const exit = once(child, 'exit') as Promise<[number | null, string | null]>;

  let asked = 0;

  const double: Double = {
    process: child,
    ask(command) {
      const id = ++asked;
      child.send({ id, command } satisfies Asked);
      return new Promise((resolve, reject) => {
        const listen = (reply: Reply) => {
          if (reply.id !== id) return;
          child.off('message', listen);
          if ('error' in reply) reject(new Error(reply.error));
          else resolve(reply.value);
        };
        child.on('message', listen);
        void exit.then(() => reject(new Error('The double has ended')));
      });
    },
    evaluate: <T>(expression: string) => double.ask({ do: 'evaluate', expression }) as Promise<T>,
    async calls(what) {
      const entries = (await double.ask({ do: 'recorded' })) as readonly Entry[];
      return entries.filter((entry) => entry.what === what).map((entry) => entry.detail);
    },
    async connected() {
      await vi.waitUntil(() => double.evaluate('"till" in window').catch(() => false), {
        timeout: 20_000,
        interval: 50,
      });
    },
    ended: async () => (await exit)[0],
    async kill() {
      child.kill('SIGKILL');
      await exit;
    },
  };
  return double;
}
