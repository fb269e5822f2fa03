import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import type { Clock } from '../../../../core/time.ts';
import { XML_MAX_BYTES } from '../wire/xml.ts';
import { errorCode, judgeError, judgeReply, notSent, unknown, type WireOutcome } from './outcome.ts';
import { HEADERS } from './send-once.ts';

/** A question whose answer may be far larger than the memory: it is read as it comes. */
export interface StreamRequest {
  readonly path: string;
  /** UTF-8 XML. */
  readonly body: string;
  /** For a connection, the request, and the head of the reply. */
  readonly headMs: number;
  /** The longest silence in the middle of the reply; waiting for the reader does not count. */
  readonly idleMs: number;
  /** For all of it, the reader's own time included. */
  readonly wholeMs: number;
  readonly signal?: AbortSignal | undefined;
}

export type StreamOutcome =
  /** `body` ends by itself when the reply is whole, and throws a StreamBroken when it is not. Read it or destroy it. */
  | { readonly outcome: 'stream'; readonly headers: StreamHeaders; readonly body: Readable }
  | Exclude<WireOutcome, { readonly outcome: 'reply' }>;

/** By names in lower case. */
export type StreamHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** A reply that broke off. `detail` is a short code for support: "TIMEOUT", "UND_ERR_SOCKET". */
export class StreamBroken extends Error {
  override name = 'StreamBroken';
  readonly isCancelled: boolean;
  readonly detail: string;

  constructor(detail: string, isCancelled = false) {
    super(`The reply broke off: ${detail}`);
    this.detail = detail;
    this.isCancelled = isCancelled;
  }
}

const HELD_MAX_BYTES = 256 * 1024;
const CANCELLED = 'CANCELLED';

/** Sends one request, once, and hands over the reply as a stream. Never rejects and never retries. */
export function streamOnce(
  dispatcher: Dispatcher,
  request: StreamRequest,
  clock: Clock,
  onSending: () => void,
): Promise<StreamOutcome> {
  const { path, body: xml, headMs, idleMs, wholeMs, signal } = request;
  const { promise, resolve } = Promise.withResolvers<StreamOutcome>();
  const over = new AbortController();
  let sending: Dispatcher.DispatchController | undefined;
  let status = 0;
  let heardAt = clock.now();
  let isDone = false;
  const page: Buffer[] = [];

  const body = new Readable({
    highWaterMark: HELD_MAX_BYTES,
    read() {
      if (sending?.paused !== true) return;
      heardAt = clock.now();
      sending.resume();
    },
    destroy(error, callback) {
      finish();
      callback(error);
    },
  });
  // A reply that nobody reads any more breaks for nobody.
  body.on('error', () => undefined);

  /** Nothing more is wanted: the connection is of no further use unless the reply had ended. */
  function finish(): void {
    over.abort();
    signal?.removeEventListener('abort', cancel);
    if (!isDone) sending?.abort(new Error('Given up'));
    isDone = true;
  }

  function giveUp(outcome: StreamOutcome, broken: StreamBroken): void {
    resolve(outcome);
    body.destroy(broken);
  }

  function cancel(): void {
    giveUp(sending ? unknown('no-reply', CANCELLED) : notSent(CANCELLED), new StreamBroken(CANCELLED, true));
  }

  function timeOut(): void {
    giveUp(sending ? unknown('no-reply', 'TIMEOUT') : notSent('TIMEOUT'), new StreamBroken('TIMEOUT'));
  }

  async function watch(): Promise<void> {
    await clock.sleep(headMs, over.signal);
    if (over.signal.aborted) return;
    if (status === 0) return timeOut();
    await clock.sleep(wholeMs - headMs, over.signal);
    if (!over.signal.aborted) timeOut();
  }

  async function watchBody(): Promise<void> {
    while (!over.signal.aborted) {
      const quietMs = sending?.paused === true ? 0 : clock.now() - heardAt;
      if (quietMs >= idleMs) return timeOut();
      await clock.sleep(idleMs - quietMs, over.signal);
    }
  }

  if (signal?.aborted === true) {
    cancel();
    return promise;
  }
  signal?.addEventListener('abort', cancel);
  void watch();
  const options = { method: 'POST', path, body: xml, headers: HEADERS, headersTimeout: headMs, bodyTimeout: idleMs };
  dispatcher.dispatch(options, {
    onRequestStart(controller) {
      // Given up while it waited for a connection, or begun before: as in sendOnce, it does not leave.
      if (over.signal.aborted || sending) return controller.abort(new Error('Given up'));
      sending = controller;
      onSending();
    },
    onResponseStart(_controller, statusCode, headers) {
      status = statusCode;
      heardAt = clock.now();
      void watchBody();
      if (status === 200) resolve({ outcome: 'stream', headers, body });
    },
    onResponseData(controller, chunk) {
      heardAt = clock.now();
      if (status === 200) {
        if (!body.push(chunk)) controller.pause();
        return;
      }
      page.push(chunk);
      if (page.reduce((size, part) => size + part.length, 0) > XML_MAX_BYTES) {
        giveUp(unknown('bad-reply', 'TOO_LARGE'), new StreamBroken('TOO_LARGE'));
      }
    },
    onResponseEnd() {
      isDone = true;
      over.abort();
      if (status === 200) return void body.push(null);
      const judged = judgeReply(status, Buffer.concat(page));
      if (judged.outcome !== 'reply') resolve(judged);
      body.destroy();
    },
    onResponseError(_controller, error) {
      isDone = true;
      giveUp(sending ? judgeError(error, status > 0) : notSent(errorCode(error)), new StreamBroken(errorCode(error)));
    },
  });
  return promise;
}
