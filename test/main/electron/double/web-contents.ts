import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Browser, CDPSession, Page } from 'playwright';
import { type Crossing, FROM_MAIN, ISOLATED_WORLD, isolatedWorldSource, TO_MAIN } from './isolated-world.ts';
import type { MessagePortMainDouble } from './message-ports.ts';
import { PreventableEvent, record } from './record.ts';

export interface WebContentsOptions {
  readonly browser: Promise<Browser>;
  readonly preload: string;
  /** The function given to `protocol.handle('app', …)`. */
  readonly answer: () => (request: Request) => Promise<Response> | Response;
  readonly toIpcMain: (channel: string, event: object, message: unknown) => void;
}

type OpenHandler = (details: { url: string }) => { action: string };

/** A page in a real Chromium, seen as `webContents`. Its `app://x/` lives at `https://x.app.invalid/`. */
export class WebContentsDouble extends EventEmitter {
  readonly id: number;
  readonly mainFrame = { url: '' };
  readonly #options: WebContentsOptions;
  #page: Page | undefined;
  #cdp: CDPSession | undefined;
  #world: number | undefined;
  #ports = new Map<string, MessagePortMainDouble>();
  #opening: OpenHandler = () => ({ action: 'allow' });
  /** Loads that main itself asked for are no navigation of the page's. */
  #ownLoads = 0;

  constructor(id: number, options: WebContentsOptions) {
    super();
    this.id = id;
    this.#options = options;
  }

  get page(): Page {
    if (this.#page === undefined) throw new Error('Nothing was loaded yet');
    return this.#page;
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#opening = handler;
  }

  async setVisualZoomLevelLimits(minimum: number, maximum: number): Promise<void> {
    record('webContents.setVisualZoomLevelLimits', [minimum, maximum]);
  }

  async loadURL(url: string): Promise<void> {
    const page = await this.#open();
    this.#ownLoads += 1;
    await page.goto(toWeb(url));
    this.mainFrame.url = url;
    this.emit('did-finish-load');
  }

  /** After a crash Chromium's tab is of no more use, so the page is opened anew, as Electron starts a new process. */
  reload(): void {
    record('webContents.reload');
    void this.loadURL(this.mainFrame.url);
  }

  postMessage(channel: string, message: unknown, ports: readonly MessagePortMainDouble[] = []): void {
    record('webContents.postMessage', { channel, ports: ports.length });
    const ids = ports.map((port) => {
      const id = `port-${this.#ports.size + 1}`;
      this.#ports.set(id, port);
      port.on('message', ({ data }) => void this.#toWorld({ kind: 'port', port: id, message: data }));
      port.on('close', () => record('port closed', id));
      port.start();
      return id;
    });
    void this.#toWorld({ kind: 'ipc', channel, message, ports: ids });
  }

  async destroy(): Promise<void> {
    this.emit('destroyed');
    await this.#page?.close();
  }

  async #open(): Promise<Page> {
    await this.#page?.close();
    const browser = await this.#options.browser;
    const page = await (await browser.newContext()).newPage();
    const cdp = await page.context().newCDPSession(page);
    this.#page = page;
    this.#cdp = cdp;
    page.on('pageerror', (error) => record('page error', error.message));
    page.on('crash', () => this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 11 }));
    page.on('popup', (popup) => {
      const { action } = this.#opening({ url: popup.url() });
      record('window.open', action);
      if (action === 'deny') void popup.close();
    });
    const { frameTree } = await cdp.send('Page.getFrameTree');
    await this.#installPreload(cdp, frameTree.frame.id);
    await this.#interceptRequests(cdp, frameTree.frame.id);
    return page;
  }

  async #installPreload(cdp: CDPSession, mainFrameId: string): Promise<void> {
    cdp.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.name !== ISOLATED_WORLD || context.auxData?.frameId !== mainFrameId) return;
      this.#world = context.id;
      // The document before this one is gone, and with it the far ends of its ports.
      for (const port of this.#ports.values()) port.close();
      this.#ports.clear();
    });
    cdp.on('Runtime.bindingCalled', ({ name, payload }) => {
      if (name === TO_MAIN) this.#fromWorld(JSON.parse(payload) as Crossing);
    });
    await cdp.send('Runtime.enable');
    await cdp.send('Page.enable');
    await cdp.send('Runtime.addBinding', { name: TO_MAIN, executionContextName: ISOLATED_WORLD });
    const source = isolatedWorldSource(readFileSync(this.#options.preload, 'utf8'));
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', {
      worldName: ISOLATED_WORLD,
      source,
      runImmediately: true,
    });
  }

  #fromWorld(crossing: Crossing): void {
    if (crossing.kind === 'port') this.#ports.get(crossing.port)?.postMessage(crossing.message);
    if (crossing.kind !== 'ipc') return;
    this.mainFrame.url = toApp(this.page.url());
    this.#options.toIpcMain(
      crossing.channel,
      { sender: this, senderFrame: this.mainFrame, ports: [] },
      crossing.message,
    );
  }

  async #toWorld(crossing: Crossing): Promise<void> {
    const expression = `${FROM_MAIN}(${JSON.stringify(crossing)})`;
    // A document that has just gone away is no error: its successor asks for a port of its own.
    await this.#cdp?.send('Runtime.evaluate', { expression, contextId: this.#world ?? 0 }).catch(() => {});
  }

  async #interceptRequests(cdp: CDPSession, mainFrameId: string): Promise<void> {
    cdp.on('Fetch.requestPaused', async ({ requestId, request, frameId, resourceType }) => {
      const url = toApp(request.url);
      if (resourceType === 'Document' && this.#isPrevented(url, frameId === mainFrameId)) {
        record('navigation prevented', url);
        return cdp.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
      }
      if (!url.startsWith('app://')) return cdp.send('Fetch.continueRequest', { requestId });

      const { method, headers } = request;
      const response = await this.#options.answer()(new Request(url, { method, headers }));
      const body = Buffer.from(await response.arrayBuffer()).toString('base64');
      const responseHeaders = [...response.headers].map(([name, value]) => ({ name, value }));
      await cdp.send('Fetch.fulfillRequest', { requestId, responseCode: response.status, responseHeaders, body });
    });
    await cdp.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
  }

  #isPrevented(url: string, isMainFrame: boolean): boolean {
    if (isMainFrame && this.#ownLoads > 0) {
      this.#ownLoads -= 1;
      return false;
    }
    const event = Object.assign(new PreventableEvent(), { url, isMainFrame });
    if (isMainFrame) this.emit('will-navigate', event);
    this.emit('will-frame-navigate', event);
    return event.defaultPrevented;
  }
}

const toWeb = (url: string) => url.replace(/^app:\/\/([^/]+)/, 'https://$1.app.invalid');
const toApp = (url: string) => url.replace(/^https:\/\/([^/]+)\.app\.invalid/, 'app://$1');
