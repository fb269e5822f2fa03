import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { BillError } from '../../../../../src/main/gateway/wechat-v2/bills/bill-error.ts';
import { type BillParts, createBills } from '../../../../../src/main/gateway/wechat-v2/bills/bills.ts';
import { createSystemClock } from '../../../../../src/main/system-clock.ts';
import { ALL_BILL, ALL_LINES, FUND_FLOW, HEADERS, readAll } from '../support/bill-samples.ts';
import { MERCHANT } from '../support/replies.ts';
import { type StubCall, startStub } from '../support/stub-gateway.ts';
import { transportBench } from '../support/transport-bench.ts';

/* What a line and a server can do to a bill on its way. */

const bench = transportBench();
const DAY = '20260102';

function billsAt(hosts: readonly string[], timeouts: Partial<BillParts['timeouts']> = {}) {
  return createBills({
    merchant: MERCHANT,
    transport: bench.open(hosts),
    timeouts: { billHeadMs: 5_000, billIdleMs: 5_000, billWholeMs: 60_000, ...timeouts },
    random: (size) => new Uint8Array(size),
    clock: createSystemClock(),
  });
}

async function billFrom(url: string, timeouts = {}, signal?: AbortSignal) {
  const answer = await billsAt([url], timeouts).downloadBill({ day: DAY, signal });
  if (answer.verdict !== 'BILL') throw new Error(JSON.stringify(answer));
  return answer.bill;
}

/** The sample's rows, a thousand times over: enough for several pieces. */
const LONG_HEAD = `\ufeff${HEADERS.all}\r\n${`${ALL_LINES[1]}\r\n`.repeat(1_000)}`;

describe('a request for a bill', () => {
  it('says which, packed unless asked otherwise, and shows no certificate', async () => {
    await using stub = await startStub(bench.certificates, ({ response }) => response.end(ALL_BILL));
    const bills = billsAt([stub.baseUrl]);
    await bills.downloadBill({ day: DAY });
    await bills.downloadBill({ day: DAY, type: 'REFUND', gzip: false });
    expect(stub.calls.map(({ path }) => path)).toEqual(['/pay/downloadbill', '/pay/downloadbill']);
    expect(stub.calls[0]?.fields).toMatchObject({ bill_date: DAY, bill_type: 'ALL', tar_type: 'GZIP' });
    expect(stub.calls[1]?.fields).toMatchObject({ bill_type: 'REFUND' });
    expect(stub.calls[1]?.fields).not.toHaveProperty('tar_type');
  });

  it('goes on to the next host when the first cannot be reached, or does not do', async () => {
    await using busy = await startStub(bench.certificates, ({ response }) => response.writeHead(503).end());
    await using stub = await startStub(bench.certificates, ({ response }) => response.end(ALL_BILL));
    const answer = await billsAt([bench.nowhere, busy.baseUrl, stub.baseUrl]).downloadBill({ day: DAY });
    expect([answer.verdict, busy.calls.length]).toEqual(['BILL', 1]);
  });

  it.each([
    ['nobody listens', undefined, 'NOT_SENT'],
    ['a server that is busy', ({ response }: StubCall) => response.writeHead(502).end(), 'GATEWAY_BUSY'],
    ['too many requests', ({ response }: StubCall) => response.writeHead(429).end(), 'RATE_LIMITED'],
    [
      'a page that is not there',
      ({ response }: StubCall) => response.writeHead(404).end('x'.repeat(200_000)),
      'BAD_REPLY',
    ],
    ['a page of somebody else', ({ response }: StubCall) => response.end('<!DOCTYPE html><p>login</p>'), 'BAD_REPLY'],
    ['half an XML', ({ response }: StubCall) => response.end('<xml><return_code>FAIL</return'), 'BAD_REPLY'],
    ['an XML without end', ({ response }: StubCall) => response.end(`<xml>${'x'.repeat(200_000)}`), 'BAD_REPLY'],
    ['a connection that is cut', ({ socket }: StubCall) => socket.destroy(), 'NO_REPLY'],
    ['silence', () => undefined, 'NO_REPLY'],
  ] as const)('comes to nothing by %s, and may be made again', async (_what, react, code) => {
    await using stub = await startStub(bench.certificates, (call) => void react?.(call));
    const bills = billsAt([react === undefined ? bench.nowhere : stub.baseUrl], { billHeadMs: 1_500 });
    expect(await bills.downloadBill({ day: DAY })).toMatchObject({ verdict: 'LATER', reason: { code } });
  });

  it('can be given up before the answer comes', async () => {
    const given = new AbortController();
    await using stub = await startStub(bench.certificates, () => given.abort());
    const cancelled = { verdict: 'LATER', reason: { code: 'CANCELLED' } };
    const bills = billsAt([stub.baseUrl]);
    expect(await bills.downloadBill({ day: DAY, signal: given.signal })).toEqual(cancelled);
    expect(await bills.downloadBill({ day: DAY, signal: given.signal })).toEqual(cancelled);
    expect(stub.calls).toHaveLength(1);
  });
});

