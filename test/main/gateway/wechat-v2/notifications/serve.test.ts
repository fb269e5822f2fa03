import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Heard } from '../../../../../src/main/gateway/wechat-v2/notifications/notification.ts';
import {
  type NotificationServer,
  type NotificationServerOptions,
  serveNotifications,
} from '../../../../../src/main/gateway/wechat-v2/notifications/serve.ts';

const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const thing of opened.splice(0).reverse()) await thing.close();
});

const REFUSED: Heard = { refusal: { code: 'UNREADABLE' }, reply: '<xml><return_code>FAIL</return_code></xml>' };

async function serve(options: Partial<NotificationServerOptions> = {}): Promise<NotificationServer> {
  const server = await serveNotifications({ port: 0, hear: () => REFUSED, onHeard: () => undefined, ...options });
  opened.push(server);
  return server;
}

interface Answered {
  readonly status: number | undefined;
  readonly type: string | undefined;
  readonly text: string;
}

function send(
  port: number,
  body: string | Buffer,
  {
    method = 'POST',
    path = '/',
    headers = {},
  }: { method?: string; path?: string; headers?: Record<string, string> } = {},
): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, method, path, headers, agent: false }, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      resolve({
        status: response.statusCode,
        type: response.headers['content-type'],
        text: Buffer.concat(chunks).toString(),
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}

async function dial(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  opened.push({ close: () => socket.destroy() });
  socket.on('error', () => undefined).resume();
  await once(socket, 'connect');
  return socket;
}

/** However it comes about: a broken connection is closed too. */
function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('close', () => resolve()));
}

describe('the notification endpoint', () => {
  it('hears the very bytes, whatever the path, acts, and then answers in XML', async () => {
    const heard: string[] = [];
    const { port } = await serve({
      hear: (body) => {
        heard.push(Buffer.from(body).toString());
        return REFUSED;
      },
      onHeard: () => heard.push('acted'),
    });
    const answer = await send(port, '<xml>微信</xml>', { path: '/wechat/notify' });
    expect(answer).toEqual({ status: 200, type: 'text/xml; charset=utf-8', text: REFUSED.reply });
    expect(heard).toEqual(['<xml>微信</xml>', 'acted']);
  });

  it('confirms nothing that could not be acted on', async () => {
    const { port } = await serve({
      hear: () => ({ ...REFUSED, reply: '<xml><return_code>SUCCESS</return_code></xml>' }),
      onHeard() {
        throw new Error('The books are closed');
      },
    });
    expect(await send(port, '<xml/>')).toMatchObject({ text: expect.stringContaining('FAIL') });
  });

  it.each(['GET', 'PUT', 'DELETE'])('takes no %s', async (method) => {
    const { port } = await serve();
    expect(await send(port, '', { method })).toMatchObject({ status: 405 });
  });

  it('unpacks nothing', async () => {
    const { port } = await serve();
    expect(await send(port, 'x', { headers: { 'content-encoding': 'gzip' } })).toMatchObject({ status: 415 });
  });

  it('reads no more than 64 KiB, and hears the next one', async () => {
    let heard = 0;
    const { port } = await serve({
      hear: () => {
        heard += 1;
        return REFUSED;
      },
    });
    const flood = await send(port, Buffer.alloc(64 * 1024 + 1, 'x')).catch(({ code }) => ({ code }));
    expect(flood).toMatchObject({ status: 413 });
    expect(await send(port, Buffer.alloc(64 * 1024, 'x'))).toMatchObject({ status: 200 });
    expect(heard).toBe(1);
  });

  it('does not read a body of 100 MB to its end', async () => {
    const { port } = await serve();
    const socket = await dial(port);
    const gone = closed(socket);
    socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 104857600\r\n\r\n');
    const chunk = Buffer.alloc(256 * 1024, 'x');
    while (!socket.destroyed && socket.bytesWritten < 104_857_600) {
      if (!socket.write(chunk)) await Promise.race([once(socket, 'drain').catch(() => undefined), gone]);
    }
    await gone;
    expect(socket.bytesWritten).toBeLessThan(104_857_600);
  });

  it('waits for nobody who sends too slowly', async () => {
    const { port } = await serve({ limits: { headersMs: 100, requestMs: 200 } });
    const [head, body] = [await dial(port), await dial(port)];
    const gone = Promise.all([closed(head), closed(body)]);
    head.write('POST / HTTP/1.1\r\nhost:');
    body.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n<xml>');
    await gone;
  });

  it('has room for so many at a time and no more', async () => {
    const { port } = await serve({ limits: { connections: 2 } });
    const [first] = [await dial(port), await dial(port)];
    const third = await dial(port);
    await closed(third);
    first.destroy();
    await closed(first);
    await expect
      .poll(() => send(port, '<xml/>').catch(() => undefined), { timeout: 10_000 })
      .toMatchObject({ status: 200 });
  });

  it('breaks what is open when it closes', async () => {
    const server = await serve();
    const socket = await dial(server.port);
    const gone = closed(socket);
    await server.close();
    await gone;
    await expect(send(server.port, '<xml/>')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('says when it cannot listen', async () => {
    const { port } = await serve();
    await expect(serve({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
