import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { createTcpLinks } from '../../../src/devices/transport/tcp-link.ts';
import { createSystemClock } from '../../../src/main/system-clock.ts';

const NEVER = new AbortController().signal;
const LARGE = 600_000;

it('loses no byte of a large job to a printer that has spoken in the meantime', async () => {
  const received = Promise.withResolvers<number>();
  const server = createServer((socket) => {
    // An unread byte at our end must not turn the end of the job into a reset.
    socket.write(Uint8Array.of(0x10, 0x00, 0x00, 0x00));
    received.resolve(countSlowly(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;

  const link = await createTcpLinks({ host: '127.0.0.1', port }, createSystemClock()).open(NEVER);
  await link.write(new Uint8Array(LARGE), NEVER);
  await link.close();
  expect(await received.promise).toBe(LARGE);
  expect(link.taken()).toBe(LARGE);
});

/** Reads a little at each turn, and says something each time. Resolves with how much came, whatever the end was. */
async function countSlowly(socket: Socket): Promise<number> {
  let count = 0;
  const ended = new Promise<void>((resolve) => {
    socket.on('error', () => resolve());
    socket.on('close', () => resolve());
  });
  socket.on('data', (bytes) => {
    count += bytes.length;
    socket.pause();
    if (socket.writable) socket.write(Uint8Array.of(0x14));
    setImmediate(() => socket.resume());
  });
  await ended;
  return count;
}
