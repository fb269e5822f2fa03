import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Trouble } from '../trouble.ts';

/** Pages are for this machine alone. */
export const LOOPBACK = '127.0.0.1';

/**
 * Listens on 127.0.0.1 and says on which port; 0 takes any that is free.
 *
 * @throws Trouble PORT_BUSY when the port is taken or not allowed.
 */
export function listenOnLoopback(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      reject(new Trouble('PORT_BUSY', `${LOOPBACK}:${port}: ${cause.code ?? cause.message}`));
    });
    server.listen(port, LOOPBACK, () => resolve((server.address() as AddressInfo).port));
  });
}
