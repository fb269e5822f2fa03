import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { TLSSocket } from 'node:tls';
import { XML_MAX_BYTES } from '../main/gateway/wechat-v2/wire/xml.ts';
import type { Certificates } from './certificates/certificates.ts';
import type { SimulatorClock } from './clock.ts';
import type { Service } from './service.ts';

/** The simulator is for this machine alone. */
const HOST = '127.0.0.1';

/** An idle connection is kept as long as the real service does, so that a till's keep-alive is worth testing. */
const KEEP_ALIVE_MS = 60_000;

export interface Listener {
  readonly port: number;
  /** Breaks every connection at once. */
  close(): Promise<void>;
}

export interface ListenerParts {
  readonly service: Service;
  readonly clock: SimulatorClock;
  /** Without them the listener speaks plain HTTP, and takes every client for certified: it cannot ask. */
  readonly certificates?: Certificates;
}

export class ListenError extends Error {
  override name = 'ListenError';
}

/** Serves the service on 127.0.0.1. Rejects with a ListenError when the port cannot be had. */
export async function listen(port: number, parts: ListenerParts): Promise<Listener> {
  const closing = new AbortController();
  const answer: RequestListener = (request, response) => {
    // What a client that has gone away still had coming is nobody's error.
    respond(request, response, parts, closing.signal).catch(() => response.destroy());
  };
  const server = createListener(parts.certificates, answer);
  await listening(server, port);
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        closing.abort();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function createListener(certificates: Certificates | undefined, answer: RequestListener): Server {
  const timeouts = { keepAliveTimeout: KEEP_ALIVE_MS };
  if (!certificates) return createServer(timeouts, answer);
  const { caPem: ca, serverCertPem: cert, serverKeyPem: key } = certificates;
  // Asked of everybody and demanded of nobody: only some paths need it, and the service says so in its own words.
  return createTlsServer({ ...timeouts, ca, cert, key, requestCert: true, rejectUnauthorized: false }, answer);
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const refuse = (error: Error) => {
      const why = 'code' in error && error.code === 'EADDRINUSE' ? 'another program has it' : error.message;
      reject(
        new ListenError(
          `The simulator cannot listen on port ${port} of ${HOST}: ${why}. Nothing was started. ` +
            'Stop the other program, or choose another port.',
        ),
      );
    };
    server.once('error', refuse);
    server.listen(port, HOST, () => {
      server.off('error', refuse);
      resolve();
    });
  });
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  { service, clock }: ListenerParts,
  closing: AbortSignal,
): Promise<void> {
  const body = await readBody(request);
  const call = {
    method: request.method ?? '',
    path: (request.url ?? '').split('?')[0] ?? '',
    body,
    certified: isCertified(request),
  };
  // The rest of a body that was too large is not read, so the connection is of no more use.
  const last = body.length > XML_MAX_BYTES ? { connection: 'close' } : {};
  const bill = service.bill(call);
  if (bill) {
    response.writeHead(200, { 'content-length': bill.bytes.length, ...bill.headers, ...last });
    response.end(bill.bytes);
    return;
  }
  const delivery = service.handle(call);
  if (delivery.kind === 'broken') {
    request.socket.destroy();
    return;
  }
  if (delivery.delayMs > 0) await clock.sleep(delivery.delayMs, closing);
  if (closing.aborted) return;
  response.writeHead(delivery.status, {
    'content-type': delivery.status === 200 ? 'text/plain' : 'text/html',
    'content-length': Buffer.byteLength(delivery.body),
    ...(delivery.code ? { 'x-simulator-code': delivery.code } : {}),
    ...last,
  });
  response.end(delivery.body);
}

/** Reads at most one byte more than a message may have; the service then refuses it for its size. */
async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    const bytes: Buffer = chunk;
    chunks.push(bytes);
    size += bytes.length;
    if (size > XML_MAX_BYTES) break;
  }
  return Buffer.concat(chunks);
}

function isCertified(request: IncomingMessage): boolean {
  return request.socket instanceof TLSSocket ? request.socket.authorized : true;
}
