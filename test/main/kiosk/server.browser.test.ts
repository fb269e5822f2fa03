import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type KioskServer, serveKiosk } from '../../../src/main/kiosk/server.ts';
import { launchBrowser, withoutBrowser } from '../../fixtures/browser.ts';
import { cannedTerminal } from './canned-router.ts';

const rendererDir = path.join(import.meta.dirname, 'page');

describe.skipIf(withoutBrowser())('the kiosk host, as a real browser meets it', () => {
  let browser: Browser;
  let kiosk: KioskServer;
  let page: Page;

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  beforeEach(async () => {
    kiosk = await serveKiosk({ router: cannedTerminal().router, rendererDir, clock: { now: () => 0 } });
    page = await (await browser.newContext()).newPage();
  });
  afterEach(async () => {
    await page.context().close();
    await kiosk.close();
  });

  const becomes = (title: string, of = page) => of.waitForFunction((wanted) => document.title === wanted, title);

  it('lets the page in by its link, and again after a reload', async () => {
    await page.goto(kiosk.url());
    await becomes('open');
    expect(page.url()).toBe(`${kiosk.origin}/`);

    await page.reload();
    await becomes('open');
    expect(await page.context().cookies()).toEqual([]);
  });

  it('lets nobody in by a link that was used, not even in the same browser', async () => {
    const link = kiosk.url();
    await page.goto(link);
    await becomes('open');

    const second = await page.context().newPage();
    await second.goto(link);
    await becomes('LINK_EXPIRED', second);
  });

  it('tells the page when the terminal closes', async () => {
    await page.goto(kiosk.url());
    await becomes('open');
    await kiosk.close();
    await becomes('closed 1001');
  });

  it('runs nothing but its own files: no inline script, no eval, no string as markup', async () => {
    await page.goto(kiosk.url());
    await becomes('open');
    const outcome = await page.evaluate(() => {
      const refused = (act: () => unknown) => {
        try {
          act();
          return false;
        } catch {
          return true;
        }
      };
      const inline = document.createElement('script');
      const violation = new Promise((resolve) => {
        document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), {
          once: true,
        });
      });
      const markup = refused(() => {
        document.body.innerHTML = '<img src=x onerror=alert(1)>';
      });
      const code = refused(() => {
        inline.text = 'globalThis.injected = true';
      });
      return Promise.all([markup, code, violation]);
    });
    expect(outcome).toEqual([true, true, 'require-trusted-types-for']);
  });

  describe('against a page of another port of 127.0.0.1, which shares its cookies', () => {
    let other: Server;
    let otherOrigin: string;

    beforeEach(async () => {
      other = createServer((_, response) => response.setHeader('content-type', 'text/html').end('<title>evil</title>'));
      await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
      otherOrigin = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
      await page.goto(kiosk.url());
      await becomes('open');
    });
    afterEach(() => {
      other.closeAllConnections();
      other.close();
    });

    it('opens no socket to it, even with a session in hand', async () => {
      const token = await page.evaluate(() => sessionStorage.getItem('token'));
      const evil = await page.context().newPage();
      await evil.goto(otherOrigin);
      const outcome = await evil.evaluate(
        ([url, stolen]) =>
          new Promise((resolve) => {
            const socket = new WebSocket(url ?? '', ['saoma', stolen ?? '']);
            socket.onopen = () => resolve('open');
            socket.onclose = ({ code }) => resolve(code);
          }),
        [`${kiosk.origin.replace('http', 'ws')}/rpc`, token],
      );
      expect(outcome).toBe(1006);
    });

    it('finds no session in the storage it has, spends no ticket, and cannot frame the till', async () => {
      const evil = await page.context().newPage();
      await evil.goto(otherOrigin);
      expect(await evil.evaluate(() => sessionStorage.length)).toBe(0);

      const link = kiosk.url();
      const spent = await evil.evaluate(
        async ([url, ticket]) => {
          const body = JSON.stringify({ ticket });
          const ask = (init: RequestInit) =>
            fetch(`${url}/session`, { method: 'POST', body, ...init }).then(
              () => 'sent',
              () => 'blocked',
            );
          return [await ask({ headers: { 'Content-Type': 'application/json' } }), await ask({ mode: 'no-cors' })];
        },
        [kiosk.origin, new URL(link).searchParams.get('ticket')],
      );
      expect(spent).toEqual(['blocked', 'blocked']);

      await evil.evaluate(
        (url) =>
          new Promise((resolve) => {
            const frame = document.createElement('iframe');
            frame.onload = resolve;
            frame.src = url;
            document.body.append(frame);
          }),
        kiosk.origin,
      );
      expect(evil.frames().map((frame) => frame.url())).not.toContain(`${kiosk.origin}/`);

      await page.goto(link);
      await becomes('open');
    });
  });
});
