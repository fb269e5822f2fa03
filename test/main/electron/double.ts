/**
 * A double of Electron: `node double.ts MAIN.js [switches]` runs a built main bundle in Node, answering its
 * `import 'electron'`, and its pages in a real Chromium. It shows that main, preload, page and the headers between
 * them fit together. It does not show Electron's own sandbox, menus, printing or GPU: see real-electron.test.ts.
 *
 * A test that forks it may send numbered `Command`s and gets one `Reply` to each.
 */
import { EventEmitter } from 'node:events';
import { registerHooks } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { launchBrowser } from '../../fixtures/browser.ts';
import { AppDouble } from './double/app.ts';
import { createBrowserWindowClass } from './double/browser-window.ts';
import { MessageChannelMainDouble } from './double/message-ports.ts';
import { record, recorded } from './double/record.ts';
import { SessionDouble } from './double/session.ts';
import type { WebContentsDouble } from './double/web-contents.ts';

export type Command =
  | { readonly do: 'evaluate'; readonly expression: string }
  | { readonly do: 'recorded' }
  | { readonly do: 'grants'; readonly permission: string }
  | { readonly do: 'answer dialog'; readonly button: number }
  /** As if a frame with this URL had asked main; null: as if it had gone away meanwhile. */
  | { readonly do: 'ask main'; readonly channel: string; readonly frameUrl: string | null }
  | { readonly do: 'close window' | 'crash page' | 'reload page' };

export interface Asked {
  readonly id: number;
  readonly command: Command;
}

export type Reply = { readonly id: number } & ({ readonly value: unknown } | { readonly error: string });

const mainFile = path.resolve(process.argv[2] ?? '');
const dataDir = process.argv.find((arg) => arg.startsWith('--data='))?.slice('--data='.length) ?? '';
// Electron's own argv has no script: the executable, then the app, then the rest.
process.argv.splice(1, 1);

const app = new AppDouble();
const ipcMain = new EventEmitter();
const defaultSession = new SessionDouble();
const browser = launchBrowser();
let dialogButton: number | undefined;

const BrowserWindow = createBrowserWindowClass(app, {
  browser,
  answer: () => defaultSession.handlerOf('app'),
  toIpcMain: (channel, event, message) => ipcMain.emit(channel, event, message),
});

const electron = {
  app,
  BrowserWindow,
  ipcMain,
  MessageChannelMain: MessageChannelMainDouble,
  session: { defaultSession },
  protocol: {
    registerSchemesAsPrivileged: (schemes: unknown) => {
      app.mustBeBeforeReady('protocol.registerSchemesAsPrivileged');
      record('schemes', schemes);
    },
  },
  Menu: { setApplicationMenu: (menu: unknown) => record('Menu.setApplicationMenu', menu) },
  powerSaveBlocker: { start: (kind: string) => record('powerSaveBlocker.start', kind) },
  dialog: {
    showErrorBox: (title: string, content: string) => record('dialog.showErrorBox', { title, content }),
    showMessageBox: async (_window: unknown, options: { cancelId?: number }) => {
      record('dialog.showMessageBox', options);
      return { response: dialogButton ?? options.cancelId ?? 0 };
    },
  },
};

app.once('exit', async (code: number) => {
  await (await browser).close();
  process.exit(code);
});
process.on('message', async ({ id, command }: Asked) => {
  try {
    reply({ id, value: (await obey(command)) ?? null });
  } catch (error) {
    reply({ id, error: String(error) });
  }
});

answerImportOfElectron();
await app.meetFirstInstance(path.join(dataDir, 'electron'));
await import(pathToFileURL(mainFile).href);
if (app.userData !== path.join(dataDir, 'electron')) throw new Error(`The lock was asked for in ${app.userData}`);
app.becomeReady();

function answerImportOfElectron(): void {
  Object.assign(globalThis, { electronDouble: electron });
  const source = `export const { ${Object.keys(electron).join(', ')} } = globalThis.electronDouble;`;
  registerHooks({
    resolve(specifier, context, next) {
      if (specifier !== 'electron') return next(specifier, context);
      return { url: `data:text/javascript,${encodeURIComponent(source)}`, shortCircuit: true };
    },
  });
}

function reply(message: Reply): void {
  process.send?.(message);
}

async function obey(command: Command): Promise<unknown> {
  switch (command.do) {
    case 'recorded':
      return recorded();
    case 'grants':
      return defaultSession.grants(command.permission);
    case 'evaluate':
      return contents().page.evaluate(command.expression);
    case 'reload page':
      // Until the new page is there, the old one would still answer.
      return contents()
        .page.reload({ waitUntil: 'domcontentloaded' })
        .then(() => undefined);
    case 'answer dialog':
      dialogButton = command.button;
      return;
    case 'ask main': {
      const senderFrame = command.frameUrl === null ? null : { url: command.frameUrl };
      ipcMain.emit(command.channel, { sender: contents(), senderFrame, ports: [] });
      return;
    }
    case 'close window':
      return theWindow().close();
    case 'crash page':
      return contents()
        .page.goto('chrome://crash')
        .catch(() => {});
  }
}

function theWindow(): InstanceType<typeof BrowserWindow> {
  const [window] = app.windows;
  if (!(window instanceof BrowserWindow)) throw new Error('No window is open');
  return window;
}

function contents(): WebContentsDouble {
  return theWindow().webContents;
}
