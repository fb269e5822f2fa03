import type { Dispatcher } from 'undici';
import type { Clock } from '../../../../core/time.ts';
import { XML_MAX_BYTES } from '../wire/xml.ts';
import { errorCode, judgeError, judgeReply, notSent, unknown, type WireOutcome } from './outcome.ts';

export interface WireRequest {
  readonly path: string;
  /** UTF-8 XML. Holds the payment code: it goes to the socket and nowhere else. */
  readonly body: string;
  /** For everything: waiting for a connection, connecting, sending, and the whole reply. */
  readonly timeoutMs: number;
}

export const HEADERS = {
  'content-type': 'text/xml; charset=utf-8',
  // Nothing is unpacked here, so nothing small can turn out huge.
  'accept-encoding': 'identity',
  'user-agent': 'saoma',
};

/**
 * Sends one request, once. Never rejects and never retries. `onSending` is called right before the first byte is
 * written: from there on, failures are unknown; before, they are not-sent.
 */
export function sendOnce(
  dispatcher: Dispatcher,
  request: WireRequest,
  clock: Clock,
  onSending: () => void,
): Promise<WireOutcome> {
  const { promise, resolve } = Promise.withResolvers<WireOutcome>();
  const over = new AbortController();
  let sending: Dispatcher.DispatchController | undefined;
  let status = 0;
  let size = 0;
  const chunks: Buffer[] = [];

  function settle(outcome: WireOutcome): void {
    over.abort();
    resolve(outcome);
  }

  /** Drops the connection too: a reply that comes later must not be taken for the next request's. */
  function giveUp(outcome: WireOutcome): void {
    settle(outcome);
    sending?.abort(new Error('Given up'));
  }

  void clock.sleep(request.timeoutMs, over.signal).then(() => {
    if (!over.signal.aborted) giveUp(sending ? unknown('no-reply', 'TIMEOUT') : notSent('TIMEOUT'));
  });

  const { path, body, timeoutMs } = request;
  const options = { method: 'POST', path, body, headers: HEADERS, headersTimeout: timeoutMs, bodyTimeout: timeoutMs };
  dispatcher.dispatch(options, {
    onRequestStart(controller) {
      // Given up while it still waited for a connection: "not sent" was promised, so it must not leave any more.
      // And a request that was begun is never begun again, whatever the library makes of a broken connection.
      if (over.signal.aborted || sending) return controller.abort(new Error('Given up'));
      sending = controller;
      onSending();
    },
    onResponseStart(_controller, statusCode, headers) {
      status = statusCode;
      const encoding = headers['content-encoding'] ?? 'identity';
      if (encoding !== 'identity') giveUp(unknown('bad-reply', 'CONTENT_ENCODING'));
    },
    onResponseData(_controller, chunk) {
      size += chunk.length;
      if (size > XML_MAX_BYTES) giveUp(unknown('bad-reply', 'TOO_LARGE'));
      else chunks.push(chunk);
    },
    onResponseEnd() {
      settle(judgeReply(status, Buffer.concat(chunks)));
    },
    onResponseError(_controller, error) {
      settle(sending ? judgeError(error, status > 0) : notSent(errorCode(error)));
    },
  });
  return promise;
}
