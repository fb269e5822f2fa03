import { connect, type Socket } from 'node:net';
import type { Clock } from '../../core/time.ts';
import { DeviceFault, faultOf } from './device-fault.ts';
import type { Link, LinkSource } from './link.ts';

export interface TcpAddress {
  readonly host: string;
  readonly port: number;
}

/** A switched-off printer answers nothing at all, and one that another till is using may not either. */
const CONNECT_MS = 3_000;
/** For the last bytes to be fetched, and for the other side to hang up too. */
const CLOSE_MS = 5_000;

export function createTcpLinks(address: TcpAddress, clock: Clock): LinkSource {
  return {
    open: (signal) => openTcpLink(address, clock, signal),
    close: async () => undefined,
  };
}

async function openTcpLink({ host, port }: TcpAddress, clock: Clock, signal: AbortSignal): Promise<Link> {
  const socket = connect({ host, port, noDelay: true });
  // From the first moment: a byte that nobody reads would turn our goodbye into a reset, which wipes out what the
  // printer has not fetched yet.
  let listener: (bytes: Uint8Array) => void = () => undefined;
  socket.on('data', (bytes: Buffer) => listener(bytes));
  const ended = endOf(socket);
  await connected(socket, ended, `${host}:${port}`, clock, signal);
  let taken = 0;

  return {
    answers: true,
    taken: () => taken,
    ended,
    listen(to) {
      listener = to;
    },
    async write(bytes, giveUp) {
      if (socket.destroyed) throw new DeviceFault('missing', `${host}:${port} hung up`);
      taken += bytes.length;
      await Promise.race([flushed(socket, bytes), abortOf(giveUp)]);
    },
    async close() {
      const late = new AbortController();
      socket.end();
      await Promise.race([ended, clock.sleep(CLOSE_MS, late.signal)]);
      late.abort();
      socket.destroy();
    },
    async abandon() {
      socket.destroy();
    },
  };
}

async function connected(
  socket: Socket,
  ended: Promise<DeviceFault | undefined>,
  address: string,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  const done = new AbortController();
  const waited = clock.sleep(CONNECT_MS, AbortSignal.any([signal, done.signal])).then(() => {
    const why = 'switched off, not on the network, or busy with another till';
    return new DeviceFault('missing', `${address} did not answer within ${CONNECT_MS / 1_000} s: ${why}`);
  });
  const fault = await Promise.race([
    new Promise<undefined>((resolve) => socket.once('connect', () => resolve(undefined))),
    ended.then((end) => end ?? new DeviceFault('missing', `${address} hung up`)),
    waited,
  ]);
  done.abort();
  if (!fault) return;
  socket.destroy();
  throw fault;
}

/** Errors on a socket come as events, and unheard they would end the process. */
function endOf(socket: Socket): Promise<DeviceFault | undefined> {
  return new Promise((resolve) => {
    socket.on('error', (error) => resolve(faultOf(error)));
    socket.on('close', () => resolve(undefined));
  });
}

function flushed(socket: Socket, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.write(bytes, (error) => (error ? reject(faultOf(error)) : resolve()));
  });
}

/** Rejects when the signal aborts. */
function abortOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () => reject(new DeviceFault('faulty', 'it has stopped taking data: out of paper, or cover open'));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}
