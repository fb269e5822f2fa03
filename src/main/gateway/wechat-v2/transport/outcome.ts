/**
 * What became of one HTTP call. not-sent is a promise: not one byte of the request can reach the gateway, now or
 * later. Whatever cannot promise that, and is no complete reply with status 200, is unknown.
 *
 * `detail` is a short code for support ("ECONNREFUSED", "HTTP 502"): never a message, which could quote the request.
 */
export type WireOutcome =
  | { readonly outcome: 'reply'; readonly body: Uint8Array }
  | { readonly outcome: 'not-sent'; readonly detail: string }
  | { readonly outcome: 'unknown'; readonly cause: UnknownCause; readonly detail: string };

export type UnknownCause = 'no-reply' | 'bad-reply' | 'busy' | 'rate-limited' | 'certificate';

export function notSent(detail: string): Extract<WireOutcome, { outcome: 'not-sent' }> {
  return { outcome: 'not-sent', detail };
}

export function unknown(cause: UnknownCause, detail: string): Extract<WireOutcome, { outcome: 'unknown' }> {
  return { outcome: 'unknown', cause, detail };
}

/** A reply with status 200 is one; any other status says nothing of the money. */
export function judgeReply(status: number, body: Uint8Array): WireOutcome {
  if (status === 200) return { outcome: 'reply', body };
  const detail = `HTTP ${status}`;
  if (status === 429) return unknown('rate-limited', detail);
  if (status >= 500) return unknown('busy', detail);
  // What nginx says in front of /secapi when no client certificate came, or one that it does not accept.
  if (status === 400 && /SSL certificate/i.test(Buffer.from(body).toString('latin1'))) {
    return unknown('certificate', detail);
  }
  return unknown('bad-reply', detail);
}

/** What an error says after the request may have been written. `replying`: part of a reply had arrived. */
export function judgeError(error: unknown, replying: boolean): ReturnType<typeof unknown> {
  const detail = errorCode(error);
  const garbled = replying || /^HPE_|^HTTPParserError$|^UND_ERR_HEADERS_OVERFLOW$/.test(detail);
  return unknown(garbled ? 'bad-reply' : 'no-reply', detail);
}

/**
 * The gateway did not accept our certificate, or missed it: by a page, or by a TLS alert, which with TLS 1.3 comes only
 * after the request. The line is fine then, and so is the host.
 */
export function isCertificateTrouble(outcome: WireOutcome): boolean {
  if (outcome.outcome === 'reply') return false;
  const byPage = outcome.outcome === 'unknown' && outcome.cause === 'certificate';
  return byPage || /ALERT.*(CERTIFICATE|HANDSHAKE_FAILURE|UNKNOWN_CA|ACCESS_DENIED)/.test(outcome.detail);
}

/** The machine-readable code of an error, and nothing of its message. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return 'UNKNOWN';
  const code = 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[A-Z][A-Z0-9_/]{1,63}$/.test(code) ? code : error.name;
}
