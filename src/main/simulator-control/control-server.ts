import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { ControlRefusal } from '../../simulator/control/refusal.ts';
import type { Merchant } from '../../simulator/options.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { type Refusal, refusalOf } from '../kiosk/admission.ts';
import { digestOf, newToken, sameDigest } from '../kiosk/tokens.ts';
import { LOOPBACK, listenOnLoopback } from '../pages/listen.ts';
import { readJson } from '../pages/read-json.ts';
import { refuseMethod, sendFile, sendJson, sendText, setPageHeaders } from '../pages/send.ts';
import { describeTrouble, troubleOf } from '../trouble.ts';
import { answerControlCall, isControlCall } from './control-calls.ts';
import { simulatorView } from './simulator-view.ts';

const BODY_MAX_BYTES = 4_096;
const INDEX = 'simulator.html';

export interface ControlServerOptions {
  readonly simulator: Pick<Simulator, 'control'>;
  readonly merchant: Pick<Merchant, 'appId' | 'mchId'>;
  /** The renderer's build, with simulator.html in it. */
  readonly rendererDir: string;
  /** 0 takes any free port. */
  readonly port: number;
}

export interface ControlServer {
  readonly port: number;
  /** `http://127.0.0.1:PORT/`: the page. */
  readonly url: string;
  /** What a script shows as `Authorization: Bearer TOKEN`; the page needs none. */
  readonly token: string;
  close(): Promise<void>;
}

/**
 * The trainer's door to a simulator: `GET /` is the page, `GET /api/view` all that it shows, `POST /api/NAME` a call.
 * On 127.0.0.1 only. Reading takes the right Host; doing takes the page's own Origin or the token, so that no other
 * site in a browser on this machine gets anything done.
 *
 * @throws Trouble PORT_BUSY when the port is taken or not allowed.
 */
export async function serveSimulatorControl(options: ControlServerOptions): Promise<ControlServer> {
  const token = newToken();
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000 });
  const port = await listenOnLoopback(server, options.port);
  const door: Door = { port, tokenDigest: digestOf(token) };
  server.on('request', (request, response) => {
    setPageHeaders(response);
    answer(request, response, door, options).catch((error: unknown) => sendTrouble(response, error));
  });
  return {
    port,
    url: `http://${LOOPBACK}:${port}/`,
    token,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Door {
  readonly port: number;
  readonly tokenDigest: Buffer;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  door: Door,
  { simulator, merchant, rendererDir }: ControlServerOptions,
): Promise<void> {
  const urlPath = (request.url ?? '/').split('?', 1)[0] ?? '/';
  const callName = urlPath.startsWith('/api/') ? urlPath.slice('/api/'.length) : '';
  const isCall = isControlCall(callName);
  const refusal = refusalAt(door, request, isCall);
  if (refusal !== undefined) return sendText(response, refusal.status, refusal.text);
  if (isCall) {
    if (request.method !== 'POST') return refuseMethod(response, 'POST');
    const reply = answerControlCall(callName, await readJson(request, BODY_MAX_BYTES), simulator.control);
    return sendJson(response, reply.status, reply.body);
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuseMethod(response, 'GET, HEAD');
  if (callName === 'view') return sendJson(response, 200, simulatorView(simulator.control.look(), merchant));
  await sendFile(response, rendererDir, urlPath, INDEX);
}

function refusalAt({ port, tokenDigest }: Door, { headers }: IncomingMessage, isCall: boolean): Refusal | undefined {
  const [, token] = /^Bearer ([\w-]{1,128})$/.exec(headers.authorization ?? '') ?? [];
  const isTrusted = token !== undefined && sameDigest(digestOf(token), tokenDigest);
  return refusalOf(headers, port, isCall && !isTrusted ? 'call' : 'page');
}

/** A refusal in its own words; anything else is our trouble, such as a ledger that cannot be written. */
function sendTrouble(response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  if (error instanceof ControlRefusal) {
    sendJson(response, 409, { code: error.code, ...error.text });
    return;
  }
  const trouble = troubleOf(error);
  const inOneLine = (language: 'zh' | 'en') => Object.values(describeTrouble(trouble, language)).join(' ');
  sendJson(response, 500, { code: trouble.code, zh: inOneLine('zh'), en: inOneLine('en') });
}
