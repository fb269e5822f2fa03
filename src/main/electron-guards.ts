import { app, type Session, type WebContents } from 'electron';
import { isOurPage } from './electron-names.ts';
import { isBrowserShortcut } from './electron-shortcuts.ts';

/** Chromium's own debugging doors, which no fuse closes. */
const DEBUG_SWITCHES = ['remote-debugging-port', 'remote-debugging-pipe', 'remote-debugging-address'];

/** Was a packaged till started with a door into its pages? Then it must not start. */
export function isBeingDebugged(): boolean {
  return app.isPackaged && DEBUG_SWITCHES.some((name) => app.commandLine.hasSwitch(name));
}

/** Whatever is ever shown: it stays on our pages, opens nothing, and may do nothing but show and talk to its port. */
export function guardEverything(session: Session): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents));

  // Electron grants every permission unless told otherwise. The terminal's devices are main's affair.
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler(null);
  session.on('will-download', (event) => event.preventDefault());
}

function guardContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect'] as const) {
    // One listener serves three events whose types differ only in what is not used here.
    contents.on(name as 'will-navigate', (event) => {
      if (!isOurPage(event.url)) event.preventDefault();
    });
  }
  contents.on('before-input-event', (event, input) => {
    if (isBrowserShortcut(input)) event.preventDefault();
  });
}
