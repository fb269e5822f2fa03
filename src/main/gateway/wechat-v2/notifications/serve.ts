import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { XML_MAX_BYTES } from '../wire/xml.ts';
import type { Heard } from './notification.ts';

/** All bounded, since whoever can reach the port can use it. Times in milliseconds. */
export interface NotificationLimits {
  readonly connections: number;
  /** For a request's head, and for all of it. */
  readonly headersMs: number;
  readonly requestMs: number;
}

export interface NotificationServerOptions {
  /** 0 takes any that is free. */
  readonly port: number;
  /** Loopback unless told otherwise: what reaches it from the internet comes through a proxy that speaks TLS. */
  readonly host?: string | undefined;
  readonly hear: (body: Uint8Array) => Heard;
  /** Acts on what was heard, before it is confirmed: if it throws, the notification is refused and comes again. */
  readonly onHeard: (heard: Heard) => void;
  readonly limits?: Partial<NotificationLimits> | undefined;
}

export interface NotificationServer {
  readonly port: number;
  /** Breaks every connection at once. */
  close(): Promise<void>;
}

export const NOTIFICATION_LIMITS: NotificationLimits = { connections: 32, headersMs: 5_000, requestMs: 10_000 };

const HEAD_MAX_BYTES = 8 * 1024;
const REQUESTS_PER_CONNECTION = 100;
const NOT_TAKEN = '<xml><return_code>FAIL</return_code><return_msg>系统繁忙</return_msg></xml>';

/** Takes WeChat Pay's notifications over HTTP, by POST to any path. Rejects when it cannot listen there. */
export async function serveNotifications(options: NotificationServerOptions): Promise<NotificationServer> {
  const { port, host = '127.0.0.1' } = options;
  const { connections, headersMs, requestMs } = { ...NOTIFICATION_LIMITS, ...options.limits };
  const server = createServer(
    {
      headersTimeout: headersMs,
      requestTimeout: requestMs,
      keepAliveTimeout: headersMs,
      connectionsCheckingInterval: Math.min(1_000, headersMs),
      maxHeaderSize: HEAD_MAX_BYTES,
    },
    (request, response) => {
      // What a sender that has gone away still had coming is nobody's error.
      answer(request, response, options).catch(() => response.destroy());
    },
  );
  server.maxConnections = connections;
  server.maxRequestsPerSocket = REQUESTS_PER_CONNECTION;
  await listening(server, port, host);
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listening(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { hear, onHeard }: NotificationServerOptions,
): Promise<void> {
  // Nothing is unpacked here, so nothing small can turn out huge.
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (request.method !== 'POST') return refuse(response, 405);
  if (encoding !== 'identity') return refuse(response, 415);
  const body = await readBody(request);
  if (body === undefined) return refuse(response, 413);

  const heard = hear(body);
  respond(response, 200, acted(onHeard, heard) ? heard.reply : NOT_TAKEN);
}

/** Whether it was acted on. A confirmation is a promise, and one that could not be kept is not given. */
function acted(onHeard: (heard: Heard) => void, heard: Heard): boolean {
  try {
    onHeard(heard);
    return true;
  } catch {
    return false;
  }
}

/** The whole body, or undefined when it is larger than any message may be; the rest of it is then not read. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    const bytes: Buffer = chunk;
    size += bytes.length;
    if (size > XML_MAX_BYTES) return undefined;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

/** An answer to what is no notification at all, after which the connection is of no more use. */
function refuse(response: ServerResponse, status: number): void {
  response.setHeader('connection', 'close');
  respond(response, status, NOT_TAKEN);
  response.once('finish', () => response.socket?.destroySoon());
}

function respond(response: ServerResponse, status: number, xml: string): void {
  response.writeHead(status, { 'content-type': 'text/xml; charset=utf-8', 'content-length': Buffer.byteLength(xml) });
  response.end(xml);
}
