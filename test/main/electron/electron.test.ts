import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { withoutBrowser } from '../../fixtures/browser.ts';
import { builtAsShipped, builtWithTestPage, type Double, startDouble } from './start-double.ts';

describe.skipIf(withoutBrowser())('the Electron host, on its double', () => {
  let built: Awaited<ReturnType<typeof builtWithTestPage>>;
  beforeAll(async () => {
    built = await builtWithTestPage();
  });
  afterAll(() => built.remove());

  let dataDir: string;
  let running: Double[];
  const newDataDir = async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'saoma-electron-'));
    running = [];
  };
  const start = (env: NodeJS.ProcessEnv = {}, builtDir = built.dir, args: readonly string[] = []) => {
    const double = startDouble(builtDir, dataDir, { env, args });
    running.push(double);
    return double;
  };
  const cleanUp = async () => {
    await Promise.all(running.map((double) => double.kill()));
    await rm(dataDir, { recursive: true, force: true });
  };

  describe('once it shows its page', () => {
    let double: Double;
    beforeAll(async () => {
      await newDataDir();
      double = start();
      await double.connected();
    });
    afterAll(cleanUp);

    it('has said before the start what can only be said then', async () => {
      expect(await double.calls('app.enableSandbox')).toHaveLength(1);
      expect(await double.calls('schemes')).toEqual([
        [{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }],
      ]);
      expect(await double.calls('Menu.setApplicationMenu')).toEqual([null]);
    });

    it('has asked for a sandboxed, isolated window that is shown when there is something to see', async () => {
      const [options] = await double.calls('new BrowserWindow');
      expect(options).toMatchObject({
        show: false,
        kiosk: false,
        webPreferences: {
          sandbox: true,
          contextIsolation: true,
          nodeIntegration: false,
          webSecurity: true,
          webviewTag: false,
          navigateOnDragDrop: false,
          backgroundThrottling: false,
        },
      });
      expect(await double.calls('window.show')).toHaveLength(1);
      expect(await double.calls('powerSaveBlocker.start')).toEqual(['prevent-display-sleep']);
    });

    it('gives the page one port, over which calls and subscriptions work', async () => {
      expect(await double.evaluate('probe.ports')).toBe(1);
      const seen = await double.evaluate(`(async () => {
        const watched = await till.till.watch();
        const before = (await watched.next()).value.step;
        await till.till.ask({ amountFen: 1230 });
        const { step, amountFen } = (await watched.next()).value;
        await watched.return();
        await till.till.cancel();
        return [before, step, amountFen];
      })()`);
      expect(seen).toEqual(['amount', 'scan', 1230]);
      expect(await double.evaluate('till.status.watch().then((s) => s.next()).then(({ value }) => value.host)')).toBe(
        'electron',
      );
    });

    it('shows the page nothing of Node, of Electron or of the preload', async () => {
      const names = ['require', 'process', 'module', 'Buffer', 'electron', 'ipcRenderer', '__toMain', '__fromMain'];
      const types = await double.evaluate(`${JSON.stringify(names)}.map((name) => typeof globalThis[name])`);
      expect(types).toEqual(names.map(() => 'undefined'));
    });

    it('lets the page run only what it was built with', async () => {
      const outcome = (expression: string) =>
        double.evaluate(
          `(async () => { try { await (${expression}); return 'done'; } catch (error) { return error.name; } })()`,
        );
      expect(await outcome('document.body.innerHTML = "<b>x</b>"')).toBe('TypeError');
      expect(await outcome('Object.assign(document.createElement("script"), { text: "1" })')).toBe('TypeError');
      expect(await outcome('fetch("https://example.com/")')).toBe('TypeError');
      expect(
        await outcome(
          'new Promise((resolve, reject) => document.body.append(Object.assign(new Image(), { src: "https://example.com/x.png", onload: resolve, onerror: () => reject(new TypeError()) })))',
        ),
      ).toBe('TypeError');
      expect(await double.evaluate('isSecureContext')).toBe(true);
    });

    it.each([
      'media',
      'geolocation',
      'notifications',
      'serial',
      'hid',
      'usb',
      'clipboard-read',
      'fullscreen',
      'openExternal',
      'window-management',
    ])('grants no %s', async (permission) => {
      expect(await double.ask({ do: 'grants', permission })).toBe(false);
    });

    it('opens no second window', async () => {
      await double.evaluate('void window.open("https://example.com/")');
      await vi.waitUntil(async () => (await double.calls('window.open')).length > 0, { timeout: 20_000 });
      expect(await double.calls('window.open')).toEqual(['deny']);
    });

    it('goes nowhere else, neither with the page nor with a frame in it', async () => {
      const targets = ['https://example.com/', 'app://other/', 'file:///etc/passwd', 'app://saoma.evil.example/'];
      for (const target of targets) await double.evaluate(`void (location.href = ${JSON.stringify(target)})`);
      await double.evaluate(
        'void document.body.append(Object.assign(document.createElement("iframe"), { src: "https://example.org/" }))',
      );
      expect(await double.evaluate('location.pathname')).toBe('/');
      expect(await double.evaluate('probe.ports')).toBe(1);
    });

    it.each([
      ['another site', 'https://example.com/'],
      ['a frame inside the page', 'app://saoma/'],
      ['a page that has gone away', null],
    ])('gives %s no port', async (_, frameUrl) => {
      const before = await double.calls('webContents.postMessage');
      await double.ask({ do: 'ask main', channel: 'saoma:port?', frameUrl });
      expect(await double.calls('webContents.postMessage')).toEqual(before);
    });

    it('closes the old port when the page asks for a new one', async () => {
      await double.evaluate('probe.connect().then((client) => { window.till = client; })');
      await vi.waitUntil(async () => (await double.calls('port closed')).length > 0, { timeout: 20_000 });
      expect(await double.calls('port closed')).toEqual(['port-1']);
      expect(await double.evaluate('probe.ports')).toBe(2);
      expect(await double.evaluate('till.till.cancel().then(({ step }) => step)')).toBe('amount');
    });

    it('gives a reloaded page a fresh port, and the till as it stood', async () => {
      await double.evaluate('till.till.ask({ amountFen: 500 })');
      await double.ask({ do: 'reload page' });
      await double.connected();
      expect(await double.evaluate('probe.ports')).toBe(1);
      expect(
        await double.evaluate('till.till.watch().then((w) => w.next()).then(({ value }) => value.amountFen)'),
      ).toBe(500);
    });

    it('brings a crashed page back, with the till as it stood', async () => {
      await double.ask({ do: 'crash page' });
      await vi.waitUntil(async () => (await double.calls('webContents.reload')).length === 1, { timeout: 10_000 });
      await double.connected();
      expect(await double.evaluate('till.till.cancel().then(({ step }) => step)')).toBe('amount');
    });

    it('comes to the front when it is started a second time, and the second one ends', async () => {
      const second = start();
      expect(await second.ended()).toBe(0);
      await vi.waitUntil(async () => (await double.calls('window.focus')).length === 1, { timeout: 20_000 });
    });
  });

  describe('told to close', () => {
    beforeEach(newDataDir);
    afterEach(cleanUp);

    const askForPassword = (double: Double) =>
      double.evaluate(`(async () => {
        await till.till.ask({ amountFen: 123450 });
        await till.simulator.present({ scenario: 'walks-away' });
        for await (const { payment } of await till.till.watch()) if (payment?.phase === 'password') return;
      })()`);

    it('closes at once when everything is settled', async () => {
      const double = start();
      await double.connected();
      await double.ask({ do: 'close window' });
      expect(await double.ended()).toBe(0);
    });

    it('says how many payments and how much money are uncertain, and stays', async () => {
      const double = start();
      await double.connected();
      await askForPassword(double);
      await double.ask({ do: 'close window' });
      const [question] = await double.calls('dialog.showMessageBox');
      expect(question).toMatchObject({
        message: '1 payment or refund is not settled: ￥1,234.50, the oldest just now',
        buttons: ['Stay', 'Close anyway'],
        defaultId: 0,
        cancelId: 0,
      });
      expect(await double.evaluate('till.till.watch().then((w) => w.next()).then(({ value }) => value.step)')).toBe(
        'payment',
      );
    });

    it('leaves when the cashier insists, and takes the payment up at the next start', async () => {
      const double = start({ DOUBLE_LOCALE: 'zh-CN' });
      await double.connected();
      await askForPassword(double);
      await double.ask({ do: 'answer dialog', button: 1 });
      await double.ask({ do: 'close window' });
      expect(await double.ended()).toBe(0);

      const next = start();
      await next.connected();
      const unsettled = 'till.status.watch().then((w) => w.next()).then(({ value }) => value.unsettled.amountFen)';
      expect(await next.evaluate(unsettled)).toBe(123450);
    });

    it('asks in Chinese where the system speaks it', async () => {
      const double = start({ DOUBLE_LOCALE: 'zh-CN' });
      await double.connected();
      await askForPassword(double);
      await double.ask({ do: 'close window' });
      const [question] = await double.calls('dialog.showMessageBox');
      expect(question).toMatchObject({
        message: '还有 1 笔没有结清，共 ￥1,234.50，最早 刚刚',
        buttons: ['先不关', '仍要关闭'],
      });
    });
  });

  describe('that cannot start', () => {
    beforeEach(newDataDir);
    afterEach(cleanUp);

    it('says what happened, what it means for the money and what to do, and ends with 1', async () => {
      await writeFile(path.join(dataDir, 'config.json'), '{"paperWidthMm": 70}');
      const double = start();
      await vi.waitUntil(async () => (await double.calls('dialog.showErrorBox').catch(() => [])).length > 0, {
        timeout: 10_000,
      });
      const [shown] = await double.calls('dialog.showErrorBox');
      expect(shown).toEqual({
        title: 'One setting is wrong.',
        content: expect.stringMatching(/^No payment was sent[\s\S]*start again[\s\S]*CONFIG_INVALID: .*paperWidthMm/),
      });
      expect(await double.ended()).toBe(1);
    });

    it('does not start, packaged, with a debugging door open', async () => {
      const double = start({ DOUBLE_PACKAGED: '1' }, built.dir, ['--remote-debugging-port=9222']);
      expect(await double.ended()).toBe(2);
    });
  });

  describe('with the real renderer', () => {
    beforeEach(newDataDir);
    afterEach(cleanUp);

    it('shows a till that can be used', async () => {
      const double = start({}, builtAsShipped());
      await vi.waitUntil(() => double.evaluate('document.querySelectorAll("button").length > 10').catch(() => false), {
        timeout: 20_000,
      });
      expect(await double.calls('page error')).toEqual([]);
    });
  });
});
