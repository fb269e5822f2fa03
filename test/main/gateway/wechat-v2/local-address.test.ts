import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { localAddress, rememberAddress } from '../../../../src/main/gateway/wechat-v2/local-address.ts';
import { ManualClock } from '../../../fixtures/clock.ts';

describe('this machine’s address', () => {
  it('is one of its own, and loopback only when there is no other', () => {
    const own = Object.values(networkInterfaces()).flatMap((entries) => entries ?? []);
    const outward = own.filter(({ internal, address }) => !internal && !address.startsWith('fe80:'));
    const address = localAddress();
    expect(isIP(address)).not.toBe(0);
    expect(outward.length > 0 ? outward.map((entry) => entry.address) : ['127.0.0.1']).toContain(address);
  });

  it('is asked for once a minute at most, and a new one is found then', async () => {
    const clock = new ManualClock();
    const addresses = ['10.0.0.1', '10.0.0.2'];
    const address = rememberAddress(clock, () => addresses.shift() ?? '');
    expect([address(), address()]).toEqual(['10.0.0.1', '10.0.0.1']);
    await clock.advance(60_000);
    expect(address()).toBe('10.0.0.2');
  });
});
