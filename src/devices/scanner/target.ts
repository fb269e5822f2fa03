import { DeviceTargetError } from '../device-target-error.ts';

/** Which scanner the terminal is to use, as the configuration and the command line name it. */
export type ScannerTarget = SerialScannerTarget | { readonly kind: 'virtual' } | { readonly kind: 'none' };

export interface SerialScannerTarget {
  readonly kind: 'serial';
  /** `/dev/ttyACM0`, better `/dev/serial/by-id/…`, or `COM3`. */
  readonly path: string;
  readonly baudRate: number;
}

const FORMS = 'serial:/dev/ttyUSB0@9600 (9600 baud when not said; also serial:COM3@115200), virtual or none';
const SERIAL = /^serial:(?<path>[^@]+)(?:@(?<baud>\d{1,7}))?$/;

/** @throws DeviceTargetError when the text names no scanner. */
export function parseScannerTarget(text: string): ScannerTarget {
  if (text === 'virtual' || text === 'none') return { kind: text };
  const { path, baud = '9600' } = SERIAL.exec(text)?.groups ?? {};
  const baudRate = Number(baud);
  if (path === undefined || baudRate < 300) throw new DeviceTargetError('scanner', text, FORMS);
  return { kind: 'serial', path, baudRate };
}

/** The inverse of parsing: what people and the status line call it. */
export function nameOfScanner(target: ScannerTarget): string {
  return target.kind === 'serial' ? `serial:${target.path}@${target.baudRate}` : target.kind;
}
