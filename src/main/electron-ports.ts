import { RPCHandler } from '@orpc/server/message-port';
import { type IpcMainEvent, ipcMain, MessageChannelMain, type MessagePortMain } from 'electron';
import { isOurPage, PORT_ANSWER, PORT_ASK } from './electron-names.ts';
import type { Terminal } from './terminal.ts';

/**
 * Gives each page that asks one port to the terminal. A page loses its port when it reloads, and asks again; the old
 * port is closed then, so that its subscriptions end. A page may ask before the terminal is there: what it sends
 * waits in the port.
 */
export function servePorts(terminal: Promise<Pick<Terminal, 'router'>>): void {
  const ports = new Map<number, MessagePortMain>();
  // A terminal that cannot open is reported where it is created; here its pages just get no answer.
  const handler = terminal.then(({ router }) => new RPCHandler(router)).catch(() => undefined);

  ipcMain.on(PORT_ASK, async (event) => {
    if (!comesFromOurPage(event)) return;
    const contents = event.sender;
    const { port1, port2 } = new MessageChannelMain();
    const previous = ports.get(contents.id);
    ports.set(contents.id, port1);
    if (previous === undefined) contents.once('destroyed', () => closePort(contents.id));
    previous?.close();
    contents.postMessage(PORT_ANSWER, null, [port2]);

    (await handler)?.upgrade(port1, { context: {} });
    // Only now do the messages that waited arrive: the handler has to be listening first.
    port1.start();
  });

  function closePort(contentsId: number): void {
    ports.get(contentsId)?.close();
    ports.delete(contentsId);
  }
}

/** A frame inside the page, or a page of somebody else, gets nothing. The frame is null once it has gone away. */
function comesFromOurPage({ sender, senderFrame }: IpcMainEvent): boolean {
  return senderFrame !== null && senderFrame === sender.mainFrame && isOurPage(senderFrame.url);
}
