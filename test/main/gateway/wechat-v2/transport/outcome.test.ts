import { describe, expect, it } from 'vitest';
import { errorCode, judgeError, judgeReply } from '../../../../../src/main/gateway/wechat-v2/transport/outcome.ts';

const body = (text: string) => Buffer.from(text);
const withCode = (code: unknown) => Object.assign(new Error('secret 134567890123456789'), { code });

describe('an HTTP reply', () => {
  it('with status 200 is a reply, whatever it holds', () => {
    expect(judgeReply(200, body('x'))).toEqual({ outcome: 'reply', body: body('x') });
  });

  it.each([
    [500, 'busy'],
    [502, 'busy'],
    [503, 'busy'],
    [504, 'busy'],
    [429, 'rate-limited'],
    [302, 'bad-reply'],
    [204, 'bad-reply'],
    [404, 'bad-reply'],
    [400, 'bad-reply'],
  ])('with status %i is unknown (%s)', (status, cause) => {
    expect(judgeReply(status, body('<xml/>'))).toEqual({ outcome: 'unknown', cause, detail: `HTTP ${status}` });
  });

  it('with status 400 about the certificate says so', () => {
    const page = '<html><head><title>400 No required SSL certificate was sent</title></head></html>';
    expect(judgeReply(400, body(page))).toMatchObject({ outcome: 'unknown', cause: 'certificate' });
  });
});

describe('an error after the request may have been written', () => {
  it.each([
    ['ECONNRESET', false, 'no-reply'],
    ['UND_ERR_SOCKET', false, 'no-reply'],
    ['UND_ERR_HEADERS_TIMEOUT', false, 'no-reply'],
    ['EPIPE', false, 'no-reply'],
    ['UND_ERR_SOCKET', true, 'bad-reply'],
    ['HPE_INVALID_CONSTANT', false, 'bad-reply'],
    ['UND_ERR_HEADERS_OVERFLOW', false, 'bad-reply'],
  ])('%s (part of a reply seen: %s) is unknown (%s), never not-sent', (code, replying, cause) => {
    expect(judgeError(withCode(code), replying)).toEqual({ outcome: 'unknown', cause, detail: code });
  });

  it.each([
    [withCode('ECONNRESET'), 'ECONNRESET'],
    [withCode('code 134567890123456789'), 'Error'],
    [withCode(7), 'Error'],
    [new TypeError('134567890123456789'), 'TypeError'],
    ['134567890123456789', 'UNKNOWN'],
  ])('is told by its code and never by its words', (error, code) => {
    expect(errorCode(error)).toBe(code);
  });
});
