import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createServer as createPlainServer } from 'node:http';
import { createServer, type ServerOptions } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { loadOrMakeCertificates } from '../../../../src/simulator/certificates/certificate-folder.ts';
import type { Certificates } from '../../../../src/simulator/certificates/certificates.ts';

export const UPLOAD_KEY = 'a key of the shop and its back office: 0123456789';

export interface Delivery {
  readonly key: string;
  readonly body: string;
  readonly report: Readonly<Record<string, unknown>> & { readonly event: string };
  readonly headers: IncomingMessage['headers'];
  readonly path: string;
  /** Whether the signature is this body's, at that time, by that key. */
  readonly isGenuine: boolean;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

export interface BackOffice {
  readonly url: string;
  readonly port: number;
  /** All that came, also what was answered badly or not at all. */
  readonly deliveries: readonly Delivery[];
  /** What a receiver that honours the keys has in its books: each key once, in the order of arrival. */
  accepted(): readonly string[];
  /** How it behaves from now on; by default it accepts. */
  behave(react: (delivery: Delivery, nth: number) => void): void;
  /** Resolves when so many have been accepted. */
  hasAccepted(count: number): Promise<void>;
  close(): Promise<void>;
}

/** Certificates are dear to make: one set serves a whole test file. */
export async function officeCertificates(): Promise<Certificates> {
  return loadOrMakeCertificates('1900000109', undefined);
}

/** A real server on 127.0.0.1, over TLS unless no certificates are given. */
export async function openBackOffice(
  certificates: Certificates | undefined,
  options: ServerOptions & { readonly port?: number } = {},
): Promise<BackOffice> {
  const deliveries: Delivery[] = [];
  const accepted: string[] = [];
  const waiting: { readonly count: number; readonly wake: () => void }[] = [];
  const sockets = new Set<Socket>();
  let react: (delivery: Delivery, nth: number) => void = accept;

  const listener: RequestListener = async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString('utf8');
    const { headers, url = '' } = request;
    const timestamp = String(headers['saoma-timestamp']);
    const genuine = createHmac('sha256', UPLOAD_KEY).update(`${timestamp}.${body}`).digest('hex');
    const delivery: Delivery = {
      key: String(headers['idempotency-key']),
      body,
      report: JSON.parse(body),
      headers,
      path: url,
      isGenuine: headers['saoma-signature'] === `v1=${genuine}`,
      request,
      response,
    };
    deliveries.push(delivery);
    response.once('finish', () => {
      if (response.statusCode >= 300 || accepted.includes(delivery.key)) return;
      accepted.push(delivery.key);
      for (const { count, wake } of waiting) if (accepted.length >= count) wake();
    });
    react(delivery, deliveries.length);
  };
  const server = certificates
    ? createServer({ cert: certificates.serverCertPem, key: certificates.serverKeyPem, ...options }, listener)
    : createPlainServer(listener);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  });
  server.on('tlsClientError', () => undefined);
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  return {
    url: `${certificates ? 'https' : 'http'}://127.0.0.1:${port}/reports?shop=1`,
    port,
    deliveries,
    accepted: () => accepted,
    behave(next) {
      react = next;
    },
    hasAccepted(count) {
      return new Promise((wake) => {
        if (accepted.length >= count) wake();
        else waiting.push({ count, wake });
      });
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      if (!server.listening) return;
      server.close();
      await once(server, 'close');
    },
  };
}

export function accept({ response }: Delivery): void {
  response.writeHead(204).end();
}

/** A till's settings that lead there, and the files that they name. */
export function uploadSettings(folder: string, url: string, certificates?: Certificates) {
  writeFileSync(join(folder, 'upload.key'), `${UPLOAD_KEY}\n`);
  if (certificates) writeFileSync(join(folder, 'upload-ca.pem'), certificates.caPem);
  return {
    url,
    keyFile: join(folder, 'upload.key'),
    ratePerSecond: 1_000,
    ...(certificates ? { caFile: join(folder, 'upload-ca.pem') } : {}),
  };
}
