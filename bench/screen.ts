import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, openSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import { type Browser, chromium, type Page } from 'playwright';
import { findBrowser } from '../src/main/launch/find-browser.ts';
import { isRoot } from '../src/main/launch/machine.ts';
import { type Figure, figureOf } from './figures.ts';
import type { Observed } from './outside.ts';
import { type BenchShop, CLI, startShop } from './shop.ts';

/**
 * With a real browser in front: from starting the process to a sale screen that takes keys, and from the gateway's
 * reply to "paid" painted. No figures where there is no browser.
 */
export async function screenLatency(starts: number, sales: number): Promise<Figure[]> {
  const executablePath = findBrowser();
  if (executablePath === undefined) return [];
  const browser = await chromium.launch({ executablePath, chromiumSandbox: !isRoot() });
  try {
    return [await startToUsable(browser, starts), await replyToPainted(browser, sales)];
  } finally {
    await browser.close();
  }
}

async function startToUsable(browser: Browser, starts: number): Promise<Figure> {
  await using shop = await startShop();
  const samples: number[] = [];
  for (let start = 0; start <= starts; start++) {
    const from = wallMs();
    await using till = await startTill(browser, shop, []);
    await till.page.keyboard.press('1');
    const usableAt = await till.page.evaluate(
      () =>
        new Promise<number>((done) => requestAnimationFrame(() => done(performance.timeOrigin + performance.now()))),
    );
    // The first start makes the data folder.
    if (start > 0) samples.push(usableAt - from);
  }
  return figureOf('start → sale screen takes keys', samples, '≤ 1200 ms');
}

async function replyToPainted(browser: Browser, sales: number): Promise<Figure> {
  await using shop = await startShop();
  const scannerFd = openSync(shop.scannerDevice, constants.O_RDWR | constants.O_NOCTTY);
  const outside = new Worker(new URL('./outside.ts', import.meta.url), {
    workerData: { gatewayPort: shop.gatewayPort, scannerFd },
  });
  const [{ cablePort, printerPort }] = (await once(outside, 'message')) as [{ cablePort: number; printerPort: number }];
  const samples: number[] = [];
  {
    const devices = ['--scanner', `serial:${shop.scannerPath}@9600`, '--printer', `tcp:127.0.0.1:${printerPort}`];
    await using till = await startTill(browser, shop, devices, cablePort);
    const { page } = till;
    for (let sale = 0; sale <= sales; sale++) {
      await page.keyboard.type('12.3');
      await page.keyboard.press('Enter');
      await page.locator('[data-state="scan"]').waitFor();
      const painted = page.evaluate(paidPainted);
      outside.postMessage(shop.freshCode());
      const [{ replyAt }] = (await once(outside, 'message')) as [Observed];
      const paintedAt = await painted;
      if (sale > 0) samples.push(paintedAt - wallOf(replyAt));
      await page.keyboard.press('Escape');
      await page.locator('[data-state="keying"]').waitFor();
    }
  }
  await outside.terminate();
  closeSync(scannerFd);
  return figureOf('reply → "paid" painted', samples, '≤ 50 ms');
}

/** In the page: when the frame that shows "paid" has been handed over for painting. */
function paidPainted(): Promise<number> {
  return new Promise((done) => {
    const panel = document.querySelector('[data-state]');
    new MutationObserver((_, observer) => {
      if (panel?.getAttribute('data-state') !== 'paid') return;
      observer.disconnect();
      // The callback runs before its frame is painted; the one after it, once that frame is out.
      requestAnimationFrame(() => requestAnimationFrame(() => done(performance.timeOrigin + performance.now())));
    }).observe(panel as Element, { attributes: true, attributeFilter: ['data-state'] });
  });
}

interface Till extends AsyncDisposable {
  readonly page: Page;
}

async function startTill(
  browser: Browser,
  shop: BenchShop,
  devices: readonly string[],
  gatewayPort = shop.gatewayPort,
): Promise<Till> {
  const saoma = spawn(process.execPath, [CLI, 'kiosk', '--no-open', '--data', shop.dataDir, ...devices], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...shop.envFor(`https://127.0.0.1:${gatewayPort}`) },
  });
  const [line] = (await once(createInterface({ input: saoma.stdout }), 'line')) as [string];
  const page = await (await browser.newContext({ viewport: { width: 1024, height: 600 } })).newPage();
  await page.goto(/http:\/\/\S+/.exec(line)?.[0] ?? '');
  await page.locator('[data-state="keying"]').waitFor();
  return {
    page,
    async [Symbol.asyncDispose]() {
      await page.context().close();
      saoma.kill('SIGTERM');
      await once(saoma, 'exit');
    },
  };
}

function wallMs(): number {
  return performance.timeOrigin + performance.now();
}

/** The machine's monotonic time as wall time, to compare it with a browser's. */
function wallOf(machine: number): number {
  return wallMs() - (Number(process.hrtime.bigint()) / 1e6 - machine);
}
