import { readdir, readlink } from 'node:fs/promises';
import path from 'node:path';

/** A serial port as a person can tell it from the others. */
export interface SerialPortInfo {
  /** What to put into a scanner target: the by-id name where there is one, since it survives replugging. */
  readonly path: string;
  readonly description: string;
}

export interface HidDeviceInfo {
  readonly path: string;
  readonly description: string;
  /** It speaks HID POS (usage page 0x8C), the mode in which a scanner cannot type into a text field. */
  readonly isScanner: boolean;
}

const BY_ID = '/dev/serial/by-id';
const HID_POS_USAGE_PAGE = 0x8c;

/** @throws when the system cannot be asked at all; the message says why. */
export async function listSerialPorts(): Promise<SerialPortInfo[]> {
  const { SerialPort } = await import('serialport');
  const [ports, names] = await Promise.all([SerialPort.list().catch(withoutUdev), stableNames()]);
  return ports
    .filter((port) => port.vendorId !== undefined || names.has(port.path))
    .map((port) => ({
      path: names.get(port.path) ?? port.path,
      description: [port.manufacturer, port.vendorId && `${port.vendorId}:${port.productId}`, port.serialNumber]
        .filter(Boolean)
        .join(' '),
    }));
}

/** @throws when node-hid's libraries are missing: HID is then out, and nothing else. */
export async function listHidDevices(): Promise<HidDeviceInfo[]> {
  const { devicesAsync } = await import('node-hid');
  const devices = await devicesAsync();
  return devices.map((device) => ({
    path: device.path ?? '',
    description: [device.manufacturer, device.product].filter(Boolean).join(' ').trim(),
    isScanner: device.usagePage === HID_POS_USAGE_PAGE,
  }));
}

/** serialport lists through udevadm and gives up without it; the names under /dev are there all the same. */
async function withoutUdev(error: unknown): Promise<{ path: string; vendorId?: string; [key: string]: unknown }[]> {
  if (!(error instanceof Error && /udevadm/.test(error.message))) throw error;
  const entries = await readdir('/dev').catch(() => []);
  return entries
    .filter((name) => /^tty(ACM|USB)\d+$/.test(name))
    .map((name) => ({ path: `/dev/${name}`, vendorId: '' }));
}

async function stableNames(): Promise<Map<string, string>> {
  const names = await readdir(BY_ID).catch(() => []);
  const links = names.map(async (name) => {
    const link = path.join(BY_ID, name);
    return [path.resolve(BY_ID, await readlink(link)), link] as const;
  });
  return new Map(await Promise.all(links));
}
