import { describe, expect, it } from 'vitest';
import { DeviceTargetError } from '../../../src/devices/device-target-error.ts';
import { nameOfPrinter, parsePrinterTarget } from '../../../src/devices/printer/target.ts';

describe('naming a printer', () => {
  it.each([
    ['tcp:192.168.1.87:9100', { kind: 'tcp', host: '192.168.1.87', port: 9100 }],
    ['tcp:printer.local', { kind: 'tcp', host: 'printer.local', port: 9100 }],
    ['tcp:[fe80::1%eth0]:9101', { kind: 'tcp', host: 'fe80::1%eth0', port: 9101 }],
    ['file:/dev/usb/lp0', { kind: 'file', path: '/dev/usb/lp0' }],
    ['virtual', { kind: 'virtual' }],
    ['none', { kind: 'none' }],
  ])('%s', (text, target) => {
    expect(parsePrinterTarget(text)).toEqual(target);
  });

  it.each(['tcp:[::1]:9100', 'tcp:localhost:9100', 'file:/dev/usb/lp0', 'virtual'])('says %s back', (text) => {
    expect(nameOfPrinter(parsePrinterTarget(text))).toBe(text);
  });

  it.each([
    '',
    'tcp:',
    'tcp::9100',
    'tcp:host:0',
    'tcp:host:65536',
    'tcp:host:x',
    'tcp:fe80::1',
    'file:',
    '/dev/usb/lp0',
  ])('refuses "%s", saying what it can read', (text) => {
    expect(() => parsePrinterTarget(text)).toThrow(DeviceTargetError);
    expect(() => parsePrinterTarget(text)).toThrow(/tcp:192\.168\.1\.87:9100/);
  });
});
