import { createHmac } from 'node:crypto';
import type { Secret } from '../../core/secret.ts';

/** HMAC-SHA256, in hex, over the time in epoch seconds, a dot, and the body's bytes: what is old cannot be replayed. */
export function signatureOf(key: Secret, timestamp: string, body: string): string {
  return createHmac('sha256', key.reveal()).update(`${timestamp}.${body}`, 'utf8').digest('hex');
}

/** What stands above each delivery. The idempotency key is the report's own, the same at each try. */
export function headersFor(
  key: Secret,
  { id, body, now }: { readonly id: string; readonly body: string; readonly now: number },
): Record<string, string> {
  const timestamp = String(Math.floor(now / 1_000));
  return {
    'content-type': 'application/json; charset=utf-8',
    'idempotency-key': id,
    'saoma-timestamp': timestamp,
    'saoma-signature': `v1=${signatureOf(key, timestamp, body)}`,
    // Nothing is unpacked here, so nothing small can turn out huge.
    'accept-encoding': 'identity',
    'user-agent': 'saoma',
  };
}
