import { RPCLink } from '@orpc/client/message-port';
import type { Dial } from './connection.ts';

/** What the preload (src/main/preload.ts) and the page say to each other, by `window.postMessage`. */
const ASK = 'saoma:port?';
const ANSWER = 'saoma:port';
const ANSWER_WITHIN_MS = 5_000;

/** The Electron host's wire: a MessagePort that the preload hands over when asked. */
export function createElectronDial(page: Window): Dial {
  return async () => {
    const port = await askForPort(page);
    const closed = new Promise<void>((resolve) => port.addEventListener('close', () => resolve(), { once: true }));
    const link = new RPCLink({ port });
    // The link listens first: a port delivers nothing before it is started.
    port.start();
    return { link, closed };
  };
}

function askForPort(page: Window): Promise<MessagePort> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => finish(), ANSWER_WITHIN_MS);
    page.addEventListener('message', receive);
    page.postMessage({ type: ASK }, page.location.origin === 'null' ? '*' : page.location.origin);

    function receive(event: MessageEvent): void {
      const [port] = event.ports;
      // Only this window's own preload may hand over a port, never a frame or another window.
      if (event.source === page && event.data?.type === ANSWER && port !== undefined) finish(port);
    }

    function finish(port?: MessagePort): void {
      clearTimeout(timer);
      page.removeEventListener('message', receive);
      if (port === undefined) reject(new Error('The terminal gave no port'));
      else resolve(port);
    }
  });
}