describe('a bill on its way', () => {
  it('is given out as it comes: its first rows are there before its last have been sent', async () => {
    const held: StubCall[] = [];
    await using stub = await startStub(bench.certificates, (call) => {
      held.push(call);
      call.response.write(LONG_HEAD);
    });
    const bill = await billFrom(stub.baseUrl);
    let rows = 0;
    for await (const batch of bill.batches()) {
      rows += batch.length;
      if (rows === 1_000) held[0]?.response.end(`${HEADERS.totals}\r\n\`1000,\`12300,\`0,\`0,\`70,\`12300,\`0\r\n`);
    }
    expect([rows, bill.totals?.rows]).toEqual([1_000, 1_000]);
  });

  it('waits for its reader: what is not read is not fetched, and the wait is not taken for silence', async () => {
    const lines = Buffer.from(`${ALL_LINES[1]}\r\n`.repeat(4_000));
    await using stub = await startStub(bench.certificates, ({ response }) => {
      const more = (): void => {
        while (response.write(lines));
      };
      response.on('drain', more).write(LONG_HEAD);
      more();
    });
    const batches = (await billFrom(stub.baseUrl, { billIdleMs: 800 })).batches()[Symbol.asyncIterator]();
    await batches.next();
    let sent = 0;
    const sentSinceLastLook = () => {
      const before = sent;
      sent = stub.calls[0]?.socket.bytesWritten ?? 0;
      return sent - before;
    };
    // What fills the buffers on the way is sent; then the server, which would go on for ever, stands still.
    await expect.poll(sentSinceLastLook, { interval: 1_000, timeout: 20_000 }).toBe(0);
    const whileWaiting = sent;
    for (let read = 0; read < 200; read++) expect((await batches.next()).done).toBe(false);
    await expect.poll(() => stub.calls[0]?.socket.bytesWritten).toBeGreaterThan(whileWaiting);
    await batches.return?.();
    await expect.poll(stub.openConnections).toBe(0);
  });

  it.each([
    ['cut off', ({ socket }: StubCall): void => void socket.destroy()],
    ['silent', (): void => undefined],
    ['ended too soon', ({ response }: StubCall): void => void response.end()],
  ])('%s in the middle, says how far it came', async (_what, react) => {
    await using stub = await startStub(bench.certificates, (call) => call.response.write(LONG_HEAD, () => react(call)));
    const { rows, error } = await readAll(await billFrom(stub.baseUrl, { billIdleMs: 800 }));
    expect(error?.reason.code).toBe('BILL_CUT_OFF');
    expect(rows.length).toBe(error?.progress.rows);
    await expect.poll(stub.openConnections).toBeLessThanOrEqual(1);
  });

  it('packed and cut off, by its end or by the line, is told the same', async () => {
    const packed = gzipSync(LONG_HEAD).subarray(0, -20);
    await using stub = await startStub(bench.certificates, ({ response, socket }, nth) => {
      if (nth === 1) response.end(packed);
      else response.write(packed, () => socket.destroy());
    });
    for (let nth = 0; nth < 2; nth++) {
      const { error } = await readAll(await billFrom(stub.baseUrl));
      expect(error?.reason.code).toBe('BILL_CUT_OFF');
    }
  });

  it('that drips in for ever is given up', async () => {
    await using stub = await startStub(bench.certificates, ({ response, socket }) => {
      response.write(LONG_HEAD);
      const drip = setInterval(() => response.write('`'), 20);
      socket.once('close', () => clearInterval(drip));
    });
    const { error } = await readAll(await billFrom(stub.baseUrl, { billHeadMs: 1_500, billWholeMs: 1_600 }));
    expect(error?.reason).toEqual({ code: 'BILL_CUT_OFF', gatewayText: 'TIMEOUT' });
    await expect.poll(stub.openConnections).toBe(0);
  });

  it('shorter than it was announced is no bill, even where its last line is there', async () => {
    await using stub = await startStub(bench.certificates, ({ response, socket }) => {
      response.writeHead(200, { 'content-length': Buffer.byteLength(ALL_BILL) + 1 });
      response.write(ALL_BILL, () => socket.end());
    });
    expect((await readAll(await billFrom(stub.baseUrl))).error?.reason.code).toBe('BILL_CUT_OFF');
  });

  it('can be given up in the middle, by its signal or by leaving the loop; the connection goes with it', async () => {
    await using stub = await startStub(bench.certificates, ({ response }) => response.write(LONG_HEAD));
    const given = new AbortController();
    const bill = await billFrom(stub.baseUrl, {}, given.signal);
    const reading = (async () => {
      for await (const batch of bill.batches()) if (batch.length > 0) given.abort();
    })();
    await expect(reading).rejects.toSatisfy((error) => error instanceof BillError && error.reason.code === 'CANCELLED');
    await expect.poll(stub.openConnections).toBe(0);

    for await (const _row of await billFrom(stub.baseUrl)) break;
    await expect.poll(stub.openConnections).toBe(0);
  });

  it('packed can be left in the middle as well', async () => {
    const packed = gzipSync(LONG_HEAD.repeat(20), { level: 0 });
    await using stub = await startStub(bench.certificates, ({ response }) => response.write(packed));
    for await (const _row of await billFrom(stub.baseUrl)) break;
    await expect.poll(stub.openConnections).toBe(0);
  });

  it('leaves its connection to the next call when it has been read', async () => {
    await using stub = await startStub(bench.certificates, ({ response }) => response.end(gzipSync(ALL_BILL)));
    const bills = billsAt([stub.baseUrl]);
    for (let nth = 0; nth < 3; nth++) {
      const answer = await bills.downloadBill({ day: DAY });
      if (answer.verdict === 'BILL') expect((await readAll(answer.bill)).error).toBeUndefined();
    }
    expect([stub.calls.length, stub.connections()]).toEqual([3, 1]);
  });
});

describe('the digest of the movements', () => {
  const sha1 = (bytes: string | Buffer) => createHash('sha1').update(bytes).digest('hex');

  it.each([
    ['is that of the bytes', FUND_FLOW, sha1(FUND_FLOW), undefined],
    ['in capitals is', FUND_FLOW, sha1(FUND_FLOW).toUpperCase(), undefined],
    ['is another’s', FUND_FLOW, sha1('x'), 'BILL_DAMAGED'],
    ['of a packed bill may be of either: its own check sum decides', gzipSync(FUND_FLOW), sha1(FUND_FLOW), undefined],
  ])('%s', async (_what, body, digest, code) => {
    await using stub = await startStub(bench.certificates, ({ response }) => {
      response.writeHead(200, { digest: `SHA=${digest}` }).end(body);
    });
    const answer = await billsAt([stub.baseUrl]).downloadFundFlow({ day: DAY, account: 'Basic' });
    if (answer.verdict !== 'BILL') throw new Error(JSON.stringify(answer));
    expect((await readAll(answer.bill)).error?.reason.code).toBe(code);
  });
});
