import { RPCLink } from '@orpc/client/websocket';
import type { Dial } from './connection.ts';
import type { Entrance } from './kiosk-entrance.ts';

/** The kiosk host's wire: a WebSocket, opened only with a good session. */
export function createKioskDial({ location }: Pick<Window, 'location'>, entrance: Entrance): Dial {
  return async () => {
    const token = await entrance.enter();
    const socket = new WebSocket(`ws://${location.host}/rpc`, ['saoma', token]);
    const closed = new Promise<void>((resolve) => socket.addEventListener('close', () => resolve(), { once: true }));
    await opened(socket);
    return { link: new RPCLink({ websocket: socket }), closed };
  };
}

function opened(socket: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => resolve(), { once: true });
    socket.addEventListener('close', () => reject(new Error('The terminal closed the line')), { once: true });
  });
}
