import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openHost } from '../../../src/main/gateway/wechat-v2/transport/host.ts';
import { createSystemClock } from '../../../src/main/system-clock.ts';
import { type Office, openOffice } from '../../../src/main/upload/office.ts';
import type { Posted } from '../../../src/main/upload/post-once.ts';
import { postOnce } from '../../../src/main/upload/post-once.ts';
import { temporaryFolder } from '../../fixtures/ledger.ts';
import {
  type BackOffice,
  type Delivery,
  officeCertificates,
  openBackOffice,
  uploadSettings,
} from './support/back-office.ts';

const REPORT = { id: 'payment.paid:01J', body: '{"event":"payment.paid","店":"天虹"}' };

let certificates: Awaited<ReturnType<typeof officeCertificates>>;
let folder: ReturnType<typeof temporaryFolder>;
let server: BackOffice;
let office: Office;

beforeAll(async () => {
  certificates = await officeCertificates();
});
beforeEach(async () => {
  folder = temporaryFolder();
  server = await openBackOffice(certificates);
  office = openOffice(uploadSettings(folder.path, server.url, certificates), folder.path, createSystemClock());
});
afterEach(async () => {
  await office.close();
  await server.close();
  folder.remove();
});

const never = new AbortController().signal;
const post = (): Promise<Posted> => office.post(REPORT, never);

