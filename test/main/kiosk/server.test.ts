import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type KioskServer, serveKiosk } from '../../../src/main/kiosk/server.ts';
import { SESSIONS_MAX, SOCKETS_PER_SESSION_MAX } from '../../../src/main/kiosk/sessions.ts';
import { TICKET_LIFE_MS } from '../../../src/main/kiosk/tickets.ts';
import { Trouble } from '../../../src/main/trouble.ts';
import { type CannedTerminal, cannedTerminal } from './canned-router.ts';
import { askSession, call, clientOver, closing, enter, openSocket } from './kiosk-client.ts';

const clock = { at: 1_000_000, now: () => clock.at };
let rendererDir: string;
let terminal: CannedTerminal;
let kiosk: KioskServer;
let ticketsUsed: number;

beforeEach(async () => {
  rendererDir = await mkdtemp(path.join(tmpdir(), 'saoma-kiosk-'));
  await writeFile(path.join(rendererDir, 'kiosk.html'), '<!doctype html><title>till</title>');
  terminal = cannedTerminal();
  ticketsUsed = 0;
  const onTicketUsed = () => {
    ticketsUsed += 1;
  };
  kiosk = await serveKiosk({ router: terminal.router, rendererDir, clock, onTicketUsed });
});

afterEach(async () => {
  await kiosk.close();
  await rm(rendererDir, { recursive: true });
});

const portOf = (server: KioskServer) => Number(new URL(server.origin).port);
const ticketOf = (launchUrl: string) => new URL(launchUrl).searchParams.get('ticket');

describe('a window that comes by the launch URL', () => {
  it('gets the screen, swaps its ticket for a session, and talks to the terminal', async () => {
    const launchUrl = kiosk.url();
    const page = await call(kiosk.origin, { path: launchUrl.slice(kiosk.origin.length) });
    expect(page).toMatchObject({ status: 200, body: '<!doctype html><title>till</title>' });

    const socket = await openSocket(kiosk.origin, await enter(launchUrl));
    expect(socket.protocol).toBe('saoma');
    expect(await clientOver(socket).till.ask({ amountFen: 1230 })).toMatchObject({ step: 'scan', amountFen: 1230 });
    expect(ticketsUsed).toBe(1);
    socket.terminate();
  });

  it('sees the till live, together with every other window', async () => {
    const [first, second] = [
      await openSocket(kiosk.origin, await enter(kiosk.url())),
      await openSocket(kiosk.origin, await enter(kiosk.url())),
    ];
    const seen = await clientOver(first).till.watch();
    expect((await seen.next()).value).toMatchObject({ step: 'amount' });
    await clientOver(second).till.ask({ amountFen: 500 });
    expect((await seen.next()).value).toMatchObject({ step: 'scan', amountFen: 500 });

    first.terminate();
    await vi.waitUntil(() => terminal.watching() === 0, { timeout: 10_000 });
    second.terminate();
  });

  it('is known again after a reload', async () => {
    const token = await enter(kiosk.url());
    expect(await askSession(kiosk.origin, { token })).toMatchObject({ status: 200, body: JSON.stringify({ token }) });
  });

  it('gets no cookie: 127.0.0.1 shares cookies between all its ports', async () => {
    const page = await call(kiosk.origin);
    const session = await askSession(kiosk.origin, { ticket: ticketOf(kiosk.url()) });
    expect([page.headers['set-cookie'], session.headers['set-cookie']]).toEqual([undefined, undefined]);
  });
});

describe('a window that signs out', () => {
  /** As the page sends it. Node's client leaves out the length of what a DELETE carries, unlike a browser. */
  const signOut = (token: string, origin = kiosk.origin) => {
    const body = JSON.stringify({ token });
    const headers = { origin, 'content-type': 'application/json', 'content-length': String(body.length) };
    return call(kiosk.origin, { method: 'DELETE', path: '/session', headers, body });
  };

  it('loses its pass and its sockets, and no other window does', async () => {
    const [token, otherToken] = [await enter(kiosk.url()), await enter(kiosk.url())];
    const [socket, other] = [await openSocket(kiosk.origin, token), await openSocket(kiosk.origin, otherToken)];
    const closed = closing(socket);
    expect(await signOut(token)).toMatchObject({ status: 200, body: '{"signedOut":true}' });
    expect(await closed).toEqual({ code: 4001, reason: 'Signed out' });
    expect((await askSession(kiosk.origin, { token })).status).toBe(401);
    await expect(openSocket(kiosk.origin, token)).rejects.toThrow('401');
    expect(await clientOver(other).till.ask({ amountFen: 1230 })).toMatchObject({ step: 'scan' });
    other.terminate();
  });

  it('may press twice', async () => {
    const token = await enter(kiosk.url());
    expect([(await signOut(token)).status, (await signOut(token)).status]).toEqual([200, 200]);
  });

  it('is not signed out by another site', async () => {
    const token = await enter(kiosk.url());
    expect((await signOut(token, 'http://evil.example')).status).toBe(403);
    expect((await askSession(kiosk.origin, { token })).status).toBe(200);
  });
});

