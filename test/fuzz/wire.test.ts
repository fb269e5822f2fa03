import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { fen } from '../../src/core/money.ts';
import { Secret } from '../../src/core/secret.ts';
import { createWechatV2Gateway, type WechatV2Gateway } from '../../src/main/gateway/wechat-v2/client.ts';
import { serveNotifications } from '../../src/main/gateway/wechat-v2/notifications/serve.ts';
import { createSystemClock } from '../../src/main/system-clock.ts';
import { memoryStore } from '../../src/simulator/ledger/event-file.ts';
import { createLedger } from '../../src/simulator/ledger/ledger.ts';
import { SAMPLE_MERCHANT } from '../../src/simulator/options.ts';
import { listen } from '../../src/simulator/server.ts';
import { createService } from '../../src/simulator/service.ts';
import { readAll } from '../main/gateway/wechat-v2/support/bill-samples.ts';
import { createChance } from '../simulation/chance.ts';
import { mutated } from './mutate.ts';

const MIB = 1024 * 1024;
const FLOOD_BYTES = 100 * MIB;
const CHUNK = Buffer.alloc(64 * 1024, 'x');
/** What a reader may hold of a flood, with all that sockets and streams have under way. */
const HELD_MAX_BYTES = 24 * MIB;

const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const thing of opened.splice(0).reverse()) await thing.close();
});

/** The most that was held outside of the JavaScript heap while something went on. */
async function heldDuring(work: (sample: () => void) => Promise<void>): Promise<number> {
  const before = process.memoryUsage().external;
  let most = before;
  await work(() => {
    most = Math.max(most, process.memoryUsage().external);
  });
  return most - before;
}

/** Sends this, and then chunk after chunk until the other side has enough; what it said until it closed. */
async function pour(port: number, head: string | Buffer, bytesMax: number, sample: () => void): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  const heard: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => heard.push(chunk)).on('error', () => undefined);
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  await once(socket, 'connect');
  socket.write(head);
  for (let sent = 0; sent < bytesMax && !socket.closed && socket.writable; sent += CHUNK.length) {
    sample();
    if (!socket.write(CHUNK)) await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), closed]);
  }
  socket.end();
  await closed;
  return Buffer.concat(heard).toString();
}

const SERVERS = {
  'the simulator': async () => {
    const clock = createSystemClock();
    return listen(0, { service: createService(createLedger(memoryStore()), { clock }), clock });
  },
  'the notification endpoint': () =>
    serveNotifications({
      port: 0,
      hear: () => ({ refusal: { code: 'UNREADABLE' }, reply: '<xml><return_code>FAIL</return_code></xml>' }),
      onHeard: () => undefined,
    }),
} as const;

describe.each(Object.entries(SERVERS))('%s', (_, start) => {
  async function open(): Promise<number> {
    const server = await start();
    opened.push(server);
    return server.port;
  }

  const isAlive = async (port: number) => {
    const request = 'POST /pay/orderquery HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 6\r\n\r\n<xml/>';
    return (await pour(port, request, 0, () => undefined)).includes('FAIL');
  };

  it.each([
    ['said beforehand', `content-length: ${FLOOD_BYTES}\r\n\r\n`],
    ['in chunks', `transfer-encoding: chunked\r\n\r\n${FLOOD_BYTES.toString(16)}\r\n`],
  ])('answers a body of 100 MB, %s, without holding it', async (_how, framing) => {
    const port = await open();
    const head = `POST /pay/micropay HTTP/1.1\r\nhost: x\r\n${framing}`;
    const held = await heldDuring(async (sample) => {
      await pour(port, head, FLOOD_BYTES, sample);
    });
    expect(held).toBeLessThan(HELD_MAX_BYTES);
    expect(await isAlive(port)).toBe(true);
  });

  it('outlives whatever is said to it', async () => {
    const port = await open();
    const genuine = Buffer.from(
      'POST /pay/micropay HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 32\r\n\r\n<xml><appid>wx</appid></xml>    ',
    );
    const chance = createChance(11, 'wire');
    for (let round = 0; round < 200; round++) {
      const said = chance.happens(0.2) ? randomBytes(300) : mutated(genuine, chance).bytes;
      await pour(port, said, 0, () => undefined);
    }
    expect(await isAlive(port)).toBe(true);
  });
});

describe('the client', () => {
  /** A gateway on this machine that answers with head and flood, over and over, until the client has enough. */
  async function clientOf(reply: (response: ServerResponse) => void): Promise<WechatV2Gateway> {
    const server = createServer((request, response) => {
      request.resume();
      response.on('error', () => undefined);
      reply(response);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const gateway = createWechatV2Gateway({
      ...SAMPLE_MERCHANT,
      hosts: [`http://127.0.0.1:${(server.address() as AddressInfo).port}`],
      random: randomBytes,
      clock: createSystemClock(),
    });
    opened.push({
      close: async () => {
        await gateway.close();
        server.closeAllConnections();
        server.close();
      },
    });
    return gateway;
  }

  async function flood(response: ServerResponse, head: string, sample: () => void): Promise<void> {
    const closed = new Promise((resolve) => response.once('close', resolve));
    response.write(head);
    for (let sent = 0; sent < FLOOD_BYTES && !response.destroyed; sent += CHUNK.length) {
      sample();
      if (response.write(CHUNK)) continue;
      await Promise.race([new Promise((resolve) => response.once('drain', resolve)), closed]);
    }
    response.end();
  }

  it('knows nothing of a payment when 100 MB come in reply, and does not hold them', async () => {
    const held = await heldDuring(async (sample) => {
      const gateway = await clientOf((response) => void flood(response, '<xml><return_code>SUCCESS', sample));
      const order = { outTradeNo: 'T0000001', amountFen: fen(888), body: '零食', deviceInfo: '', attach: '' };
      expect(await gateway.pay(order, new Secret('134567890123456789'))).toMatchObject({ verdict: 'UNKNOWN' });
    });
    expect(held).toBeLessThan(HELD_MAX_BYTES);
  });

  it('has no bill when 100 MB of markup come instead', async () => {
    const held = await heldDuring(async (sample) => {
      const gateway = await clientOf((response) => void flood(response, '<xml><return_msg>', sample));
      const answer = await gateway.downloadBill({ day: '20260102' });
      expect(answer).toMatchObject({ verdict: 'LATER', reason: { code: 'BAD_REPLY' } });
    });
    expect(held).toBeLessThan(HELD_MAX_BYTES);
  });

  it('gives up a bill that is one line of 100 MB', async () => {
    const held = await heldDuring(async (sample) => {
      const gateway = await clientOf((response) => void flood(response, '交易时间,', sample));
      const answer = await gateway.downloadBill({ day: '20260102' });
      expect(answer.verdict).toBe('BILL');
      if (answer.verdict !== 'BILL') return;
      expect((await readAll(answer.bill)).error?.reason.code).toBe('BILL_MALFORMED');
    });
    expect(held).toBeLessThan(HELD_MAX_BYTES);
  });
});
