import path from 'node:path';
import type { Clock } from '../../core/time.ts';
import { findBrowser } from '../launch/find-browser.ts';
import { hasDisplay, isRoot } from '../launch/machine.ts';
import { type AppWindow, openApp } from '../launch/open-app.ts';
import type { Terminal } from '../terminal.ts';
import { keepLinkFile, LINK_FILE, type LinkFile } from './link-file.ts';
import { serveKiosk } from './server.ts';

export interface HostOptions {
  readonly dataDir: string;
  readonly rendererDir: string;
  readonly clock: Pick<Clock, 'now' | 'sleep'>;
  readonly port: number;
  /** Open a window, where there is a display and a browser. */
  readonly open: boolean;
  readonly fullscreen?: boolean;
  readonly print: (line: string) => void;
}

export interface RunningKiosk {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** What is not certain yet, for a last word before closing. */
  unsettled: Terminal['unsettled'];
  /** Closes the window, the server and the terminal, in this order. */
  close(): Promise<void>;
}

/** Shows a terminal on 127.0.0.1. It is the host's from then on: closing the host closes it. */
export async function hostTerminal(
  terminal: Pick<Terminal, 'router' | 'unsettled' | 'close'>,
  options: HostOptions,
): Promise<RunningKiosk> {
  const { dataDir, rendererDir, clock, port, print } = options;
  const file = path.join(dataDir, LINK_FILE);
  let linkFile: LinkFile | undefined;
  const onTicketUsed = () => linkFile?.renew();
  const server = await serveKiosk({ router: terminal.router, rendererDir, clock, port, onTicketUsed });
  linkFile = await keepLinkFile(file, server.url, clock).catch(async (error: unknown) => {
    await server.close();
    throw error;
  });

  print(`收银窗口 Till: ${server.url()}`);
  print(`链接三十分钟内可用一次，新链接总在 The link works once, within 30 minutes; a fresh one is always in: ${file}`);
  const window = options.open ? openWindow(server.url, options) : undefined;

  return {
    origin: server.origin,
    unsettled: terminal.unsettled,
    async close() {
      await window?.close();
      await linkFile.close();
      await server.close();
      await terminal.close();
    },
  };
}

/** The window comes and goes; the terminal stays until it is told to end. */
function openWindow(freshUrl: () => string, options: HostOptions): Pick<AppWindow, 'close'> | undefined {
  const { dataDir, fullscreen = false, print } = options;
  const browser = findBrowser();
  if (!hasDisplay() || browser === undefined) {
    const missing = hasDisplay() ? '没有找到浏览器 no Chromium, Chrome or Edge' : '没有显示器 no display';
    print(`未打开窗口 No window was opened: ${missing}`);
    return undefined;
  }

  const profileDir = path.join(dataDir, 'browser');
  const window = openApp({ browser, url: freshUrl(), profileDir, isRoot: isRoot(), fullscreen });
  let closing = false;
  void window.closed.then((trouble) => {
    if (closing) return;
    const reason = trouble === undefined ? '' : ` (${trouble})`;
    print(`窗口已关闭，收银程序仍在运行 The window is closed, the terminal still runs${reason}: ${freshUrl()}`);
  });
  return {
    close() {
      closing = true;
      return window.close();
    },
  };
}
