import { writeSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import { machineMs } from './figures.ts';

/*
 * The world outside the till, on a thread of its own so that looking does not slow what is looked at: the customer's
 * phone in front of the scanner, the network cable to the gateway, and the printer. It notes when each first hears.
 */

interface OutsideData {
  readonly gatewayPort: number;
  /** An open file descriptor of the scanner's end of the serial line. */
  readonly scannerFd: number;
}

/** One sale as seen from outside; all on the machine's monotonic clock, milliseconds. */
export interface Observed {
  readonly scannedAt: number;
  readonly requestAt: number;
  readonly replyAt: number;
  readonly receiptAt: number;
}

const { gatewayPort, scannerFd } = workerData as OutsideData;
const times = { scannedAt: 0, requestAt: 0, replyAt: 0, receiptAt: 0 };

/** The cable: every byte passes on at once. */
const cable = createServer({ noDelay: true }, (till) => {
  const gateway = connect({ port: gatewayPort, host: '127.0.0.1', noDelay: true });
  till.on('data', (bytes) => {
    if (times.scannedAt > 0) times.requestAt ||= machineMs();
    gateway.write(bytes);
  });
  gateway.on('data', (bytes) => {
    // The reply may come in several pieces: it is there when the last one is.
    if (times.requestAt > 0 && times.receiptAt === 0) times.replyAt = machineMs();
    till.write(bytes);
  });
  pair(till, gateway);
});

/** GS r 1, which asks the printer to say when it has got that far. */
const MARKER = Buffer.from([0x1d, 0x72, 0x01]);

const printer = createServer((socket) => {
  socket.on('data', (bytes) => {
    if (bytes.subarray(-MARKER.length).equals(MARKER)) socket.write(Uint8Array.of(0));
    if (times.receiptAt > 0 || times.scannedAt === 0) return;
    times.receiptAt = machineMs();
    parentPort?.postMessage({ ...times } satisfies Observed);
  });
  socket.on('error', () => undefined);
});

parentPort?.on('message', (code: string) => {
  Object.assign(times, { scannedAt: 0, requestAt: 0, replyAt: 0, receiptAt: 0 });
  writeSync(scannerFd, `${code}\r`);
  times.scannedAt = machineMs();
});

cable.listen(0, '127.0.0.1', () => {
  printer.listen(0, '127.0.0.1', () => {
    parentPort?.postMessage({ cablePort: portOf(cable.address()), printerPort: portOf(printer.address()) });
  });
});

function pair(one: Socket, other: Socket): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.on('close', () => to.destroy());
    from.on('error', () => to.destroy());
  }
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address ? address.port : 0;
}
