import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../../src/core/secret.ts';
import { headersFor, signatureOf } from '../../../src/main/upload/sign.ts';

/** Made with `openssl dgst -sha256 -hmac`, and printed in docs/upload.md for those who write a receiver. */
const KEY = '0123456789abcdef0123456789abcdef';
const BODY = '{"version":1,"key":"cash.received:01K"}';
const SIGNATURE = '2dbe771fafbb75f3129266c79d12cd6c93b14afb6a056741197a76000ba85f96';

describe('the signature of a report', () => {
  it('is what any other program makes of the same key, time and body', () => {
    expect(signatureOf(new Secret(KEY), '1767319512', BODY)).toBe(SIGNATURE);
    expect(signatureOf(new Secret(KEY), '1767319513', BODY)).not.toBe(SIGNATURE);
  });

  it('stands above it with its time and its key; the secret stands nowhere', () => {
    const headers = headersFor(new Secret(KEY), { id: 'cash.received:01K', body: BODY, now: 1_767_319_512_345 });
    expect(headers).toMatchObject({
      'idempotency-key': 'cash.received:01K',
      'saoma-timestamp': '1767319512',
      'saoma-signature': `v1=${SIGNATURE}`,
    });
    expect(JSON.stringify(headers)).not.toContain(KEY);
  });

  it('is documented with this very example', () => {
    const page = readFileSync(new URL('../../../docs/upload.md', import.meta.url), 'utf8');
    for (const part of [KEY, BODY, SIGNATURE]) expect(page).toContain(part);
  });
});
