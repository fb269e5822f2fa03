/**
 * The kiosk host's server: the renderer's files and the terminal's contract on 127.0.0.1.
 *
 * Cookies on 127.0.0.1 are shared by all its ports, so none are used. How a page gets in (src/renderer/kiosk.tsx is
 * the other end):
 *
 * 1. The launch URL is `http://127.0.0.1:PORT/?ticket=T`. The page reads the ticket and takes it out of the address
 *    with `history.replaceState`.
 * 2. `POST /session`, `Content-Type: application/json`, body `{"ticket": T}` → 200 `{"token": S}`. The page keeps S
 *    in sessionStorage, which browsers keep apart for each port.
 * 3. After a reload, or when a ticket was refused: `POST /session` with `{"token": S}` → 200 `{"token": S}` while the
 *    session is good.
 * 4. 401 `{"code": "LINK_EXPIRED", zh, en}` or 503 `{"code": "TOO_MANY_WINDOWS", zh, en}`: the page forgets S and
 *    shows the sentence. Tickets live half an hour and work once; sessions end with the process.
 * 5. `new WebSocket('ws://HOST/rpc', ['saoma', S])`; the server picks `saoma`. From there it is oRPC.
 * 6. A socket that closes (1001 when the terminal closes) is opened again after step 3, which tells a page whether
 *    it only lost the line or the process is a new one. A browser hides why an upgrade was refused, so ask there.
 * 7. `DELETE /session` with `{"token": S}` → 200 `{"signedOut": true}`: S opens nothing any more, and every socket of
 *    that window closes (4001). The terminal runs on.
 */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { RPCHandler } from '@orpc/server/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Clock } from '../../core/time.ts';
import { LOOPBACK, listenOnLoopback } from '../pages/listen.ts';
import type { TerminalRouter } from '../terminal.ts';
import { refusalOf } from './admission.ts';
import { createPageHandler } from './page-handler.ts';
import { createSessions, type Session, type Sessions, SOCKETS_PER_SESSION_MAX } from './sessions.ts';
import { createTickets } from './tickets.ts';

const FRAME_MAX_BYTES = 1024 * 1024;
const GOODBYE_MS = 250;
/** The code with which a socket closes whose window has signed out. */
const SIGNED_OUT = 4001;

export interface KioskOptions {
  readonly router: TerminalRouter;
  /** The renderer's build, with kiosk.html in it. */
  readonly rendererDir: string;
  readonly clock: Pick<Clock, 'now'>;
  /** 0 (the default) takes any free port. */
  readonly port?: number;
  /** A window came in, so the link that was handed out is spent. */
  readonly onTicketUsed?: () => void;
}

export interface KioskServer {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** A launch URL with a fresh ticket: good once, for half an hour. */
  url(): string;
  /** Says goodbye to every window and is gone within a quarter of a second. */
  close(): Promise<void>;
}

/** @throws Trouble PORT_BUSY when the port is taken or not allowed. */
export async function serveKiosk(options: KioskOptions): Promise<KioskServer> {
  const tickets = createTickets(options.clock);
  const sessions = createSessions();
  const handler = new RPCHandler(options.router);
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: FRAME_MAX_BYTES,
    perMessageDeflate: false,
    handleProtocols: () => 'saoma',
  });
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000 });
  const port = await listenOnLoopback(server, options.port ?? 0);

  server.on(
    'request',
    createPageHandler({
      port,
      tickets,
      sessions,
      rendererDir: options.rendererDir,
      onTicketUsed: options.onTicketUsed ?? (() => {}),
    }),
  );
  server.on('upgrade', (request, connection, head) => {
    connection.on('error', () => connection.destroy());
    const session = admit(request, port, sessions);
    if (typeof session === 'string') return refuseUpgrade(connection, session);
    sockets.handleUpgrade(request, connection, head, (socket) => {
      holdPlace(socket, session);
      void handler.upgrade(socket, { context: {} });
    });
  });

  const origin = `http://${LOOPBACK}:${port}`;
  return {
    origin,
    url: () => `${origin}/?ticket=${tickets.mint()}`,
    close: () => close(server, sockets),
  };
}

/** The session that asks for a socket, or the status line of its refusal. */
function admit(request: IncomingMessage, port: number, sessions: Sessions): Session | string {
  const refusal = refusalOf(request.headers, port, 'call');
  if (refusal !== undefined) return refusal.status === 421 ? '421 Misdirected Request' : '403 Forbidden';
  if (request.url !== '/rpc') return '404 Not Found';

  const [protocol, token = ''] = (request.headers['sec-websocket-protocol'] ?? '')
    .split(',')
    .map((part) => part.trim());
  const session = protocol === 'saoma' ? sessions.find(token) : undefined;
  if (session === undefined) return '401 Unauthorized';
  return session.socketCount < SOCKETS_PER_SESSION_MAX ? session : '503 Service Unavailable';
}

function refuseUpgrade(connection: Duplex, statusLine: string): void {
  // A peer that never closes its half would keep the server from closing.
  connection.once('finish', () => connection.destroy());
  connection.end(`HTTP/1.1 ${statusLine}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function holdPlace(socket: WebSocket, session: Session): void {
  const signOut = () => socket.close(SIGNED_OUT, 'Signed out');
  session.socketCount += 1;
  session.ended.signal.addEventListener('abort', signOut, { once: true });
  socket.once('close', () => {
    session.socketCount -= 1;
    session.ended.signal.removeEventListener('abort', signOut);
  });
  // A broken frame closes the socket by itself; without a listener it would end the process.
  socket.on('error', () => socket.terminate());
}

async function close(server: Server, sockets: WebSocketServer): Promise<void> {
  const gone = new Promise<void>((resolve) => server.close(() => resolve()));
  for (const socket of sockets.clients) socket.close(1001, 'The terminal is closing');
  server.closeIdleConnections();
  const lateOnes = setTimeout(() => {
    for (const socket of sockets.clients) socket.terminate();
    server.closeAllConnections();
  }, GOODBYE_MS);
  await gone;
  clearTimeout(lateOnes);
}
