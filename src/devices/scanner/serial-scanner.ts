import type { SerialPort } from 'serialport';
import type { DeviceState, DeviceStatus } from '../../core/device-status.ts';
import type { Clock } from '../../core/time.ts';
import { untilReplaced } from './presence.ts';
import { createRepeatFilter, createScanReader } from './scan-reader.ts';
import type { Scanner, ScannerListener } from './scanner.ts';
import { nameOfScanner, type SerialScannerTarget } from './target.ts';

/** How often a port that is not there, or not ours yet, is tried again: a scanner plugged back in works within a second. */
const RETRY_MS = 500;

interface Problem {
  readonly state: DeviceState;
  readonly detail: string;
}

/** A barcode scanner on a serial line (USB-CDC, a USB bridge, or RS-232). Opens, and reopens for ever, by itself. */
export function openSerialScanner(target: SerialScannerTarget, listener: ScannerListener, clock: Clock): Scanner {
  const closing = new AbortController();
  const isRepeat = createRepeatFilter();
  let port: SerialPort | undefined;
  let status: DeviceStatus = { kind: 'scanner', name: nameOfScanner(target), state: 'opening' };
  const finished = keepOpen();

  return {
    status: () => status,
    async close() {
      closing.abort();
      if (port) await closePort(port);
      await finished;
    },
  };

  async function keepOpen(): Promise<void> {
    while (!closing.signal.aborted) {
      const problem = await untilLost().catch((error: Error) => problemOf(error.message));
      if (problem) tell(problem.state, problem.detail);
      await clock.sleep(RETRY_MS, closing.signal);
    }
  }

  /** One life of the port, from opening to its loss. A fresh object each time: nothing of the last one can leak in. */
  async function untilLost(): Promise<Problem | undefined> {
    // Loaded here, since it takes 30 ms that a till without a serial scanner need not wait for.
    const { SerialPort } = await import('serialport');
    port = new SerialPort({ path: target.path, baudRate: target.baudRate, autoOpen: false });
    const lost = lossOf(port);
    const problem = await openPort(port);
    if (problem) return problem;
    raiseModemLines(port);
    const reader = createScanReader((text) => listener.onScan(text), isRepeat, clock);
    port.on('data', (chunk: Buffer) => reader.receive(chunk));
    tell('ready');
    // Closed while it was being opened: then nobody else will close it.
    if (closing.signal.aborted) await closePort(port);
    const life = new AbortController();
    const loss = await Promise.race([lost, replaced(life.signal)]);
    life.abort();
    reader.end();
    await closePort(port);
    return loss;
  }

  async function replaced(signal: AbortSignal): Promise<Problem> {
    await untilReplaced(target.path, clock, signal);
    return { state: 'missing', detail: `${target.path} is gone` };
  }

  function tell(state: DeviceState, detail?: string): void {
    if (closing.signal.aborted || (status.state === state && status.detail === detail)) return;
    status = { kind: 'scanner', name: status.name, state, ...(detail === undefined ? {} : { detail }) };
    listener.onStatus(status);
  }
}

/** Resolves when the port is closed, by us or by being unplugged, or can no longer be read. */
function lossOf(port: SerialPort): Promise<Problem> {
  return new Promise((resolve) => {
    port.on('close', (error: Error | null) => resolve({ state: 'missing', detail: error?.message ?? 'closed' }));
    port.on('error', (error: Error) => resolve(problemOf(error.message)));
  });
}

function openPort(port: SerialPort): Promise<Problem | undefined> {
  return new Promise((resolve) => port.open((error) => resolve(error ? problemOf(error.message) : undefined)));
}

/** Windows leaves RTS down, and some scanners say nothing until it is up. A pty has no such lines: then it is no matter. */
function raiseModemLines(port: SerialPort): void {
  port.set({ dtr: true, rts: true }, () => undefined);
}

function closePort(port: SerialPort): Promise<void> {
  return new Promise((resolve) => (port.isOpen ? port.close(() => resolve()) : resolve()));
}

/** serialport's errors carry no code, only the system's text (Linux and macOS; Windows says "Opening COM3: …"). */
function problemOf(text: string): Problem {
  const causes: readonly (readonly [RegExp, DeviceState])[] = [
    [/No such (file|device)|File not found/i, 'missing'],
    [/Cannot lock port|Resource (busy|temporarily unavailable)|Access denied/i, 'busy'],
    [/Permission denied|Operation not permitted/i, 'denied'],
  ];
  return { state: causes.find(([pattern]) => pattern.test(text))?.[1] ?? 'faulty', detail: text };
}
