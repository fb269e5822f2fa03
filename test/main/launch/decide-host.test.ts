import { describe, expect, it } from 'vitest';
import { decideHost, type HostFacts, HostUnavailable } from '../../../src/main/launch/decide-host.ts';

const able: HostFacts = { requested: 'auto', electronBinary: '/opt/electron', hasDisplay: true, isRoot: false };

describe('left to itself, the choice of a host', () => {
  it('is Electron where its binary and a display are', () => {
    expect(decideHost(able)).toEqual({ host: 'electron', why: 'its binary and a display are here' });
  });

  it.each([
    ['there is no binary', { electronBinary: undefined }, "Electron's binary is not on this machine"],
    ['there is no display', { hasDisplay: false }, 'there is no display for Electron'],
    ['it would have to run as root', { isRoot: true }, 'Electron does not run as root'],
  ])('is the kiosk host when %s, and says so', (_, facts, why) => {
    expect(decideHost({ ...able, ...facts })).toEqual({ host: 'kiosk', why });
  });
});

describe('a host that is asked for', () => {
  it('is taken', () => {
    expect(decideHost({ ...able, requested: 'kiosk' }).host).toBe('kiosk');
    expect(decideHost({ ...able, requested: 'electron' }).host).toBe('electron');
  });

  it('is never quietly replaced by the other', () => {
    const act = () => decideHost({ ...able, requested: 'electron', electronBinary: undefined });
    expect(act).toThrow(HostUnavailable);
    expect(act).toThrow('npx install-electron');
  });
});
