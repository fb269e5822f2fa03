import type { DeviceState } from '../../core/device-status.ts';

/** Why a device cannot be reached or used: a state that a cashier can act on, and the system's own words. */
export class DeviceFault extends Error {
  override name = 'DeviceFault';
  readonly state: DeviceState;

  constructor(state: DeviceState, detail: string) {
    super(detail);
    this.state = state;
  }
}

/** What a failed system call says of the device. */
export function faultOf(error: unknown): DeviceFault {
  if (error instanceof DeviceFault) return error;
  const { code = '', message } = error as NodeJS.ErrnoException;
  return new DeviceFault(STATES[code] ?? 'faulty', message || code || String(error));
}

const STATES: Readonly<Record<string, DeviceState>> = {
  ENOENT: 'missing',
  ENODEV: 'missing',
  ENXIO: 'missing',
  ENOTFOUND: 'missing',
  EAI_AGAIN: 'missing',
  ECONNREFUSED: 'missing',
  EHOSTUNREACH: 'missing',
  EHOSTDOWN: 'missing',
  ENETUNREACH: 'missing',
  ETIMEDOUT: 'missing',
  EBUSY: 'busy',
  EACCES: 'denied',
  EPERM: 'denied',
  EROFS: 'denied',
};
