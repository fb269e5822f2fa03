import type { IncomingMessage } from 'node:http';
import * as z from 'zod';
import { readJson } from '../pages/read-json.ts';
import type { Sessions } from './sessions.ts';
import type { Tickets } from './tickets.ts';

const BODY_MAX_BYTES = 1024;

/** An answer to `POST /session`, ready to be sent as JSON. */
export interface SessionReply {
  readonly status: number;
  readonly body:
    | { readonly token: string }
    | { readonly signedOut: true }
    | { readonly code: string; readonly zh: string; readonly en: string };
}

const SignOutRequest = z.strictObject({ token: z.string() });
const SessionRequest = z.union([z.strictObject({ ticket: z.string() }), SignOutRequest]);

/** Swaps a ticket for a session, or says whether a session is still good. */
export async function answerSessionRequest(
  request: IncomingMessage,
  { tickets, sessions, onTicketUsed }: { tickets: Tickets; sessions: Sessions; onTicketUsed: () => void },
): Promise<SessionReply> {
  const asked = SessionRequest.safeParse(await readJson(request, BODY_MAX_BYTES));
  if (!asked.success) return BAD_REQUEST;
  if ('token' in asked.data) {
    const { token } = asked.data;
    return sessions.find(token) === undefined ? LINK_EXPIRED : { status: 200, body: { token } };
  }
  if (!tickets.redeem(asked.data.ticket)) return LINK_EXPIRED;
  const token = sessions.open();
  onTicketUsed();
  return token === undefined ? TOO_MANY_WINDOWS : { status: 200, body: { token } };
}

/** Signs a window out. One that is unknown is out already: a press that is repeated is no mistake. */
export async function answerSignOut(request: IncomingMessage, sessions: Sessions): Promise<SessionReply> {
  const asked = SignOutRequest.safeParse(await readJson(request, BODY_MAX_BYTES));
  if (!asked.success) return BAD_REQUEST;
  sessions.end(asked.data.token);
  return { status: 200, body: { signedOut: true } };
}

const LINK_EXPIRED: SessionReply = {
  status: 401,
  body: {
    code: 'LINK_EXPIRED',
    zh: '此链接已用过或已过期，收款数据不受影响。请打开数据文件夹里 kiosk-url 文件中的新链接，或重新启动扫码。',
    en: 'This link was used already or is too old; no payment is affected. Open the new link in the file kiosk-url in the data folder, or start Saoma again.',
  },
};

const TOO_MANY_WINDOWS: SessionReply = {
  status: 503,
  body: {
    code: 'TOO_MANY_WINDOWS',
    zh: '打开的收银窗口太多，收款数据不受影响。请关闭不用的窗口，再打开新链接。',
    en: 'Too many till windows are open; no payment is affected. Close those you do not need, then open a new link.',
  },
};

const BAD_REQUEST: SessionReply = {
  status: 400,
  body: {
    code: 'BAD_REQUEST',
    zh: '请求格式不正确。',
    en: 'The request is not {"ticket": …} or {"token": …} as JSON.',
  },
};
