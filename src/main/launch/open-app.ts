import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';

const TERM_MS = 3_000;

export interface AppWindowOptions {
  /** Chromium's, Chrome's or Edge's executable. */
  readonly browser: string;
  /** The launch URL. Other users of the machine can read it off the command line: its ticket works once. */
  readonly url: string;
  /** The browser's own folder for this window, made when missing. Shared with no other browser. */
  readonly profileDir: string;
  readonly isRoot: boolean;
  /** Fills the screen and cannot be left by mouse, as on a till without a keyboard. */
  readonly fullscreen?: boolean;
}

export interface AppWindow {
  readonly pid: number | undefined;
  /** Resolves when the window is gone, with what was wrong when the browser could not be started or broke. */
  readonly closed: Promise<string | undefined>;
  close(): Promise<void>;
  /** Lets this process end before the window does. */
  release(): void;
}

/** Opens the till in a browser window without tabs or address bar. */
export function openApp(options: AppWindowOptions): AppWindow {
  mkdirSync(options.profileDir, { recursive: true, mode: 0o700 });
  const browser = spawn(options.browser, appSwitches(options), { stdio: 'ignore' });
  const closed = new Promise<string | undefined>((resolve) => {
    browser.once('error', (error) => resolve(`${options.browser} could not be started: ${error.message}`));
    browser.once('exit', (code) => resolve(code === 0 || code === null ? undefined : `It ended with code ${code}`));
  });

  return {
    pid: browser.pid,
    closed,
    release: () => browser.unref(),
    async close() {
      browser.kill('SIGTERM');
      const lateOne = setTimeout(() => browser.kill('SIGKILL'), TERM_MS);
      await closed;
      clearTimeout(lateOne);
    },
  };
}

/** The browser's command line. With a profile of its own the process stays until the window is closed. */
export function appSwitches({ url, profileDir, isRoot, fullscreen = false }: AppWindowOptions): readonly string[] {
  return [
    `--user-data-dir=${profileDir}`,
    `--app=${url}`,
    ...(fullscreen ? ['--kiosk', '--window-position=0,0'] : ['--window-size=1280,800']),
    '--no-first-run',
    '--no-default-browser-check',
    '--noerrdialogs',
    '--hide-crash-restore-bubble',
    '--password-store=basic',
    '--disable-component-update',
    '--disable-background-networking',
    '--disable-sync',
    '--disable-pinch',
    '--overscroll-history-navigation=0',
    '--disable-features=Translate',
    // The till must be heard without a click first: its sounds say whether the money came in.
    '--autoplay-policy=no-user-gesture-required',
    ...(isRoot ? ['--no-sandbox'] : []),
  ];
}
