import { EventEmitter } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import path from 'node:path';
import { PreventableEvent, record } from './record.ts';

/** A window as `app.quit` sees it. */
export interface Quittable {
  /** False when a listener kept it open. */
  close(): boolean;
}

/**
 * `electron.app`. Like the real one it is ready only after the main module has been evaluated, so a main that awaits
 * its readiness at the top level hangs here too; and what must be said before then throws afterwards.
 */
export class AppDouble extends EventEmitter {
  readonly isPackaged = process.env.DOUBLE_PACKAGED === '1';
  readonly windows = new Set<Quittable>();
  readonly commandLine = {
    hasSwitch: (name: string) => process.argv.some((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`)),
  };
  #ready = Promise.withResolvers<void>();
  #isReady = false;
  #userData = '';
  /** Settled by the attempt to get the lock, which the real one makes before it returns. */
  #isFirst = true;

  whenReady(): Promise<void> {
    return this.#ready.promise;
  }

  becomeReady(): void {
    this.#isReady = true;
    this.emit('ready');
    this.#ready.resolve();
  }

  mustBeBeforeReady(what: string): void {
    if (this.#isReady) throw new Error(`${what} must be called before the app is ready`);
    record(what);
  }

  mustBeAfterReady(what: string): void {
    if (!this.#isReady) throw new Error(`${what} cannot be used before the app is ready`);
  }

  enableSandbox(): void {
    this.mustBeBeforeReady('app.enableSandbox');
  }

  getLocale(): string {
    return process.env.DOUBLE_LOCALE ?? 'en-US';
  }

  setPath(name: string, folder: string): void {
    if (name !== 'userData') throw new Error(`The double knows no path "${name}"`);
    mkdirSync(folder, { recursive: true });
    this.#userData = folder;
  }

  /** Asked of the other instance beforehand, see `meetFirstInstance`: the real lock answers at once. */
  requestSingleInstanceLock(): boolean {
    return this.#isFirst;
  }

  /** Finds out, before the main module runs, whether another instance has this folder. */
  async meetFirstInstance(userData: string): Promise<void> {
    mkdirSync(userData, { recursive: true });
    const socketPath = path.join(userData, 'single-instance');
    this.#isFirst = !(await reaches(socketPath));
    if (this.#isFirst) {
      // A process that was killed leaves its socket behind.
      rmSync(socketPath, { force: true });
      createServer((socket) => {
        socket.resume();
        this.emit('second-instance', {}, [], '', null);
      })
        .listen(socketPath)
        .unref();
    }
  }

  /** Where the lock lies must be where the main module puts it. */
  get userData(): string {
    return this.#userData;
  }

  /** Asks, closes every window, asks again, ends: a listener can stop it at each step. */
  quit(): void {
    if (this.#prevented('before-quit')) return;
    for (const window of [...this.windows]) if (!window.close()) return;
    if (this.#prevented('will-quit')) return;
    this.exit(0);
  }

  exit(code = 0): void {
    record('app.exit', code);
    process.exitCode = code;
    this.emit('exit', code);
  }

  windowClosed(window: Quittable): void {
    this.windows.delete(window);
    if (this.windows.size === 0 && !this.emit('window-all-closed')) this.quit();
  }

  #prevented(name: string): boolean {
    const event = new PreventableEvent();
    this.emit(name, event);
    return event.defaultPrevented;
  }
}

function reaches(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(socketPath, () => {
      socket.end();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
