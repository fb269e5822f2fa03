import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type ServerOptions } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Fields } from '../../../../../src/main/gateway/wechat-v2/wire/sign.ts';
import { parseXml } from '../../../../../src/main/gateway/wechat-v2/wire/xml.ts';
import type { Certificates } from '../../../../../src/simulator/certificates/certificates.ts';

export interface StubCall {
  readonly path: string;
  readonly fields: Fields;
  /** The common name of the client certificate shown, if any. */
  readonly clientName: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly response: ServerResponse;
  readonly socket: Socket;
}

export interface StubGateway extends AsyncDisposable {
  readonly baseUrl: string;
  readonly port: number;
  readonly calls: readonly StubCall[];
  /** Connections accepted so far, and those of them still open. */
  connections(): number;
  openConnections(): number;
  close(): Promise<void>;
}

/** A real TLS server on 127.0.0.1 that does with each request whatever a test wants. */
export async function startStub(
  certificates: Certificates,
  react: (call: StubCall, nth: number) => void,
  options: ServerOptions & { readonly port?: number } = {},
): Promise<StubGateway> {
  const { serverCertPem: cert, serverKeyPem: key, caPem: ca } = certificates;
  const calls: StubCall[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;

  const server = createServer({ cert, key, ca, requestCert: true, rejectUnauthorized: false, ...options });
  server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  });
  server.on('tlsClientError', () => undefined);
  server.on('request', async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const socket = request.socket as TLSSocket;
    const call: StubCall = {
      path: request.url ?? '',
      fields: parseXml(Buffer.concat(chunks)),
      clientName: socket.authorized ? String(socket.getPeerCertificate().subject.CN) : undefined,
      headers: request.headers,
      response,
      socket,
    };
    calls.push(call);
    react(call, calls.length);
  });
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  const close = async () => {
    for (const socket of sockets) socket.destroy();
    if (!server.listening) return;
    server.close();
    await once(server, 'close');
  };
  return {
    baseUrl: `https://127.0.0.1:${port}`,
    port,
    calls,
    connections: () => connections,
    openConnections: () => sockets.size,
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** A port on 127.0.0.1 where nobody listens. */
export async function closedPort(certificates: Certificates): Promise<number> {
  const stub = await startStub(certificates, () => undefined);
  await stub.close();
  return stub.port;
}
