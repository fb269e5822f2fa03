import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits as 43 characters that need no escaping in a URL or in a WebSocket's subprotocol list. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What we keep of a token: enough to recognise it, useless to whoever reads our memory. */
export function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** Takes the same time wherever the first difference lies. Digests have one length, so the length tells nothing. */
export function sameDigest(a: Buffer, b: Buffer): boolean {
  return timingSafeEqual(a, b);
}
