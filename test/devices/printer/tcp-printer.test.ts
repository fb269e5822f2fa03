import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { DeviceStatus } from '../../../src/core/device-status.ts';
import type { Clock } from '../../../src/core/time.ts';
import { openPrinter } from '../../../src/devices/printer/open-printer.ts';
import { createSystemClock } from '../../../src/main/system-clock.ts';
import { ManualClock } from '../../fixtures/clock.ts';
import { decodeEscpos } from '../../fixtures/escpos-decoder.ts';
import { type PrinterMood, startPrinterServer } from '../../fixtures/printer-server.ts';
import { aReceipt } from './a-receipt.ts';

const QUICK = { takeMs: 1_000, processMs: 200, doubtMs: 200, answerMs: 100 };
const PATIENT = { takeMs: 10_000, processMs: 10_000, doubtMs: 10_000, answerMs: 5_000 };
const MARKER = Buffer.from([0x1d, 0x72, 0x01]);
const ALL_WELL_STATUS = Uint8Array.of(0x10, 0x00, 0x00, 0x00);
const COVER_OPEN_STATUS = Uint8Array.of(0x10 | 0x20 | 0x08, 0x00, 0x00, 0x00);

describe('a receipt for a printer on the network', () => {
  it('is printed when the printer says so, and arrives whole, with one question behind it', async () => {
    const server = await aServer();
    const { printer, statuses } = openOn(server.port, PATIENT);
    expect(await printer.print(aReceipt())).toEqual({ result: 'printed' });
    const [job = Buffer.alloc(0)] = server.jobs;
    const { lines, events } = decodeEscpos(job);
    expect(lines).toContain('单号 Sale         0001-01-000042');
    expect(events.slice(-2)).toEqual([{ type: 'cut' }, { type: 'status-request', command: 'GS r', n: 1 }]);
    expect(statuses.at(-1)?.state).toBe('ready');
  });

  it('leaves at once: nothing is asked before the first byte', async () => {
    const server = await aServer({ speaks: false });
    const { printer } = openOn(server.port);
    const outcome = printer.print(aReceipt());
    await vi.waitUntil(() => server.jobs.length === 1, { timeout: 20_000, interval: 2 });
    expect(server.jobs[0]?.subarray(0, 2).toString('latin1')).toBe('\x1b@');
    await outcome;
  });

  it('is sent, and no more is claimed, when the printer cannot answer', async () => {
    const server = await aServer({ speaks: false });
    const { printer } = openOn(server.port);
    expect(await printer.print(aReceipt())).toEqual({ result: 'sent' });
    expect(printer.status().state).toBe('ready');
  });

  it('is not taken for printed when the printer only reports its state by itself', async () => {
    const server = await aServer({ speaks: false, greeting: ALL_WELL_STATUS });
    const { printer } = openOn(server.port);
    expect(await printer.print(aReceipt())).toEqual({ result: 'sent' });
  });

  it('is unknown when a printer that used to answer falls silent', async () => {
    const server = await aServer();
    const { printer } = openOn(server.port);
    await printer.print(aReceipt());
    server.mood.speaks = false;
    expect(await printer.print(aReceipt({ copy: 1 }))).toMatchObject({
      result: 'unknown',
      status: { state: 'faulty' },
    });
  });

  it('is sent when the printer hangs up in an orderly way after it', async () => {
    const server = await aServer({
      speaks: false,
      onData: (socket, bytes) => bytes.subarray(-3).equals(MARKER) && socket.end(),
    });
    const { printer } = openOn(server.port, PATIENT);
    expect(await printer.print(aReceipt())).toEqual({ result: 'sent' });
  });

  it('is unknown when the connection breaks under it', async () => {
    const server = await aServer({ speaks: false, onData: (socket) => socket.resetAndDestroy() });
    const { printer } = openOn(server.port);
    expect(await printer.print(aReceipt())).toMatchObject({ result: 'unknown', status: { detail: /./ } });
    expect(server.jobs).toHaveLength(1);
  });

  it('waits until the one before it is out of the way: many printers take one connection only', async () => {
    const server = await aServer();
    const { printer } = openOn(server.port, PATIENT);
    const outcomes = await Promise.all([1, 2, 3].map((copy) => printer.print(aReceipt({ copy }))));
    expect(outcomes.map(({ result }) => result)).toEqual(['printed', 'printed', 'printed']);
    expect(server.crowd()).toBe(1);
    expect(server.jobs.map((job) => /REPRINT (\d)/.exec(decodeEscpos(job).lines.join())?.[1])).toEqual(['1', '2', '3']);
  });
});

