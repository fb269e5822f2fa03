/**
 * Host 1: Electron. What must be said before Chromium is ready stands first; then the window opens while the terminal
 * does, and the two meet over one MessagePort.
 */
import { homedir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { app, Menu, powerSaveBlocker, protocol, session } from 'electron';
import { guardEverything, isBeingDebugged } from './electron-guards.ts';
import { askBeforeLeaving } from './electron-leaving.ts';
import { APP_SCHEME } from './electron-names.ts';
import { servePorts } from './electron-ports.ts';
import { createPageProtocol } from './electron-protocol.ts';
import { endWithTrouble } from './electron-trouble.ts';
import { bringToFront, openTillWindow } from './electron-window.ts';
import { defaultDataDir } from './launch/data-dir.ts';
import { createTerminal } from './terminal.ts';

const { values: flags } = parseArgs({
  args: process.argv.slice(1),
  options: {
    data: { type: 'string' },
    scanner: { type: 'string' },
    printer: { type: 'string' },
    fullscreen: { type: 'boolean', default: false },
  },
  // Chromium's own switches stand among ours.
  strict: false,
});
const dataDir = text(flags.data) ?? defaultDataDir(process.env, process.platform, homedir());

app.enableSandbox();
protocol.registerSchemesAsPrivileged([
  { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
]);
Menu.setApplicationMenu(null);
// The single-instance lock belongs to this folder, so a second terminal with books of its own may run beside it.
app.setPath('userData', path.join(dataDir, 'electron'));

// What nobody foresaw ends the process; the next start resolves whatever was under way.
process.on('uncaughtException', endWithTrouble);

if (isBeingDebugged()) app.exit(2);
else if (!app.requestSingleInstanceLock()) app.quit();
// Not awaited: Electron is not ready before this module has been evaluated.
else start().catch(endWithTrouble);

async function start(): Promise<void> {
  await app.whenReady();
  guardEverything(session.defaultSession);
  session.defaultSession.protocol.handle(APP_SCHEME, createPageProtocol(path.join(import.meta.dirname, '../renderer')));

  // The window first: its process starts while the books are being opened.
  const window = openTillWindow({ fullscreen: flags.fullscreen === true });
  const terminal = createTerminal({
    dataDir,
    host: 'electron',
    scanner: text(flags.scanner),
    printer: text(flags.printer),
  });
  servePorts(terminal);
  app.on('second-instance', () => bringToFront(window));
  powerSaveBlocker.start('prevent-display-sleep');
  askBeforeLeaving(window, await terminal);
}

function text(flag: string | boolean | undefined): string | undefined {
  return typeof flag === 'string' ? flag : undefined;
}
