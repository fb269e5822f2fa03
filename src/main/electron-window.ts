import path from 'node:path';
import { app, BrowserWindow, dialog } from 'electron';
import { APP_URL } from './electron-names.ts';
import { reloadDelayMs } from './electron-recovery.ts';

/** The till's one window. Shown when it has something to show. */
export function openTillWindow({ fullscreen }: { readonly fullscreen: boolean }): BrowserWindow {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 1024,
    minHeight: 600,
    show: false,
    kiosk: fullscreen,
    autoHideMenuBar: true,
    roundedCorners: !fullscreen,
    title: '扫码 Saoma',
    backgroundColor: '#f4f6f8',
    webPreferences: {
      preload: path.join(import.meta.dirname, '../preload/preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      devTools: !app.isPackaged,
      spellcheck: false,
      navigateOnDragDrop: false,
      // A till that is not in front must still say that the money came in, at once and aloud.
      backgroundThrottling: false,
      autoplayPolicy: 'no-user-gesture-required',
      v8CacheOptions: 'bypassHeatCheck',
    },
  });
  window.once('ready-to-show', () => window.show());
  window.webContents.on('did-finish-load', () => void window.webContents.setVisualZoomLevelLimits(1, 1));
  reviveWhenGone(window);
  void window.loadURL(APP_URL);
  return window;
}

export function bringToFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

/** The screen is disposable, the terminal is not: a crashed page is loaded again, and finds everything as it is. */
function reviveWhenGone(window: BrowserWindow): void {
  let crashes: readonly number[] = [];
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    crashes = [...crashes, performance.now()];
    const delayMs = reloadDelayMs(crashes);
    if (delayMs === undefined) void offerReload(window, reason);
    else setTimeout(() => reload(window), delayMs);
  });
}

/** It crashed too often to go on by itself, so a person decides when. */
async function offerReload(window: BrowserWindow, reason: string): Promise<void> {
  await dialog.showMessageBox(window, {
    type: 'error',
    message: '收银画面多次崩溃 The till screen crashed repeatedly',
    detail: `付款由后台继续查清，不受影响。 Payments go on being resolved; none is affected.\n\n${reason}`,
    buttons: ['重新打开画面 Open it again'],
    noLink: true,
  });
  reload(window);
}

function reload(window: BrowserWindow): void {
  if (!window.isDestroyed()) window.webContents.reload();
}
