import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pageFile } from '../pages/page-file.ts';
import { PAGE_HEADERS } from '../pages/page-headers.ts';
import { refusalOf } from './admission.ts';
import { answerSessionRequest, answerSignOut } from './session-request.ts';
import type { Sessions } from './sessions.ts';
import type { Tickets } from './tickets.ts';

export interface PageHandlerOptions {
  readonly port: number;
  readonly tickets: Tickets;
  readonly sessions: Sessions;
  readonly rendererDir: string;
  readonly onTicketUsed: () => void;
}

/** Answers every plain HTTP request: the renderer's files, `POST /session` and `DELETE /session`. */
export function createPageHandler(options: PageHandlerOptions) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    for (const [name, value] of Object.entries(PAGE_HEADERS)) response.setHeader(name, value);
    response.setHeader('Cache-Control', 'no-store');
    answer(request, response, options).catch(() => {
      // The connection broke half-way; there is nobody left to tell.
      response.destroy();
    });
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, options: PageHandlerOptions): Promise<void> {
  const urlPath = (request.url ?? '/').split('?', 1)[0] ?? '/';
  const isSession = urlPath === '/session';
  const refusal = refusalOf(request.headers, options.port, isSession ? 'call' : 'page');
  if (refusal !== undefined) return sendText(response, refusal.status, refusal.text);

  if (isSession) {
    if (request.method !== 'POST' && request.method !== 'DELETE') return refuseMethod(response, 'POST, DELETE');
    const reply = await (request.method === 'POST'
      ? answerSessionRequest(request, options)
      : answerSignOut(request, options.sessions));
    return send(response, reply.status, 'application/json; charset=utf-8', JSON.stringify(reply.body));
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuseMethod(response, 'GET, HEAD');
  await sendFile(response, options.rendererDir, urlPath);
}

async function sendFile(response: ServerResponse, rendererDir: string, urlPath: string): Promise<void> {
  const file = pageFile(rendererDir, urlPath, 'kiosk.html');
  const content = file && (await readFile(file.filePath).catch(() => undefined));
  if (file === undefined || content === undefined) return sendText(response, 404, 'No such file.');
  response.setHeader('Cache-Control', file.cacheControl);
  send(response, 200, file.contentType, content);
}

function refuseMethod(response: ServerResponse, allowed: string): void {
  response.setHeader('Allow', allowed);
  sendText(response, 405, `Only ${allowed}.`);
}

function sendText(response: ServerResponse, status: number, text: string): void {
  send(response, status, 'text/plain; charset=utf-8', text);
}

/** Node leaves the body of an answer to HEAD out by itself, and keeps its length. */
function send(response: ServerResponse, status: number, contentType: string, body: string | Buffer): void {
  response.writeHead(status, { 'Content-Type': contentType, 'Content-Length': Buffer.byteLength(body) });
  response.end(body);
}
