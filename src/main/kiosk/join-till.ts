import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { findBrowser } from '../launch/find-browser.ts';
import { hasDisplay, isRoot } from '../launch/machine.ts';
import { openApp } from '../launch/open-app.ts';
import type { HostOptions } from './host.ts';
import { LINK_FILE } from './link-file.ts';

const ANSWER_MS = 2_000;
const LINK = /^http:\/\/127\.0\.0\.1:\d+\/\?ticket=[\w-]+$/;

/**
 * Whoever starts the till a second time wants to see it: leads to the one that runs on this data folder already.
 *
 * @returns false when no kiosk host serves it, so that the folder is in use by something else.
 */
export async function joinTill(options: Pick<HostOptions, 'dataDir' | 'open' | 'fullscreen' | 'print'>) {
  const { dataDir, open, fullscreen = false, print } = options;
  const file = path.join(dataDir, LINK_FILE);
  const url = await liveLink(file);
  if (url === undefined) return false;

  const browser = open && hasDisplay() ? findBrowser() : undefined;
  if (browser === undefined) {
    print(`收银程序已在运行 The till is running already: ${url}`);
    return true;
  }
  // The window uses up the link, so the way to the next one is said in its place.
  openApp({ browser, url, profileDir: path.join(dataDir, 'browser'), isRoot: isRoot(), fullscreen }).release();
  print(`收银程序已在运行，已打开窗口 The till is running already; a window was opened. A fresh link is in: ${file}`);
  return true;
}

/** The link in the file, when its server answers: one that was killed leaves its file behind. */
async function liveLink(file: string): Promise<string | undefined> {
  try {
    const url = (await readFile(file, 'utf8')).trim();
    if (!LINK.test(url)) return undefined;
    const response = await fetch(new URL(url).origin, { signal: AbortSignal.timeout(ANSWER_MS) });
    await response.body?.cancel();
    return response.ok ? url : undefined;
  } catch {
    return undefined;
  }
}
