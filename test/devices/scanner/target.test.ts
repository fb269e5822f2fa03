import { describe, expect, it } from 'vitest';
import { DeviceTargetError } from '../../../src/devices/device-target-error.ts';
import { nameOfScanner, parseScannerTarget } from '../../../src/devices/scanner/target.ts';

describe('naming a scanner', () => {
  it.each([
    ['serial:/dev/ttyUSB0@9600', { kind: 'serial', path: '/dev/ttyUSB0', baudRate: 9600 }],
    ['serial:/dev/ttyACM0', { kind: 'serial', path: '/dev/ttyACM0', baudRate: 9600 }],
    ['serial:COM3@115200', { kind: 'serial', path: 'COM3', baudRate: 115_200 }],
    [
      'serial:/dev/serial/by-id/usb-Newland_FM430:1-if00@9600',
      { kind: 'serial', path: '/dev/serial/by-id/usb-Newland_FM430:1-if00', baudRate: 9600 },
    ],
    ['virtual', { kind: 'virtual' }],
    ['none', { kind: 'none' }],
  ])('%s', (text, target) => {
    expect(parseScannerTarget(text)).toEqual(target);
  });

  it('says back the name that was parsed', () => {
    expect(nameOfScanner(parseScannerTarget('serial:/dev/ttyACM0'))).toBe('serial:/dev/ttyACM0@9600');
    expect(nameOfScanner(parseScannerTarget('virtual'))).toBe('virtual');
  });

  it.each([
    '',
    '/dev/ttyUSB0',
    'serial:',
    'serial:@9600',
    'serial:/dev/ttyUSB0@',
    'serial:/dev/ttyUSB0@96OO',
    'serial:COM3@50',
    'usb',
  ])('refuses "%s", saying what it can read', (text) => {
    expect(() => parseScannerTarget(text)).toThrow(DeviceTargetError);
    expect(() => parseScannerTarget(text)).toThrow(/serial:\/dev\/ttyUSB0@9600/);
  });
});
