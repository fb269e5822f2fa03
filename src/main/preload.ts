/**
 * All that crosses from the page to Electron: a request for a port, and the port. Nothing is put on the page's
 * `window`. Bundled into one CommonJS script, for a sandboxed preload has no modules.
 */
import { ipcRenderer } from 'electron';
import { PORT_ANSWER, PORT_ASK } from './electron-names.ts';

window.addEventListener('message', (event) => {
  if (event.source === window && event.data?.type === PORT_ASK) ipcRenderer.send(PORT_ASK);
});

ipcRenderer.on(PORT_ANSWER, ({ ports }) => {
  window.postMessage({ type: PORT_ANSWER }, window.location.origin, ports);
});
