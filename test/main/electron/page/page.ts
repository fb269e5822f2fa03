import { createORPCClient } from '@orpc/client';
import type { TerminalClient } from '../../../../src/renderer/connection/connection.ts';
import { createElectronDial } from '../../../../src/renderer/connection/electron-dial.ts';

/**
 * A page with the renderer's own connection and no screen: tests reach the terminal through `window.till`, and
 * count the ports that the preload handed over.
 */
const probe = { ports: 0, connect };
addEventListener('message', (event) => {
  probe.ports += event.ports.length;
});
Object.assign(window, { probe, till: await connect() });

async function connect(): Promise<TerminalClient> {
  const wire = await createElectronDial(window)();
  return createORPCClient(wire.link);
}
