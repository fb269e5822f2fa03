import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright';
import { build } from 'vite';
import type { Language } from '../../../src/renderer/i18n/messages.ts';
import { launchBrowser } from '../../fixtures/browser.ts';
import { type FakeTerminal, startFakeTerminal } from '../fake-terminal.ts';

const ROOT = path.join(import.meta.dirname, '../../..');

export const SMALL = { width: 1024, height: 600 };
export const LARGE = { width: 1920, height: 1080 };

export interface TillPage {
  readonly page: Page;
  readonly terminal: FakeTerminal;
  /** What no till may have: console errors, thrown errors, and whatever the content security policy refused. */
  readonly troubles: readonly string[];
  close(): Promise<void>;
}

export interface TillPageOptions {
  readonly language?: Language;
  readonly theme?: 'light' | 'dark';
  readonly size?: { readonly width: number; readonly height: number };
  readonly prepare?: (page: Page) => Promise<void>;
}

/** The renderer as it is built today, in a real browser, behind the kiosk host's own server and headers. */
export async function startTillPages() {
  const rendererDir = await mkdtemp(path.join(tmpdir(), 'saoma-renderer-'));
  await build({
    configFile: path.join(ROOT, 'vite.config.ts'),
    root: path.join(ROOT, 'src/renderer'),
    build: { outDir: rendererDir },
    logLevel: 'error',
  });
  const browser = await launchBrowser();
  return {
    open: (options: TillPageOptions = {}) => openTill(browser, rendererDir, options),
    async close() {
      await browser.close();
      await rm(rendererDir, { recursive: true, force: true });
    },
  };
}

async function openTill(
  browser: Browser,
  rendererDir: string,
  { language = 'zh-CN', theme = 'light', size = SMALL, prepare }: TillPageOptions,
): Promise<TillPage> {
  const terminal = await startFakeTerminal(rendererDir);
  const context = await browser.newContext({ viewport: size, colorScheme: theme, reducedMotion: 'reduce' });
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') troubles.push(message.text());
  });
  page.on('pageerror', (error) => troubles.push(error.message));
  await page.addInitScript(
    (settings) => {
      localStorage.setItem('saoma.settings', settings);
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
        console.error(`Refused by the policy: ${effectiveDirective} ${blockedURI}`),
      );
    },
    JSON.stringify({ language, theme, volume: 0.5 }),
  );
  await prepare?.(page);
  await page.goto(terminal.url());
  await page.locator('[data-state="keying"]').waitFor();
  return {
    page,
    terminal,
    troubles,
    async close() {
      await context.close();
      await terminal.close();
    },
  };
}
