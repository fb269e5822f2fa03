import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createFileLinks } from '../../../src/devices/transport/file-link.ts';
import { createSystemClock } from '../../../src/main/system-clock.ts';
import { createPtyPair } from '../pty-pair.ts';

const clock = createSystemClock();
const NEVER = new AbortController().signal;
/** More than any pty, and the process between two of them, can hold. */
const FLOOD = new Uint8Array(1_000_000).fill(0x41);

describe('a device that stops taking data', () => {
  it('is waited for within bounds, while the rest of the program goes on', async () => {
    const { links } = await aDevice();
    const link = await links.open(NEVER);
    const patience = new AbortController();
    let turns = 0;
    const turning = setInterval(() => turns++, 5);
    const writing = expect(link.write(FLOOD, patience.signal)).rejects.toMatchObject({ state: 'faulty' });
    await vi.waitUntil(() => link.taken() > 0 && turns > 10, { timeout: 20_000, interval: 5 });
    patience.abort();
    await writing;
    clearInterval(turning);
    expect(link.taken()).toBeLessThan(FLOOD.length);
    await link.close();
  });

  it('keeps what it has taken, lets nothing else through until it takes more, and then goes on', async () => {
    const { device, links } = await aDevice();
    const stuck = await links.open(NEVER);
    await expect(stuck.write(FLOOD, AbortSignal.timeout(200))).rejects.toThrow(/no more data/);
    await stuck.close();

    const second = await links.open(NEVER);
    await expect(second.write(FLOOD, AbortSignal.timeout(200))).rejects.toThrow(/no more data/);
    expect(second.taken()).toBe(0);
    await second.close();

    const next = Buffer.from('the next job');
    const third = await links.open(NEVER);
    const writing = third.write(next, AbortSignal.timeout(5_000));
    const arrived: Buffer[] = [];
    while (Buffer.concat(arrived).length < stuck.taken() + next.length) arrived.push(await device.read());
    await writing;
    await third.close();
    expect(Buffer.concat(arrived)).toEqual(Buffer.concat([FLOOD.subarray(0, stuck.taken()), next]));
  });

  it('can be unplugged then, and works anew when it is back', async () => {
    const { device, links } = await aDevice();
    const stuck = await links.open(NEVER);
    const writing = expect(stuck.write(FLOOD, NEVER)).rejects.toThrow();
    await vi.waitUntil(() => stuck.taken() > 0, { timeout: 20_000, interval: 5 });
    await device.unplug();
    await writing;
    await stuck.close();
    await expect(links.open(NEVER)).rejects.toMatchObject({ state: 'missing' });
    await device.plug();
    const link = await links.open(NEVER);
    await link.write(Buffer.from('hello'), NEVER);
    expect((await device.read()).toString()).toBe('hello');
    await link.close();
  });
});

it('hears what the device says', async () => {
  const { device, links } = await aDevice();
  const link = await links.open(NEVER);
  const heard: number[] = [];
  link.listen((bytes) => heard.push(...bytes));
  await device.write(Uint8Array.of(0x12, 0x00));
  await vi.waitFor(() => expect(heard).toEqual([0x12, 0x00]), { timeout: 20_000, interval: 5 });
  await link.close();
});

it('adds to a plain file, and neither reads it nor makes one that is not there', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'file-link-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'paper');
  const links = createFileLinks(path, clock);
  await expect(links.open(NEVER)).rejects.toMatchObject({ state: 'missing', message: /ENOENT/ });
  await expect(createFileLinks(folder, clock).open(NEVER)).rejects.toThrow(/is a folder/);

  writeFileSync(path, 'before ');
  const link = await links.open(NEVER);
  await link.write(Buffer.from('after'), NEVER);
  await link.close();
  expect(link.answers).toBe(false);
  expect(readFileSync(path, 'utf8')).toBe('before after');
});

async function aDevice() {
  const device = await createPtyPair();
  onTestFinished(() => device[Symbol.asyncDispose]());
  const links = createFileLinks(device.path, clock);
  onTestFinished(() => links.close());
  return { device, links };
}
