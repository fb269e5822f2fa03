import type { IncomingMessage, ServerResponse } from 'node:http';
import { refuseMethod, sendFile, sendJson, sendText, setPageHeaders } from '../pages/send.ts';
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
    setPageHeaders(response);
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
    return sendJson(response, reply.status, reply.body);
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuseMethod(response, 'GET, HEAD');
  await sendFile(response, options.rendererDir, urlPath, 'kiosk.html');
}
