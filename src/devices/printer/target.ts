import { DeviceTargetError } from '../device-target-error.ts';

/** Which printer the terminal is to use, as the configuration and the command line name it. */
export type PrinterTarget =
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'virtual' }
  | { readonly kind: 'none' };

const FORMS = 'tcp:192.168.1.87:9100 (port 9100 when not said), file:/dev/usb/lp0, virtual or none';
const TCP = /^tcp:(?:\[(?<ipv6>[0-9A-Za-z:.%]+)\]|(?<name>[^:[\]\s/]+))(?::(?<port>\d{1,5}))?$/;
const FILE = /^file:(?<path>.+)$/;

/** @throws DeviceTargetError when the text names no printer. */
export function parsePrinterTarget(text: string): PrinterTarget {
  if (text === 'virtual' || text === 'none') return { kind: text };
  const { path } = FILE.exec(text)?.groups ?? {};
  if (path !== undefined) return { kind: 'file', path };
  const { ipv6, name, port = '9100' } = TCP.exec(text)?.groups ?? {};
  const host = ipv6 ?? name;
  if (host === undefined || Number(port) < 1 || Number(port) > 65_535) {
    throw new DeviceTargetError('printer', text, FORMS);
  }
  return { kind: 'tcp', host, port: Number(port) };
}

/** The inverse of parsing: what people and the status line call it. */
export function nameOfPrinter(target: PrinterTarget): string {
  switch (target.kind) {
    case 'tcp':
      return `tcp:${target.host.includes(':') ? `[${target.host}]` : target.host}:${target.port}`;
    case 'file':
      return `file:${target.path}`;
    default:
      return target.kind;
  }
}
