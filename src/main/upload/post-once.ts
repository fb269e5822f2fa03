import type { Dispatcher } from 'undici';
import type { Clock } from '../../core/time.ts';
import { judgeReply, type UploadAnswer } from '../../core/upload-answer.ts';
import { errorCode } from '../gateway/wechat-v2/transport/outcome.ts';

export interface PostRequest {
  /** With its query, if the address has one. */
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
  /** For everything: a connection, sending, and the whole reply. */
  readonly timeoutMs: number;
}

export interface Posted {
  readonly answer: UploadAnswer;
  /** So long the back office asks to be left alone. */
  readonly retryAfterMs?: number;
}

/** As much of a reply as anybody will read. */
const REPLY_MAX_BYTES = 16 * 1024;
const RETRY_AFTER_MAX_SECONDS = 3_600;

/**
 * Sends one report, once. Never rejects, never retries, and follows no redirect. A reply counts when it is complete, or
 * when more of it has come than anybody wants to read.
 */
export function postOnce(
  dispatcher: Dispatcher,
  request: PostRequest,
  clock: Clock,
  stopped: AbortSignal,
): Promise<Posted> {
  const { promise, resolve } = Promise.withResolvers<Posted>();
  const over = new AbortController();
  const { path, headers, body, timeoutMs } = request;
  const chunks: Buffer[] = [];
  let sending: Dispatcher.DispatchController | undefined;
  let status = 0;
  let retryAfter: string | undefined;
  let size = 0;

  function settle(answer: UploadAnswer): void {
    over.abort();
    const retryAfterMs = answer.verdict === 'AGAIN' ? millisecondsOf(retryAfter) : undefined;
    resolve({ answer, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });
  }

  /** Drops the connection too: a reply that comes later must not be taken for the next report's. */
  function giveUp(answer: UploadAnswer): void {
    settle(answer);
    sending?.abort(new Error('Given up'));
  }

  const signal = AbortSignal.any([over.signal, stopped]);
  void clock.sleep(timeoutMs, signal).then(() => {
    if (!over.signal.aborted) giveUp({ verdict: 'AGAIN', detail: stopped.aborted ? 'STOPPED' : 'TIMEOUT' });
  });

  const options = { method: 'POST', path, body, headers, headersTimeout: timeoutMs, bodyTimeout: timeoutMs } as const;
  dispatcher.dispatch(options, {
    onRequestStart(controller) {
      // Given up while it waited for a connection. And what was begun is never begun again, whatever the library thinks.
      if (over.signal.aborted || sending) return controller.abort(new Error('Given up'));
      sending = controller;
    },
    onResponseStart(_controller, statusCode, replyHeaders) {
      status = statusCode;
      const header = replyHeaders['retry-after'];
      retryAfter = typeof header === 'string' ? header : undefined;
    },
    onResponseData(_controller, chunk) {
      size += chunk.length;
      chunks.push(chunk);
      if (size > REPLY_MAX_BYTES) giveUp(judgeReply(status, textOf(chunks)));
    },
    onResponseEnd() {
      settle(judgeReply(status, textOf(chunks)));
    },
    onResponseError(_controller, error) {
      settle({ verdict: 'AGAIN', detail: errorCode(error) });
    },
  });
  return promise;
}

function textOf(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString('utf8');
}

/** Seconds only: a date would have to be compared with the back office's clock. */
function millisecondsOf(retryAfter: string | undefined): number | undefined {
  if (retryAfter === undefined || !/^\d{1,9}$/.test(retryAfter)) return undefined;
  return Math.min(Number(retryAfter), RETRY_AFTER_MAX_SECONDS) * 1_000;
}