describe('a ticket', () => {
  it('has 256 random bits and is new in every URL', () => {
    const [one, other] = [ticketOf(kiosk.url()), ticketOf(kiosk.url())];
    expect(Buffer.from(one ?? '', 'base64url')).toHaveLength(32);
    expect(one).not.toBe(other);
  });

  it('works once; the second try is told in both languages how to get in', async () => {
    const ticket = ticketOf(kiosk.url());
    expect((await askSession(kiosk.origin, { ticket })).status).toBe(200);
    const again = await askSession(kiosk.origin, { ticket });
    expect(again.status).toBe(401);
    expect(JSON.parse(again.body)).toEqual({
      code: 'LINK_EXPIRED',
      zh: expect.stringContaining('kiosk-url'),
      en: expect.stringContaining('kiosk-url'),
    });
    expect(ticketsUsed).toBe(1);
  });

  it('works until the last millisecond of its half hour and not beyond', async () => {
    const [inTime, late] = [ticketOf(kiosk.url()), ticketOf(kiosk.url())];
    clock.at += TICKET_LIFE_MS - 1;
    expect((await askSession(kiosk.origin, { ticket: inTime })).status).toBe(200);
    clock.at += 1;
    expect((await askSession(kiosk.origin, { ticket: late })).status).toBe(401);
  });

  it('cannot be kept from a newer one by asking for many: only the newest stay good', async () => {
    const urls = Array.from({ length: 17 }, () => kiosk.url());
    expect((await askSession(kiosk.origin, { ticket: ticketOf(urls[0] ?? '') })).status).toBe(401);
    expect((await askSession(kiosk.origin, { ticket: ticketOf(urls[16] ?? '') })).status).toBe(200);
  });
});

describe('who is turned away', () => {
  it.each([
    ['a rebound name', 'evil.example'],
    ['the right name without the port', '127.0.0.1'],
    ['another port', '127.0.0.1:1'],
    ['all interfaces', '0.0.0.0'],
  ])('a request for %s gets 421, whatever it asks', async (_, host) => {
    expect((await call(kiosk.origin, { headers: { host } })).status).toBe(421);
    expect((await askSession(kiosk.origin, { ticket: ticketOf(kiosk.url()) }, { host })).status).toBe(421);
    const token = await enter(kiosk.url());
    await expect(openSocket(kiosk.origin, token, { headers: { host } })).rejects.toThrow('421');
  });

  it('localhost with the right port is as good as 127.0.0.1', async () => {
    const host = `localhost:${portOf(kiosk)}`;
    const origin = `http://${host}`;
    expect((await askSession(kiosk.origin, { ticket: ticketOf(kiosk.url()) }, { host, origin })).status).toBe(200);
  });

  it.each([
    ['another site', 'https://evil.example'],
    ['another port of 127.0.0.1', 'http://127.0.0.1:1'],
    ['a sandboxed frame', 'null'],
    ['the same host by another name', 'http://localhost'],
  ])('a call from %s gets 403, even with a good ticket or session', async (_, origin) => {
    const ticket = ticketOf(kiosk.url());
    expect((await askSession(kiosk.origin, { ticket }, { origin })).status).toBe(403);
    expect((await askSession(kiosk.origin, { ticket })).status).toBe(200);
    const token = await enter(kiosk.url());
    await expect(openSocket(kiosk.origin, token, { headers: { origin } })).rejects.toThrow('403');
  });

  it('a call that does not say where it comes from gets 403', async () => {
    const headers = { origin: undefined };
    expect((await askSession(kiosk.origin, { ticket: ticketOf(kiosk.url()) }, headers)).status).toBe(403);
  });

  it('another site may not read our files, but a link from anywhere may lead here', async () => {
    const subresource = { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'script' };
    expect((await call(kiosk.origin, { headers: subresource })).status).toBe(403);
    const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    expect((await call(kiosk.origin, { headers: link })).status).toBe(200);
  });

  it('a socket without a session, with a made-up one or at another path is not opened', async () => {
    const token = await enter(kiosk.url());
    await expect(openSocket(kiosk.origin, 'A'.repeat(43))).rejects.toThrow('401');
    await expect(openSocket(kiosk.origin, token, { protocols: [] })).rejects.toThrow('401');
    await expect(openSocket(kiosk.origin, token, { protocols: ['saoma'] })).rejects.toThrow('401');
    await expect(openSocket(kiosk.origin, token, { protocols: ['other', token] })).rejects.toThrow('401');
    await expect(openSocket(kiosk.origin, token, { path: `/rpc?token=${token}` })).rejects.toThrow('404');
  });

  it('a ticket is not a session', async () => {
    await expect(openSocket(kiosk.origin, ticketOf(kiosk.url()) ?? '')).rejects.toThrow('401');
  });

  it('a session of an earlier process is told to open a new link', async () => {
    const token = await enter(kiosk.url());
    const restarted = await serveKiosk({ router: terminal.router, rendererDir, clock });
    expect((await askSession(restarted.origin, { token })).status).toBe(401);
    await restarted.close();
  });

  it.each(['PUT', 'POST', 'DELETE', 'OPTIONS'])('%s of a file gets 405', async (method) => {
    expect(await call(kiosk.origin, { method })).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
  });

  it.each([
    ['no JSON', { 'content-type': 'application/json' }, 'ticket=1'],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, '{"token":"x"}'],
    ['more than is asked', { 'content-type': 'application/json' }, '{"token":"x","ticket":"x"}'],
    ['too long a body', { 'content-type': 'application/json' }, JSON.stringify({ token: 'x'.repeat(2000) })],
  ])('a session request with %s gets 400', async (_, headers, body) => {
    const asked = { method: 'POST', path: '/session', headers: { origin: kiosk.origin, ...headers }, body };
    expect((await call(kiosk.origin, asked)).status).toBe(400);
  });
});

