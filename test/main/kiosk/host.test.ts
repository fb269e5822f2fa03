import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fen } from '../../../src/core/money.ts';
import { type HostOptions, hostTerminal, type RunningKiosk } from '../../../src/main/kiosk/host.ts';
import { TICKET_LIFE_MS } from '../../../src/main/kiosk/tickets.ts';
import { testBrowser, withoutBrowser } from '../../fixtures/browser.ts';
import { ManualClock } from '../../fixtures/clock.ts';
import { cannedTerminal } from './canned-router.ts';
import { askSession, enter } from './kiosk-client.ts';

let dataDir: string;
let clock: ManualClock;
let printed: string[];
let closedTerminals: number;
let host: RunningKiosk | undefined;

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'saoma-host-'));
  clock = new ManualClock();
  printed = [];
  closedTerminals = 0;
});
afterEach(async () => {
  await host?.close();
  host = undefined;
  vi.unstubAllEnvs();
  // A browser's helpers outlive it for a moment, and may still write into its profile.
  await rm(dataDir, { recursive: true, maxRetries: 20, retryDelay: 50 });
});

const terminal = {
  ...cannedTerminal(),
  unsettled: () => ({ count: 0, amountFen: fen(0) }),
  close: async () => {
    closedTerminals += 1;
  },
};

async function start(options: Partial<HostOptions> = {}): Promise<RunningKiosk> {
  const rendererDir = path.join(import.meta.dirname, 'page');
  host = await hostTerminal(terminal, {
    dataDir,
    rendererDir,
    clock,
    port: 0,
    open: false,
    print: (line) => printed.push(line),
    ...options,
  });
  return host;
}

const linkFile = () => path.join(dataDir, 'kiosk-url');
const linkInFile = async () => (await readFile(linkFile(), 'utf8')).trim();
const printedLink = () => /http:\S+\?ticket=\S+/.exec(printed.join('\n'))?.[0] ?? '';

describe('the kiosk host', () => {
  it('prints a link that works', async () => {
    await start();
    expect(await enter(printedLink())).toHaveLength(43);
  });

  it('keeps a working link in a file that only its user can read', async () => {
    await start();
    expect((await stat(linkFile())).mode & 0o777).toBe(0o600);
    expect(await enter(await linkInFile())).toHaveLength(43);
  });

  it('puts a fresh link into the file when one was used', async () => {
    await start();
    const first = await linkInFile();
    await enter(first);
    await vi.waitUntil(async () => (await linkInFile()) !== first, { timeout: 20_000, interval: 10 });
    expect(await enter(await linkInFile())).toHaveLength(43);
  });

  it('puts a fresh link into the file before the present one is too old', async () => {
    const { origin } = await start();
    for (let halves = 0; halves < 5; halves += 1) {
      const before = await linkInFile();
      await clock.advance(TICKET_LIFE_MS / 2);
      await vi.waitUntil(async () => (await linkInFile()) !== before, { timeout: 20_000, interval: 10 });
    }
    expect(await enter(await linkInFile())).toHaveLength(43);
    const tooOld = { ticket: new URL(printedLink()).searchParams.get('ticket') };
    expect((await askSession(origin, tooOld)).status).toBe(401);
  });

  it('closes the terminal with itself, and takes the link away', async () => {
    await start();
    await host?.close();
    host = undefined;
    expect(closedTerminals).toBe(1);
    await expect(stat(linkFile())).rejects.toThrow('ENOENT');
  });

  it('leaves no server behind when the link cannot be written', async () => {
    await writeFile(path.join(dataDir, 'file'), '');
    await expect(start({ dataDir: path.join(dataDir, 'file') })).rejects.toThrow('ENOTDIR');
  });
});

describe('the window', () => {
  it('is not opened without a display, and that is said', async () => {
    vi.stubEnv('DISPLAY', '');
    vi.stubEnv('WAYLAND_DISPLAY', '');
    await start({ open: true });
    expect(printed.at(-1)).toContain('no display');
  });

  it('is not opened without a browser, and that is said', async () => {
    vi.stubEnv('DISPLAY', ':0');
    vi.stubEnv('SAOMA_BROWSER', path.join(dataDir, 'none'));
    await start({ open: true });
    expect(printed.at(-1)).toContain('no Chromium, Chrome or Edge');
  });

  it('that cannot be opened leaves the terminal running with a fresh link', async () => {
    vi.stubEnv('DISPLAY', ':0');
    vi.stubEnv('SAOMA_BROWSER', '/bin/false');
    await start({ open: true });
    await vi.waitUntil(() => printed.at(-1)?.includes('ended with code 1'), { timeout: 20_000 });
    expect(await enter(/http:\S+/.exec(printed.at(-1) ?? '')?.[0] ?? '')).toHaveLength(43);
  });

  describe.skipIf(withoutBrowser())('in a real browser', () => {
    it('comes in by itself, and closes with the host', async () => {
      // The same browser and switches as on a till, but without a screen.
      const headless = path.join(dataDir, 'headless');
      await writeFile(headless, `#!/bin/sh\nexec '${testBrowser()}' --headless=new "$@"\n`, { mode: 0o755 });
      vi.stubEnv('DISPLAY', ':0');
      vi.stubEnv('SAOMA_BROWSER', headless);
      await start({ open: true });

      const before = await linkInFile();
      await vi.waitUntil(async () => (await linkInFile()) !== before, { timeout: 20_000, interval: 50 });
      expect(await stat(path.join(dataDir, 'browser'))).toMatchObject({
        mode: expect.toSatisfy((mode) => (mode & 0o77) === 0),
      });

      await host?.close();
      host = undefined;
      expect(printed.join('\n')).not.toContain('The window is closed');
    });
  });
});
