import { once } from 'node:events';
import { chmodSync, rmSync, symlinkSync } from 'node:fs';
import { SerialPort } from 'serialport';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { DeviceState, DeviceStatus } from '../../../src/core/device-status.ts';
import { openSerialScanner } from '../../../src/devices/scanner/serial-scanner.ts';
import { createSystemClock } from '../../../src/main/system-clock.ts';
import { createPtyPair, type PtyPair } from '../pty-pair.ts';
import { withoutRootsRights } from '../without-roots-rights.ts';

const clock = createSystemClock();
const CODE = '134567890123456789';
const OTHER = '101234567890123456';

describe('a scanner on a serial line', () => {
  it('hands over a code that comes in pieces, as one scan without its CRLF', async () => {
    const { line, scans } = await readyScanner();
    for (const piece of [CODE.slice(0, 1), CODE.slice(1, 12), CODE.slice(12), '\r', '\n']) await line.write(piece);
    await line.write(`${OTHER}\r\n`);
    await seen(scans, [CODE, OTHER]);
  });

  it('tells two codes that come in one read apart', async () => {
    const { line, scans } = await readyScanner();
    await line.write(`${CODE}\r${OTHER}\r`);
    await seen(scans, [CODE, OTHER]);
  });

  it('needs no suffix: silence ends a code too', async () => {
    const { line, scans } = await readyScanner();
    await line.write(CODE);
    await seen(scans, [CODE]);
    await line.write(OTHER);
    await seen(scans, [CODE, OTHER]);
  });

  it('does not lose a scan made in the moment it says it is ready', async () => {
    const line = await aLine();
    const { scans, statuses } = openOn(line.path, (status) => {
      if (status.state === 'ready') void line.write(`${CODE}\r`);
    });
    await seen(scans, [CODE]);
    expect(statesOf(statuses)).toEqual(['ready']);
  });

  it('takes the same code again and again from an always-on scanner as one scan', async () => {
    const { line, scans } = await readyScanner();
    await line.write(`${CODE}\r${CODE}\r`);
    await line.write(`${CODE}\r`);
    await line.write(`${OTHER}\r${CODE}\r`);
    await seen(scans, [CODE, OTHER, CODE]);
  });
});

describe('unplugged', () => {
  it('says so, and works again within a second of being plugged back in under the same name', async () => {
    const { line, scanner, scans, statuses } = await readyScanner();
    await line.unplug();
    await reached(statuses, 'missing');
    await line.plug();
    const pluggedAt = clock.now();
    await vi.waitUntil(() => scanner.status().state === 'ready', { timeout: 20_000, interval: 5 });
    expect(clock.now() - pluggedAt).toBeLessThan(1_000);
    await line.write(`${CODE}\r`);
    await seen(scans, [CODE]);
    expect(statesOf(statuses)).toEqual(['ready', 'missing', 'ready']);
  });

  it('is noticed in the middle of a code as well, and half a code is never glued to the next', async () => {
    const { line, scanner, scans, statuses } = await readyScanner();
    for (let round = 0; round < 4; round++) {
      await line.write(CODE.slice(0, 9));
      await line.unplug();
      await reached(statuses, 'missing');
      await line.plug();
      await vi.waitUntil(() => scanner.status().state === 'ready', { timeout: 20_000, interval: 5 });
    }
    await line.write(`${OTHER}\r`);
    await vi.waitUntil(() => scans.includes(OTHER), { timeout: 20_000, interval: 5 });
    expect(scans.join()).not.toContain(CODE.slice(0, 9) + OTHER);
  });

  it('is noticed when the name has moved on to another device', async () => {
    const [old, replacement] = [await aLine(), await aLine()];
    const name = `${old.path}-by-id`;
    symlinkSync(old.path, name);
    const { scans, statuses } = openOn(name);
    await reached(statuses, 'ready');
    rmSync(name);
    symlinkSync(replacement.path, name);
    await vi.waitUntil(() => statuses.length === 3, { timeout: 20_000, interval: 5 });
    expect(statesOf(statuses)).toEqual(['ready', 'missing', 'ready']);
    await replacement.write(`${CODE}\r`);
    await seen(scans, [CODE]);
  });
});

describe('a port that cannot be used', () => {
  it('is missing when there is no such name, and is found when it appears', async () => {
    const line = await aLine();
    const later = `${line.path}-later`;
    const { scanner, statuses } = openOn(later);
    await reached(statuses, 'missing');
    expect(scanner.status().detail).toMatch(/No such file or directory/);
    symlinkSync(line.path, later);
    await reached(statuses, 'ready');
    expect(statesOf(statuses)).toEqual(['missing', 'ready']);
  });

  it('is busy while another program holds it, and is taken when that lets go', async () => {
    const line = await aLine();
    const other = new SerialPort({ path: line.path, baudRate: 9600, autoOpen: false });
    other.open();
    await once(other, 'open');
    const { scanner, statuses } = openOn(line.path);
    await reached(statuses, 'busy');
    expect(scanner.status().detail).toMatch(/Cannot lock port/);
    other.close();
    await reached(statuses, 'ready');
  });

  it('is denied when the system does not let us', async () => {
    const line = await aLine();
    chmodSync(line.path, 0o000);
    withoutRootsRights();
    const { scanner, statuses } = openOn(line.path);
    await reached(statuses, 'denied');
    expect(scanner.status().detail).toMatch(/Permission denied/);
  });

  it('is faulty when it is no serial port at all', async () => {
    const { scanner, statuses } = openOn('/dev/null');
    await reached(statuses, 'faulty');
    expect(scanner.status().detail).toMatch(/ioctl/);
  });
});

describe('closing', () => {
  it('frees the port for others', async () => {
    const { line, scanner } = await readyScanner();
    await scanner.close();
    const other = new SerialPort({ path: line.path, baudRate: 9600, autoOpen: false });
    other.open();
    await once(other, 'open');
    other.close();
    await once(other, 'close');
  });

  it('works at any moment, and is final', async () => {
    const line = await aLine();
    const opening = openOn(line.path);
    await opening.scanner.close();
    const absent = openOn(`${line.path}-absent`);
    await reached(absent.statuses, 'missing');
    await absent.scanner.close();
    expect(statesOf(absent.statuses)).toEqual(['missing']);
  });
});

async function aLine(): Promise<PtyPair> {
  const line = await createPtyPair();
  onTestFinished(() => line[Symbol.asyncDispose]());
  return line;
}

function openOn(path: string, onStatus: (status: DeviceStatus) => void = () => undefined) {
  const scans: string[] = [];
  const statuses: DeviceStatus[] = [];
  const scanner = openSerialScanner(
    { kind: 'serial', path, baudRate: 9600 },
    {
      onScan: (text) => scans.push(text),
      onStatus(status) {
        statuses.push(status);
        onStatus(status);
      },
    },
    clock,
  );
  onTestFinished(() => scanner.close());
  return { scanner, scans, statuses };
}

async function readyScanner() {
  const line = await aLine();
  const opened = openOn(line.path);
  await reached(opened.statuses, 'ready');
  return { line, ...opened };
}

function statesOf(statuses: readonly DeviceStatus[]): DeviceState[] {
  return statuses.map((status) => status.state);
}

async function reached(statuses: readonly DeviceStatus[], state: DeviceState): Promise<void> {
  await vi.waitUntil(() => statuses.at(-1)?.state === state, { timeout: 20_000, interval: 5 });
}

async function seen(scans: readonly string[], expected: readonly string[]): Promise<void> {
  await vi.waitFor(() => expect(scans).toEqual(expected), { timeout: 20_000, interval: 5 });
}