describe('limits', () => {
  it('a session has a bounded number of sockets, and a closed one gives its place back', async () => {
    const token = await enter(kiosk.url());
    const open = [];
    for (let n = 0; n < SOCKETS_PER_SESSION_MAX; n += 1) open.push(await openSocket(kiosk.origin, token));
    await expect(openSocket(kiosk.origin, token)).rejects.toThrow('503');

    open.pop()?.close();
    await vi.waitUntil(() => openSocket(kiosk.origin, token).catch(() => undefined), { timeout: 20_000, interval: 20 });
  });

  it('a new window takes the place of an abandoned session, never of an open window', async () => {
    const abandoned = await enter(kiosk.url());
    const sockets = [];
    for (let n = 1; n < SESSIONS_MAX; n += 1) sockets.push(await openSocket(kiosk.origin, await enter(kiosk.url())));
    const last = await openSocket(kiosk.origin, await enter(kiosk.url()));
    expect((await askSession(kiosk.origin, { token: abandoned })).status).toBe(401);

    const refused = await askSession(kiosk.origin, { ticket: ticketOf(kiosk.url()) });
    expect(refused.status).toBe(503);
    expect(JSON.parse(refused.body)).toMatchObject({ code: 'TOO_MANY_WINDOWS' });
    expect(await clientOver(last).till.cancel()).toMatchObject({ step: 'amount' });
  });

  it('a frame beyond 1 MiB closes its socket and hurts no one else', async () => {
    const token = await enter(kiosk.url());
    const [greedy, honest] = [await openSocket(kiosk.origin, token), await openSocket(kiosk.origin, token)];
    const closed = closing(greedy);
    greedy.send('x'.repeat(1024 * 1024 + 1));
    expect((await closed).code).toBe(1009);
    expect(await clientOver(honest).till.cancel()).toMatchObject({ step: 'amount' });
  });

  it('frames are not compressed: money on loopback needs speed, not deflate', async () => {
    const socket = await openSocket(kiosk.origin, await enter(kiosk.url()));
    expect(socket.extensions).toBe('');
  });
});

describe('closing', () => {
  it('tells each window and is gone at once, even past one that does not answer', async () => {
    const token = await enter(kiosk.url());
    const [polite, mute] = [await openSocket(kiosk.origin, token), await openSocket(kiosk.origin, token)];
    mute.pause();
    const goodbye = closing(polite);
    const began = performance.now();
    await kiosk.close();
    expect(performance.now() - began).toBeLessThan(2000);
    expect(await goodbye).toEqual({ code: 1001, reason: 'The terminal is closing' });
    await expect(call(kiosk.origin)).rejects.toThrow('ECONNREFUSED');
    kiosk = await serveKiosk({ router: terminal.router, rendererDir, clock });
    mute.terminate();
  });
});

describe('the port', () => {
  it('is asked for on 127.0.0.1 only', async () => {
    const again = createServer();
    await new Promise<void>((resolve) => again.listen(portOf(kiosk), '127.0.0.2', resolve));
    await new Promise((resolve) => again.close(resolve));
  });

  it('that is taken is a trouble with words of its own', async () => {
    const port = portOf(kiosk);
    await expect(serveKiosk({ router: terminal.router, rendererDir, clock, port })).rejects.toThrow(
      new Trouble('PORT_BUSY', `127.0.0.1:${port}: EADDRINUSE`),
    );
  });
});