describe('one report, sent to a real back office over TLS', () => {
  it('arrives signed, with its key, at the very address of the settings', async () => {
    expect(await post()).toEqual({ answer: { verdict: 'DELIVERED', status: 204 } });
    const [delivery] = server.deliveries;
    expect(delivery).toMatchObject({ key: REPORT.id, body: REPORT.body, path: '/reports?shop=1', isGenuine: true });
    expect(delivery?.headers['content-type']).toBe('application/json; charset=utf-8');
  });

  const says =
    (status: number, body = '', headers: Record<string, string> = {}) =>
    ({ response }: Delivery): void => {
      response.writeHead(status, headers).end(body);
    };

  it.each<[string, (delivery: Delivery) => void, Posted]>([
    ['200 with a page', says(200, '<html>ok'), { answer: { verdict: 'DELIVERED', status: 200 } }],
    [
      '400',
      says(400, ' no such\nstore\u0000 '),
      { answer: { verdict: 'REFUSED', status: 400, said: 'no such store' } },
    ],
    ['409', says(409), { answer: { verdict: 'REFUSED', status: 409 } }],
    ['408', says(408), { answer: { verdict: 'AGAIN', detail: 'HTTP 408' } }],
    [
      '429 and for how long',
      says(429, '', { 'retry-after': '7' }),
      { answer: { verdict: 'AGAIN', detail: 'HTTP 429' }, retryAfterMs: 7_000 },
    ],
    [
      '429 and until when',
      says(429, '', { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' }),
      { answer: { verdict: 'AGAIN', detail: 'HTTP 429' } },
    ],
    ['500', says(500, 'oops'), { answer: { verdict: 'AGAIN', detail: 'HTTP 500', said: 'oops' } }],
    [
      '503 for a year',
      says(503, '', { 'retry-after': '31536000' }),
      { answer: { verdict: 'AGAIN', detail: 'HTTP 503' }, retryAfterMs: 3_600_000 },
    ],
  ])('is answered %s', async (_, react, posted) => {
    server.behave(react);
    expect(await post()).toEqual(posted);
  });

  it('follows no redirect: not even one byte goes where the settings do not lead', async () => {
    const elsewhere = await openBackOffice(certificates);
    server.behave(says(307, '', { location: elsewhere.url }));
    expect(await post()).toEqual({ answer: { verdict: 'AGAIN', detail: 'HTTP 307' } });
    expect(elsewhere.deliveries).toEqual([]);
    await elsewhere.close();
  });

  it.each<[string, (delivery: Delivery) => void, RegExp]>([
    ['is cut off before it says anything', ({ request }) => request.socket.destroy(), /^UND_ERR_SOCKET$|^ECONNRESET$/],
    [
      'is cut off in the middle of a 200',
      ({ request, response }) => {
        response.writeHead(200, { 'content-length': '100' });
        response.write('half', () => request.socket.destroy());
      },
      /^UND_ERR_SOCKET$|^ECONNRESET$|^HPE_/,
    ],
    ['speaks no HTTP', ({ request }) => request.socket.end('\u0000\u0001 what?\r\n\r\n'), /^HTTPParserError$|^HPE_/],
  ])('is sent again when the back office %s', async (_, react, detail) => {
    server.behave(react);
    const { answer } = await post();
    expect(answer).toEqual({ verdict: 'AGAIN', detail: expect.stringMatching(detail) });
  });

  it('keeps of an endless reply one line, and drops the connection', async () => {
    server.behave(({ request, response }) => {
      response.writeHead(422);
      const more = (): void => {
        if (!request.socket.destroyed) response.write('很长 '.repeat(2_000), more);
      };
      more();
    });
    const { answer } = await post();
    expect(answer).toMatchObject({ verdict: 'REFUSED', status: 422 });
    expect('said' in answer && answer.said?.length).toBe(200);
  });

  it('waits so long and no longer, for a reply that does not begin and for one that does not end', async () => {
    const host = openHost(new URL(server.url).origin, { ca: certificates.caPem, connectMs: 5_000 });
    const request = { path: '/', headers: {}, body: '{}', timeoutMs: 100 };
    const clock = createSystemClock();
    server.behave(() => undefined);
    const silent = await postOnce(await host.pool(false), request, clock, never);
    server.behave(({ response }) => response.writeHead(200).write('and so on'));
    const slow = await postOnce(await host.pool(false), request, clock, never);
    expect([silent, slow]).toEqual(Array(2).fill({ answer: { verdict: 'AGAIN', detail: 'TIMEOUT' } }));
    await host.close();
  });

  it('is cut short when the till closes', async () => {
    const closing = new AbortController();
    server.behave(() => closing.abort());
    expect(await office.post(REPORT, closing.signal)).toEqual({ answer: { verdict: 'AGAIN', detail: 'STOPPED' } });
  });

  it('goes nowhere when nobody listens', async () => {
    await server.close();
    expect(await post()).toEqual({ answer: { verdict: 'AGAIN', detail: 'ECONNREFUSED' } });
  });
});

describe('a back office whose certificate is not to be trusted', () => {
  it('is told nothing: an unknown authority', async () => {
    const { caFile: _, ...settings } = uploadSettings(folder.path, server.url, certificates);
    const trusting = openOffice(settings, folder.path, createSystemClock());
    const { answer } = await trusting.post(REPORT, never);
    expect(answer).toEqual({ verdict: 'AGAIN', detail: expect.stringMatching(/CERT|ISSUER|SELF_SIGNED|SIGNATURE/) });
    await expect(trusting.probe()).rejects.toThrow();
    expect(server.deliveries).toEqual([]);
    await trusting.close();
  });

  it('is told nothing, not even that the till is there, when it speaks no TLS', async () => {
    const heard: string[] = [];
    const plain = createServer((socket: Socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (bytes) => {
        heard.push(bytes.toString('latin1'));
        socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n');
      });
    });
    plain.listen(0, '127.0.0.1');
    await once(plain, 'listening');
    const { port } = plain.address() as { port: number };
    const settings = uploadSettings(folder.path, `https://127.0.0.1:${port}/`, certificates);
    const trusting = openOffice(settings, folder.path, createSystemClock());
    expect((await trusting.post(REPORT, never)).answer.verdict).toBe('AGAIN');
    expect(heard.join()).not.toContain('payment.paid');
    await trusting.close();
    plain.close();
    await once(plain, 'close');
  });
});

describe('the key of the signatures', () => {
  it.each([
    ['is missing', undefined, 'UPLOAD_KEY_UNREADABLE'],
    ['is too short', 'short', 'UPLOAD_KEY_SHORT'],
  ])('that %s is told by name, and by nothing of its content', (_, content, code) => {
    const settings = { ...uploadSettings(folder.path, server.url, certificates), keyFile: 'another.key' };
    if (content !== undefined) writeFileSync(`${folder.path}/another.key`, content);
    expect(() => openOffice(settings, folder.path, createSystemClock())).toThrow(code);
    expect(() => openOffice(settings, folder.path, createSystemClock())).not.toThrow(/: short/);
  });
});
