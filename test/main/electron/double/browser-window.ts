import { EventEmitter } from 'node:events';
import type { AppDouble } from './app.ts';
import { PreventableEvent, record } from './record.ts';
import { WebContentsDouble, type WebContentsOptions } from './web-contents.ts';

interface WindowOptions {
  readonly show?: boolean;
  readonly webPreferences?: { readonly preload?: string };
}

/** `electron.BrowserWindow`, bound to one app and one browser. */
export function createBrowserWindowClass(app: AppDouble, contents: Omit<WebContentsOptions, 'preload'>) {
  return class BrowserWindowDouble extends EventEmitter {
    readonly webContents: WebContentsDouble;
    #destroyed = false;
    #visible: boolean;

    constructor(options: WindowOptions) {
      super();
      app.mustBeAfterReady('new BrowserWindow');
      record('new BrowserWindow', options);
      this.#visible = options.show !== false;
      this.webContents = new WebContentsDouble(app.windows.size + 1, {
        ...contents,
        preload: options.webPreferences?.preload ?? '',
      });
      app.windows.add(this);
      app.emit('web-contents-created', {}, this.webContents);
    }

    async loadURL(url: string): Promise<void> {
      await this.webContents.loadURL(url);
      this.emit('ready-to-show');
    }

    /** What a press on the window's × does. */
    close(): boolean {
      const event = new PreventableEvent();
      this.emit('close', event);
      if (event.defaultPrevented) return false;
      this.#destroyed = true;
      void this.webContents.destroy();
      this.emit('closed');
      app.windowClosed(this);
      return true;
    }

    show(): void {
      this.#visible = true;
      record('window.show');
    }

    focus(): void {
      record('window.focus');
    }

    restore(): void {
      record('window.restore');
    }

    isVisible(): boolean {
      return this.#visible;
    }

    isMinimized(): boolean {
      return process.env.DOUBLE_MINIMIZED === '1';
    }

    isDestroyed(): boolean {
      return this.#destroyed;
    }
  };
}
