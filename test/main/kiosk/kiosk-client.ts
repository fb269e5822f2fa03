import { request } from 'node:http';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { WebSocket } from 'ws';
import type { Contract } from '../../../src/contract/index.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface Call {
  readonly method?: string;
  readonly path?: string;
  /** Replaces what an honest page would send; undefined leaves the header out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: string;
}

/** Plain HTTP to the kiosk host, with every header in the test's hands (fetch would not let it lie about Host). */
export function call(origin: string, { method = 'GET', path = '/', headers = {}, body }: Call = {}): Promise<Answer> {
  const { hostname, port } = new URL(origin);
  const sent = Object.entries(headers).filter((header): header is [string, string] => header[1] !== undefined);
  return new Promise((resolve, reject) => {
    const sending = request(
      { hostname, port, method, path, headers: Object.fromEntries(sent), agent: false },
      (response) => {
        response.setEncoding('utf8');
        let text = '';
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
      },
    );
    sending.on('error', reject);
    sending.end(body);
  });
}

/** `POST /session` as the kiosk page sends it. */
export function askSession(origin: string, body: object, headers: Call['headers'] = {}): Promise<Answer> {
  const honest = { origin, 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };
  return call(origin, {
    method: 'POST',
    path: '/session',
    headers: { ...honest, ...headers },
    body: JSON.stringify(body),
  });
}

/** The token that the launch URL's ticket buys. */
export async function enter(launchUrl: string): Promise<string> {
  const { origin, searchParams } = new URL(launchUrl);
  const { status, body } = await askSession(origin, { ticket: searchParams.get('ticket') });
  if (status !== 200) throw new Error(`The ticket was refused: ${status} ${body}`);
  return (JSON.parse(body) as { token: string }).token;
}

export interface Upgrade {
  readonly path?: string;
  readonly protocols?: string[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** A WebSocket as the page opens it. Resolves when open; rejects with the HTTP status of a refusal. */
export function openSocket(origin: string, token: string, { path = '/rpc', protocols, headers }: Upgrade = {}) {
  const socket = new WebSocket(`${origin.replace('http', 'ws')}${path}`, protocols ?? ['saoma', token], {
    headers: { origin, ...headers },
  });
  return new Promise<WebSocket>((resolve, reject) => {
    socket.once('open', () => resolve(socket));
    socket.once('error', (error) => reject(new Error(/\b(\d{3})$/.exec(error.message)?.[1] ?? error.message)));
  });
}

export function clientOver(socket: WebSocket): ContractRouterClient<Contract> {
  return createORPCClient(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }));
}

/** The code and the words with which a socket is closed. */
export function closing(socket: WebSocket): Promise<{ code: number; reason: string }> {
  return new Promise((resolve) => socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() })));
}
