import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface HeldLine extends AsyncDisposable {
  readonly baseUrl: string;
  /** Connections accepted so far, and sockets still open on either side. */
  accepted(): number;
  openConnections(): number;
  /** Lets everything that was held, and all that follows, go on to the port behind. */
  release(port: number): void;
  /** Ends every connection politely, as a server does with idle ones: it is up to the client to notice. */
  hangUp(): void;
}

/** A TCP port that accepts and then is silent, as a firewall or a captive portal can be, until it is released. */
export async function holdLine(): Promise<HeldLine> {
  const held: Socket[] = [];
  const open = new Set<Socket>();
  let target: number | undefined;
  let accepted = 0;

  function keep(socket: Socket): void {
    open.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => open.delete(socket));
  }

  function join(socket: Socket, port: number): void {
    const onward = connect(port, '127.0.0.1');
    keep(onward);
    socket.on('close', () => onward.destroy()).pipe(onward);
    onward.on('close', () => socket.destroy()).pipe(socket);
  }

  const server = createServer((socket) => {
    accepted += 1;
    keep(socket);
    if (target === undefined) held.push(socket);
    else join(socket, target);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    baseUrl: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    accepted: () => accepted,
    openConnections: () => open.size,
    release(port) {
      target = port;
      for (const socket of held) join(socket, port);
    },
    hangUp() {
      for (const socket of open) socket.end();
    },
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