describe('a printer without paper', () => {
  it('leaves the receipt unknown, and gets no other until there is paper', async () => {
    const server = await aServer({ paper: false });
    const { printer, statuses } = openOn(server.port);
    expect(await printer.print(aReceipt())).toMatchObject({ result: 'unknown', status: { state: 'paper-out' } });
    expect(statuses.at(-1)).toMatchObject({ state: 'paper-out', detail: /no paper/ });
    expect(await printer.print(aReceipt())).toMatchObject({ result: 'not-sent', status: { state: 'paper-out' } });
    expect(server.jobs).toHaveLength(1);
    server.mood.paper = true;
    expect(await printer.print(aReceipt())).toEqual({ result: 'printed' });
    expect(server.jobs).toHaveLength(2);
  });

  it('is seen to be well again without a receipt', async () => {
    const clock = new ManualClock();
    const server = await aServer({ paper: false });
    const { printer } = openOn(server.port, QUICK, clock);
    const outcome = printer.print(aReceipt());
    await advanceUntil(clock, () => printer.status().state === 'paper-out');
    expect(await outcome).toMatchObject({ result: 'unknown' });
    server.mood.paper = true;
    await advanceUntil(clock, () => printer.status().state === 'ready');
    expect(server.jobs).toHaveLength(1);
  });

  it('or with an open cover says so of itself, and may still finish the job', async () => {
    const server = await aServer({ cover: 'open' });
    const { printer, statuses } = openOn(server.port, PATIENT);
    const outcome = printer.print(aReceipt());
    await vi.waitUntil(() => server.jobs[0]?.subarray(-3).equals(MARKER), { timeout: 20_000, interval: 2 });
    server.say(COVER_OPEN_STATUS);
    await vi.waitUntil(() => printer.status().state === 'cover-open', { timeout: 20_000, interval: 2 });
    server.say(Uint8Array.of(0x00));
    expect(await outcome).toEqual({ result: 'printed' });
    expect(statuses.map(({ state }) => state).slice(-2)).toEqual(['cover-open', 'ready']);
  });
});

describe('a printer that is not there', () => {
  it('has surely got nothing, and says why', async () => {
    const server = await aServer();
    await server.close();
    const { printer } = openOn(server.port);
    const outcome = await printer.print(aReceipt());
    expect(outcome).toMatchObject({ result: 'not-sent', status: { state: 'missing', detail: /ECONNREFUSED/ } });
  });

  it('is given up after a while when nothing answers at all', async () => {
    const clock = new ManualClock();
    const { printer } = openOn(await deafPort(), QUICK, clock);
    const outcome = printer.print(aReceipt());
    await advanceUntil(clock, () => printer.status().state === 'missing');
    expect(await outcome).toMatchObject({ result: 'not-sent', status: { detail: /did not answer within 3 s/ } });
  });

  it('is found within seconds when it is switched on', async () => {
    const clock = new ManualClock();
    const server = await aServer();
    await server.close();
    const { printer } = openOn(server.port, QUICK, clock);
    await advanceUntil(clock, () => printer.status().state === 'missing');
    const revived = await startPrinterServer({}, server.port);
    onTestFinished(() => revived.close());
    await advanceUntil(clock, () => printer.status().state === 'ready');
    expect(revived.jobs).toEqual([]);
  });
});

it('takes no more receipts once it is closed', async () => {
  const server = await aServer();
  const { printer } = openOn(server.port);
  await printer.close();
  expect(await printer.print(aReceipt())).toMatchObject({ result: 'not-sent' });
  expect(server.jobs).toEqual([]);
});

async function aServer(mood: Partial<PrinterMood> = {}) {
  const server = await startPrinterServer(mood);
  onTestFinished(() => server.close());
  return server;
}

function openOn(port: number, timings = QUICK, clock: Clock = createSystemClock()) {
  const statuses: DeviceStatus[] = [];
  const printer = openPrinter(`tcp:127.0.0.1:${port}`, {
    columns: 32,
    clock,
    timings,
    onStatus: (status) => statuses.push(status),
    onSheet: () => expect.unreachable(),
  });
  onTestFinished(() => printer.close());
  return { printer, statuses };
}

/** Lets time pass in small steps, while real sockets do their work, until it is so. */
async function advanceUntil(clock: ManualClock, isSo: () => boolean): Promise<void> {
  await vi.waitUntil(
    async () => {
      await clock.advance(100);
      return isSo();
    },
    { timeout: 10_000, interval: 1 },
  );
}

/** A port whose owner sleeps and whose queue is full: connecting to it neither succeeds nor fails. */
async function deafPort(): Promise<number> {
  const owner = spawn(process.execPath, ['-e', DEAF], { stdio: ['ignore', 'pipe', 'ignore'] });
  onTestFinished(() => end(owner));
  const [line] = (await once(owner.stdout, 'data')) as [Buffer];
  const port = Number(line);
  process.kill(owner.pid ?? expect.unreachable(), 'SIGSTOP');
  for (let place = 0; place < 2; place++) {
    const filler = connect(port, '127.0.0.1').on('error', () => undefined);
    onTestFinished(() => void filler.destroy());
    await once(filler, 'connect');
  }
  return port;
}

const DEAF = `
  const server = require('node:net').createServer();
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => console.log(server.address().port));
`;

async function end(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit');
  process.kill(child.pid ?? expect.unreachable(), 'SIGKILL');
  await exited;
}
